package io.plumbline.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.HttpExporterKit;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import io.plumbline.exporters.kit.ScriptedBackend.Request;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.OtlpDecoder;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushExporterTest extends HttpExporterKit {

    private static final String PATH = "/api/v1/otlp/v1/metrics";

    @Override
    protected ExporterFactory factory() {
        return new PrometheusExporterFactory();
    }

    @Override
    protected Map<String, String> settings(URI backend, Duration timeout) {
        return Map.of(
                "prometheus.push",
                backend + PATH,
                "prometheus.push.headers",
                "x-token=" + secret(),
                "prometheus.push.request-timeout",
                timeout.toMillis() + "ms");
    }

    @Override
    protected String secret() {
        return "tok-4711-secret";
    }

    @Override
    protected Reply accepted(Request request) {
        return Reply.status(200);
    }

    /** What is refused is split first. */
    @Override
    protected int signalsOfOneRequest() {
        return 1;
    }

    @Test
    void export_sendsOneRequest_withTheLabelsOfTheScrape() throws Exception {
        exporter().export(List.of(TestSignals.sum("hits", Map.of("service", "mine"), 1, TestSignals.TIME, 12)));

        Request request = backend().requests().get(0);
        assertThat(request.path()).isEqualTo(PATH);
        assertThat(request.headers())
                .containsEntry("x-token", secret())
                .containsEntry("content-type", "application/x-protobuf");
        Signal sent =
                OtlpDecoder.decode(SignalKind.METRIC, request.body()).signals().get(0);
        assertThat(sent.attributes())
                .isEqualTo(Map.of(
                        "exported_service", "mine",
                        "service", "shop",
                        "instance", "4f2a1c9e-0000",
                        "probe", "probe-7"));
        assertThat(sent.timeUnixNano()).isEqualTo(TestSignals.TIME);
        assertThat(((MetricSignal) sent).metric().name()).isEqualTo("hits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out of order sample", "out of bounds", "duplicate sample for timestamp", "what is this"})
    void export_severalRefused_areSplit(String why) throws InterruptedException {
        backend().next(Reply.status(400).body(why));

        assertThat(exporter().export(batch(2)))
                .isInstanceOfSatisfying(
                        Outcome.TooLarge.class, it -> assertThat(it.reason()).contains("400", why));
    }

    @Test
    void export_earlierPointThanTheLastAlone_isDelivered() throws InterruptedException {
        backend().next(Reply.status(400).body("out of order sample"));

        assertThat(exporter().export(batch(1))).isEqualTo(Outcome.delivered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"out of bounds", "duplicate sample for timestamp"})
    void export_refusedAlone_isADeadLetter(String why) throws InterruptedException {
        backend().next(Reply.status(400).body(why));

        assertThat(exporter().export(batch(1)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, it -> assertThat(it.reason()).contains(why));
    }

    /** Prometheus says 500 to it, and would be asked for ever. */
    @Test
    void export_tooOld_isSplitAndThenADeadLetter() throws InterruptedException {
        backend().next(Reply.status(500).body("too old sample"));
        backend().next(Reply.status(500).body("too old sample"));

        assertThat(exporter().export(batch(2))).isInstanceOf(Outcome.TooLarge.class);
        assertThat(exporter().export(batch(1))).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void export_takenInPart_isSplitAndThenADeadLetterWithTheReason() throws InterruptedException {
        // partial_success { rejected_data_points: 1, error_message: "no" }
        backend().next(Reply.status(200).body("\n\u0006\b\u0001\u0012\u0002no"));
        backend().next(Reply.status(200).body("\n\u0006\b\u0001\u0012\u0002no"));

        assertThat(exporter().export(batch(3))).isInstanceOf(Outcome.TooLarge.class);
        assertThat(exporter().export(batch(1)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, it -> assertThat(it.reason()).contains("took 0 of 1 points", "no"));
    }

    @Test
    void export_receiverIsOff_saysWhatToCheck() throws InterruptedException {
        backend().next(Reply.status(404).body("otlp write receiver needs to be enabled"));

        assertThat(exporter().export(batch(1)))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        it -> assertThat(it.reason()).contains("needs to be enabled", "check prometheus.push"));
    }

    @Test
    void create_passwordInTheAddress_isRefusedWithoutIt() {
        assertThatThrownBy(() -> create(Map.of("prometheus.push", "http://ada:hunter2@127.0.0.1:1/x")))
                .hasMessage("prometheus.push must hold no password; put it into prometheus.push.headers: …");
    }

    @Test
    void create_settingOfAnEndpoint_isRefused() {
        assertThatThrownBy(() -> create(Map.of("prometheus.push", "http://127.0.0.1:1/x", "prometheus.port", "0")))
                .hasMessageContaining("unknown setting prometheus.port");
    }
}
