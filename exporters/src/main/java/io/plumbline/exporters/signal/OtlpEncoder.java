package io.plumbline.exporters.signal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes signals as OTLP requests, for exporters whose backends speak it. Stateless. */
public final class OtlpEncoder {

    private OtlpEncoder() {}

    /**
     * Spans as an {@code ExportTraceServiceRequest}, as they came. Neighbours of one resource and scope stand together.
     *
     * @param spans all of them {@link SpanSignal}
     */
    public static byte[] spans(List<Signal> spans) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        SpanReader.OtlpSpan before = null;
        ScopeSpans.Builder scope = null;
        for (Signal each : spans) {
            SpanReader.OtlpSpan form = (SpanReader.OtlpSpan) ((SpanSignal) each).form();
            if (before == null || before.resource() != form.resource() || before.scope() != form.scope()) {
                ResourceSpans.Builder resource =
                        request.addResourceSpansBuilder().setResource(form.resource());
                scope = resource.addScopeSpansBuilder().setScope(form.scope());
            }
            scope.addSpans(form.span());
            before = form;
        }
        return request.build().toByteArray();
    }

    /**
     * Metric points as an {@code ExportMetricsServiceRequest}, without their scopes. Neighbours of one resource and metric stand
     * together.
     *
     * @param attributes those that a point is to have
     */
    public static byte[] metrics(
            List<MetricSignal> metrics, Function<MetricSignal, ? extends Map<String, ?>> attributes) {
        return MetricWriter.write(metrics, attributes).toByteArray();
    }

    /**
     * What a backend took only in part.
     *
     * @param rejected how many spans or points it did not take; 0 with a message is a warning
     */
    public record Rejected(long rejected, String message) {}

    /** What an {@code ExportTraceServiceResponse} says; nothing rejected where it can't be read. */
    public static Rejected rejectedSpans(byte[] response) {
        try {
            ExportTracePartialSuccess partial =
                    ExportTraceServiceResponse.parseFrom(response).getPartialSuccess();
            return new Rejected(partial.getRejectedSpans(), partial.getErrorMessage());
        } catch (InvalidProtocolBufferException e) {
            return new Rejected(0, "");
        }
    }

    /** What an {@code ExportMetricsServiceResponse} says; nothing rejected where it can't be read. */
    public static Rejected rejectedPoints(byte[] response) {
        try {
            ExportMetricsPartialSuccess partial =
                    ExportMetricsServiceResponse.parseFrom(response).getPartialSuccess();
            return new Rejected(partial.getRejectedDataPoints(), partial.getErrorMessage());
        } catch (InvalidProtocolBufferException e) {
            return new Rejected(0, "");
        }
    }
}
