package io.plumbline.exporters.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.HttpExporterKit;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import io.plumbline.exporters.kit.ScriptedBackend.Request;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JaegerHttpTest extends HttpExporterKit {

    @Override
    protected ExporterFactory factory() {
        return new JaegerExporterFactory();
    }

    @Override
    protected Map<String, String> settings(URI backend, Duration timeout) {
        return Map.of(
                "jaeger.url",
                backend.toString(),
                "jaeger.headers",
                "x-token=" + secret(),
                "jaeger.ui",
                "http://127.0.0.1:16686/",
                "jaeger.request-timeout",
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

    @Test
    void export_sendsWhatCame_asOneRequest() throws Exception {
        exporter().export(batch(3));

        Request request = backend().requests().get(0);
        assertThat(request.path()).isEqualTo("/v1/traces");
        assertThat(request.headers()).containsEntry("x-token", secret());
        ExportTraceServiceRequest sent = ExportTraceServiceRequest.parseFrom(request.body());
        assertThat(sent.getResourceSpansList().stream()
                        .flatMap(resource -> resource.getScopeSpansList().stream())
                        .flatMap(scope -> scope.getSpansList().stream())
                        .map(span -> span.getName()))
                .containsExactly("kit A→B", "kit A→B", "kit A→B");
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
    void links_leadToATrace() {
        assertThat(exporter().links()).containsEntry("trace", URI.create("http://127.0.0.1:16686/trace/"));
    }
}
