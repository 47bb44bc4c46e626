package io.plumbline.pipeline.pairing;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.plumbline.config.pairing.Pairing;
import io.plumbline.config.pairing.PairingIds;
import io.plumbline.config.pairing.PointHit;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.exporters.signal.Resource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Closed pairs as OTLP. Stateless. */
final class SpanForm {
    static final InstrumentationScope SCOPE =
            InstrumentationScope.newBuilder().setName(SignalAttributes.SCOPE).build();

    /** Most of what spans of one batch say is the same. */
    private record Said(String name, Object value) {}

    private SpanForm() {}

    /** One Kafka record's value. */
    static byte[] of(List<Closed> pairs) {
        Map<Resource, ScopeSpans.Builder> byResource = new LinkedHashMap<>();
        Map<Said, KeyValue> known = new HashMap<>();
        for (Closed pair : pairs) {
            byResource
                    .computeIfAbsent(
                            pair.resource(), any -> ScopeSpans.newBuilder().setScope(SCOPE))
                    .addSpans(span(pair, known));
        }
        TracesData.Builder data = TracesData.newBuilder();
        byResource.forEach((resource, spans) -> data.addResourceSpans(
                ResourceSpans.newBuilder().setResource(Otlp.resource(resource)).addScopeSpans(spans)));
        return data.build().toByteArray();
    }

    private static Span span(Closed pair, Map<Said, KeyValue> known) {
        Pairing pairing = pair.pairing();
        PointHit from = pairing.from();
        PointHit to = pairing.to();
        String traceId = PairingIds.traceId(pair.probe(), pairing);
        Span.Builder span = Span.newBuilder()
                .setTraceId(id(traceId))
                .setSpanId(id(PairingIds.spanId(pair.probe(), pairing)))
                .setName(pair.probe() + " " + pairing.pair().inWords())
                .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                .setStartTimeUnixNano(from.epochNanos())
                .setEndTimeUnixNano(from.epochNanos() + pair.latency().nanos());
        if (!from.traceId().isEmpty() && !from.spanId().isEmpty()) {
            span.setParentSpanId(id(from.spanId()));
        }
        if (!to.traceId().isEmpty() && !to.spanId().isEmpty() && !to.traceId().equals(traceId)) {
            span.addLinks(Span.Link.newBuilder().setTraceId(id(to.traceId())).setSpanId(id(to.spanId())));
        }
        attributes(pair)
                .forEach((name, value) -> span.addAttributes(known.computeIfAbsent(
                        new Said(name, value), said -> Otlp.attribute(said.name(), said.value()))));
        return span.build();
    }

    private static Map<String, Object> attributes(Closed pair) {
        Pairing pairing = pair.pairing();
        String from = pairing.pair().from();
        String to = pairing.pair().to();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(SignalAttributes.PROBE_ID, pair.probe());
        attributes.put(SignalAttributes.PROBE_VERSION, pair.version());
        attributes.put(SignalAttributes.SPAN_FROM, from);
        attributes.put(SignalAttributes.SPAN_TO, to);
        attributes.put(SignalAttributes.LATENCY_BASIS, pair.latency().basis().word());
        if (!pair.to().isAll()) {
            attributes.put(SignalAttributes.TO, pair.to().text());
        }
        if (pair.latency().hasBound()) {
            attributes.put(SignalAttributes.LATENCY_BOUND, pair.latency().boundNanos());
        }
        if (pairing.weight() > 1) {
            attributes.put(SignalAttributes.WEIGHT, (long) pairing.weight());
        }
        if (!pairing.from().key().equals(pairing.from().traceId())) { // the trace's id is on the span already
            attributes.put(SignalAttributes.SPAN_KEY, pairing.from().key());
        }
        attributes.put("plumbline.span.from.code", pairing.from().place());
        attributes.put("plumbline.span.to.code", pairing.to().place());
        attributes.put("plumbline.span.from.instance", pairing.from().instance());
        attributes.put("plumbline.span.to.instance", pairing.to().instance());
        pairing.from().attributes().forEach((name, value) -> attributes.put(from + "." + name, value));
        pairing.to().attributes().forEach((name, value) -> attributes.put(to + "." + name, value));
        return attributes;
    }

    private static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
