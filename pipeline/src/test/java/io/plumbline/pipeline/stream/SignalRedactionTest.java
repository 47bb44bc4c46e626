package io.plumbline.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Resource;
import io.plumbline.exporters.signal.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an instance may not see, at any depth. */
final class SignalRedactionTest {
    private final SignalRedaction redaction =
            redaction(Map.of("x.redaction.names", "salary,record-uid", "x.redaction.patterns", "P-[0-9]{6}"));

    @Test
    void values_areHidden_byNameAndPattern_atAnyDepth() {
        Map<String, Object> order = Map.of("salary", 4_711L, "items", Arrays.asList("P-123456", null, 5L, true));
        Map<String, Object> values = Map.of("order", order, "order.salary", "4712", "P-123456", "key");

        Signal redacted = redaction
                .redact(log("is 4711, 4712", Map.of("plumbline.values", values)))
                .orElseThrow();

        assertThat(redacted.attributes())
                .isEqualTo(Map.of(
                        "plumbline.values",
                        Map.of(
                                "order",
                                Map.of("salary", "***", "items", Arrays.asList("***", null, 5L, true)),
                                "order.salary",
                                "***",
                                "***",
                                "key")));
        assertThat(((LogSignal) redacted).body()).isEqualTo("is ***, ***");
    }

    @Test
    void body_ofAnyForm_isRedacted() {
        assertThat(body(Map.of("salary", 1L, "b", List.of("P-123456"))))
                .isEqualTo(Map.of("salary", "***", "b", List.of("***")));
        assertThat(body("salary=4711 of P-123456")).isEqualTo("salary=*** of ***");
        assertThat(body(7L)).isEqualTo(7L);
    }

    @Test
    void ids_areKept_whateverTheyAreCalled() {
        Map<String, Object> ids = Map.of("log.record.uid", "P-123456", "plumbline.probe.id", "salary");

        assertThat(redaction.redact(log("", ids)).orElseThrow().attributes()).isEqualTo(ids);
    }

    @Test
    void withoutSettings_thereIsNone() {
        assertThat(SignalRedaction.of(ExporterSettings.of("x", Map.of("x.url", "a"))))
                .isEmpty();
    }

    private Object body(Object body) {
        return ((LogSignal) redaction.redact(log(body, Map.of())).orElseThrow()).body();
    }

    private static SignalRedaction redaction(Map<String, String> settings) {
        return SignalRedaction.of(ExporterSettings.of("x", settings)).orElseThrow();
    }

    private static LogSignal log(Object body, Map<String, Object> attributes) {
        return new LogSignal(Resource.of(Map.of()), 1, 1, 9, "INFO", body, attributes, "", "", "plumbline.log", 1);
    }
}
