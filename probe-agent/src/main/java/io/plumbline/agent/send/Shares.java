package io.plumbline.agent.send;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.plumbline.config.wire.SignalAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** Tells which probe had which part of a parcel's bytes: to the byte where it is one probe's, else by rough sizes. */
final class Shares {
    private static final AttributeKey<String> PROBE = AttributeKey.stringKey(SignalAttributes.PROBE_ID);

    /** What a record or point takes besides its own text. */
    private static final long FRAME_BYTES = 200;

    private final Map<String, Long> sizes = new HashMap<>();
    private long whole;

    private Shares() {}

    static Shares ofLogs(List<LogRecordData> records) {
        Shares shares = new Shares();
        for (LogRecordData record : records) {
            Value<?> body = record.getBodyValue();
            shares.add(
                    record.getAttributes(),
                    FRAME_BYTES + (body == null ? 0 : body.asString().length()));
        }
        return shares;
    }

    static Shares ofMetrics(List<MetricData> metrics) {
        Shares shares = new Shares();
        metrics.forEach(metric ->
                metric.getData().getPoints().forEach(point -> shares.add(point.getAttributes(), FRAME_BYTES)));
        return shares;
    }

    static Shares ofSpans(List<SpanData> spans) {
        Shares shares = new Shares();
        spans.forEach(span -> shares.add(span.getAttributes(), FRAME_BYTES));
        return shares;
    }

    private void add(Attributes attributes, long size) {
        String probe = attributes.get(PROBE);
        if (probe != null) {
            sizes.merge(probe, size, Long::sum);
            whole += size;
        }
    }

    void tell(long bytes, ObjLongConsumer<String> sent) {
        sizes.forEach((probe, size) -> sent.accept(probe, Math.round((double) bytes * size / whole)));
    }
}
