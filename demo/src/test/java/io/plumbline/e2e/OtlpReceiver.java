package io.plumbline.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Takes spans as a tracing backend does, by OTLP over HTTP; of two with one id it keeps one. */
final class OtlpReceiver implements AutoCloseable {
    private final HttpServer server;

    /** By span id; guarded by this. */
    private final Map<String, Seen> spans = new HashMap<>();

    /** A span as it came. */
    record Seen(
            String service,
            String name,
            String traceId,
            String spanId,
            String parent,
            long start,
            long end,
            List<String> links,
            Map<String, String> attributes) {

        long nanos() {
            return end - start;
        }

        /** What an attribute says; empty if it is not there. */
        String says(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            keep(ExportTraceServiceRequest.parseFrom(body.readAllBytes()));
        }
        byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        exchange.close();
    }

    private synchronized void keep(ExportTraceServiceRequest request) {
        request.getResourceSpansList().forEach(resource -> {
            String service = text(resource.getResource().getAttributesList()).getOrDefault("service.name", "");
            resource.getScopeSpansList()
                    .forEach(scope -> scope.getSpansList().forEach(span -> {
                        Seen seen = seen(service, span);
                        spans.put(seen.spanId(), seen);
                    }));
        });
    }

    private static Seen seen(String service, Span span) {
        HexFormat hex = HexFormat.of();
        return new Seen(
                service,
                span.getName(),
                hex.formatHex(span.getTraceId().toByteArray()),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray()),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                span.getLinksList().stream()
                        .map(link -> hex.formatHex(link.getTraceId().toByteArray()))
                        .toList(),
                text(span.getAttributesList()));
    }

    private static Map<String, String> text(List<KeyValue> attributes) {
        Map<String, String> all = new HashMap<>();
        for (KeyValue each : attributes) {
            all.put(
                    each.getKey(),
                    each.getValue().hasIntValue()
                            ? String.valueOf(each.getValue().getIntValue())
                            : each.getValue().getStringValue());
        }
        return all;
    }

    /** All that came and have a name that ends so. */
    synchronized List<Seen> spans(String nameEnd) {
        return new ArrayList<>(spans.values().stream()
                .filter(span -> span.name().endsWith(nameEnd))
                .toList());
    }

    /** All that came of a trace, by span id. */
    synchronized Map<String, Seen> trace(String traceId) {
        Map<String, Seen> all = new HashMap<>();
        spans.values().stream()
                .filter(span -> span.traceId().equals(traceId))
                .forEach(span -> all.put(span.spanId(), span));
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
