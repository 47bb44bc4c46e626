package io.plumbline.exporters.signal;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads OTLP spans. Every one of them can be represented. */
final class SpanReader {

    private SpanReader() {}

    /** The resource and scope are shared by all spans of one. */
    record OtlpSpan(io.opentelemetry.proto.resource.v1.Resource resource, InstrumentationScope scope, Span span)
            implements SpanSignal.Form {
        OtlpSpan map(UnaryOperator<Map<String, Object>> change) {
            Span.Builder changed = span.toBuilder().clearAttributes();
            changed.addAllAttributes(AnyValues.map(span.getAttributesList(), change));
            changed.getEventsBuilderList().forEach(event -> {
                List<KeyValue> attributes = AnyValues.map(event.getAttributesList(), change);
                event.clearAttributes().addAllAttributes(attributes);
            });
            changed.getLinksBuilderList().forEach(link -> {
                List<KeyValue> attributes = AnyValues.map(link.getAttributesList(), change);
                link.clearAttributes().addAllAttributes(attributes);
            });
            return new OtlpSpan(resource, scope, changed.build());
        }
    }

    static Decoded read(TracesData data) {
        List<Signal> signals = new ArrayList<>();
        for (ResourceSpans spans : data.getResourceSpansList()) {
            Resource resource = Resource.of(AnyValues.map(spans.getResource().getAttributesList()));
            for (ScopeSpans scope : spans.getScopeSpansList()) {
                for (Span span : scope.getSpansList()) {
                    signals.add(span(resource, new OtlpSpan(spans.getResource(), scope.getScope(), span)));
                }
            }
        }
        return new Decoded(signals, List.of());
    }

    private static SpanSignal span(Resource resource, OtlpSpan form) {
        Span span = form.span();
        return new SpanSignal(
                resource,
                span.getName(),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                AnyValues.hexId(span.getTraceId()),
                AnyValues.hexId(span.getSpanId()),
                AnyValues.hexId(span.getParentSpanId()),
                AnyValues.map(span.getAttributesList()),
                form,
                span.getSerializedSize());
    }
}
