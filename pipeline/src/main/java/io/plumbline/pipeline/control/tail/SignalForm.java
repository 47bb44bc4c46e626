package io.plumbline.pipeline.control.tail;

import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.ExponentialHistogramSignal;
import io.plumbline.exporters.signal.GaugeSignal;
import io.plumbline.exporters.signal.HistogramSignal;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SpanSignal;
import io.plumbline.exporters.signal.SumSignal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A signal as plain values, for JSON. */
public final class SignalForm {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private SignalForm() {}

    public static Map<String, Object> of(Signal signal) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", signal.kind().name().toLowerCase(Locale.ROOT));
        long nanos = signal instanceof LogSignal log ? log.bestTimeUnixNano() : signal.timeUnixNano();
        map.put("time", nanos / NANOS_PER_MILLI);
        map.put("service", signal.resource().service());
        map.put("instance", signal.resource().instance());
        map.put("probe", signal.probeId());
        if (signal instanceof LogSignal log) {
            log(map, log);
        } else if (signal instanceof MetricSignal metric) {
            metric(map, metric);
        } else if (signal instanceof SpanSignal span) {
            span(map, span);
        }
        return map;
    }

    private static void span(Map<String, Object> map, SpanSignal span) {
        map.put("name", span.name());
        map.put("startMicros", span.timeUnixNano() / NANOS_PER_MICRO);
        map.put("nanos", span.nanos());
        map.put("duration", span.duration());
        map.put("traceId", span.traceId());
        map.put("spanId", span.spanId());
        put(map, "parentSpanId", span.parentSpanId());
        Map<String, Object> attributes = new LinkedHashMap<>(span.attributes());
        attributes.remove(AttributeNames.PROBE_ID);
        attributes.remove(SignalAttributes.TO);
        map.put("attributes", attributes);
    }

    private static void log(Map<String, Object> map, LogSignal log) {
        map.put("severity", log.severityText());
        map.put("body", String.valueOf(log.body()));
        put(map, "file", log.attributes().get(AttributeNames.FILE));
        put(map, "line", log.attributes().get(AttributeNames.LINE));
        put(map, "function", log.attributes().get(AttributeNames.FUNCTION));
        put(map, "thread", log.attributes().get(AttributeNames.THREAD));
        put(map, "event", log.eventName());
        put(map, "values", log.attributes().get(AttributeNames.VALUES));
        put(map, "stack", log.attributes().get(AttributeNames.STACK));
        put(map, "stackOwn", log.attributes().get(AttributeNames.STACK_OWN));
        put(map, "exception", log.attributes().get(AttributeNames.EXCEPTION_STACK));
        put(map, "traceId", log.traceId());
        put(map, "spanId", log.spanId());
        put(map, "uid", log.uid());
    }

    private static void metric(Map<String, Object> map, MetricSignal metric) {
        map.put("name", metric.metric().name());
        map.put("unit", metric.metric().unit());
        Map<String, Object> labels = new LinkedHashMap<>(metric.attributes());
        labels.remove(AttributeNames.PROBE_ID);
        labels.remove(SignalAttributes.TO);
        map.put("labels", labels);
        if (metric instanceof SumSignal sum) {
            map.put("type", "count");
            map.put("value", number(sum.value()));
        } else if (metric instanceof GaugeSignal gauge) {
            map.put("type", "gauge");
            map.put("value", number(gauge.value()));
        } else if (metric instanceof HistogramSignal histogram) {
            map.put("type", "histogram");
            map.put("count", histogram.count());
            map.put("sum", number(histogram.sum()));
            map.put("bounds", histogram.bounds());
            map.put("buckets", histogram.bucketCounts());
        } else if (metric instanceof ExponentialHistogramSignal histogram) {
            map.put("type", "histogram");
            map.put("count", histogram.count());
            map.put("sum", number(histogram.sum()));
        }
    }

    /** JSON has no word for what is not finite. */
    private static Object number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static void put(Map<String, Object> map, String key, Object value) {
        if (value != null && !value.equals("")) {
            map.put(key, value);
        }
    }
}
