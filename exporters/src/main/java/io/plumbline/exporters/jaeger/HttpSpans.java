package io.plumbline.exporters.jaeger;

import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.http.OtlpSender;

/** OTLP over HTTP: protobuf to {@code /v1/traces}. */
final class HttpSpans implements SpanSender {
    private final OtlpSender sender;

    HttpSpans(JaegerSettings settings) {
        String instance = settings.instance();
        this.sender = new OtlpSender(settings.target(), "/v1/traces", instance + ".url", instance + ".headers");
    }

    @Override
    public Outcome send(byte[] request, int spans) throws InterruptedException {
        return sender.send(request, response -> JaegerExporter.taken(response, spans));
    }

    @Override
    public void close() {
        sender.close();
    }
}
