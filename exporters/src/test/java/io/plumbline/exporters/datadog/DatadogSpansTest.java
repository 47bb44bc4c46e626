package io.plumbline.exporters.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.HttpExporterKit;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import io.plumbline.exporters.kit.ScriptedBackend.Request;
import io.plumbline.exporters.signal.SignalKind;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatadogSpansTest extends HttpExporterKit {

    @Override
    protected ExporterFactory factory() {
        return new OneKindFactory(SignalKind.SPAN, new SetClock());
    }

    @Override
    protected Map<String, String> settings(URI backend, Duration timeout) {
        return Map.of(
                "datadog.api-key", secret(),
                "datadog.otlp.url", backend + "/",
                "datadog.timeout", timeout.toMillis() + "ms");
    }

    @Override
    protected String secret() {
        return "0123456789abcdef-secret";
    }

    @Override
    protected Reply accepted(Request request) {
        return Reply.status(200);
    }

    @Test
    void export_sendsWhatCame_asOneRequestWithoutTheKey() throws Exception {
        exporter().export(batch(3));

        Request request = backend().requests().get(0);
        assertThat(request.path()).isEqualTo("/v1/traces");
        assertThat(request.headers())
                .containsEntry("content-type", "application/x-protobuf")
                .doesNotContainKey("dd-api-key");
        ExportTraceServiceRequest sent = ExportTraceServiceRequest.parseFrom(request.body());
        assertThat(sent.getResourceSpansList().stream()
                        .flatMap(resource -> resource.getScopeSpansList().stream())
                        .flatMap(scope -> scope.getSpansList().stream()))
                .hasSize(3);
    }

    @Test
    void export_takenInPart_isADeadLetterWithTheReason() throws Exception {
        // partial_success { rejected_spans: 2, error_message: "no" }
        backend().next(Reply.status(200).body("\n\u0006\b\u0002\u0012\u0002no"));

        assertThat(exporter().export(batch(3)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, it -> assertThat(it.reason()).contains("took 1 of 3 spans", "no"));
    }

    @Test
    void export_withoutAnAddress_isDeliveredUnsentAndSaidSo() throws Exception {
        try (var other = create(Map.of("datadog.api-key", secret()))) {
            assertThat(other.export(batch(3))).isEqualTo(Outcome.delivered());
            assertThat(other.toString()).endsWith("spans nowhere");
        }
        assertThat(backend().requests()).isEmpty();
    }
}
