package io.plumbline.exporters.kit;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.Exemplar;
import io.plumbline.exporters.signal.ExponentialHistogramSignal;
import io.plumbline.exporters.signal.ExponentialHistogramSignal.Buckets;
import io.plumbline.exporters.signal.GaugeSignal;
import io.plumbline.exporters.signal.HistogramSignal;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.MalformedRecordException;
import io.plumbline.exporters.signal.MetricInfo;
import io.plumbline.exporters.signal.OtlpDecoder;
import io.plumbline.exporters.signal.Resource;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.exporters.signal.SpanSignal;
import io.plumbline.exporters.signal.SumSignal;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One set of named examples for all exporters' tests. */
public final class TestSignals {

    /** 2026-11-23T10:31:07.250000001Z. */
    public static final long TIME = 1_795_429_867_250_000_001L;

    public static final long START = TIME - 60_000_000_000L;
    public static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    public static final String SPAN_ID = "00f067aa0ba902b7";
    public static final String PROBE = "probe-7";

    public static final Resource SHOP = Resource.of(Map.of(
            "service.name", "shop",
            "service.instance.id", "4f2a1c9e-0000",
            "deployment.environment.name", "test",
            "process.pid", 4711L));

    private TestSignals() {}

    /** A batch of different signals of the kinds that an exporter takes. */
    public static List<Signal> batch(Iterable<SignalKind> kinds, int size) {
        SignalKind kind = kinds.iterator().next();
        return IntStream.range(0, size)
                .mapToObj(i -> switch (kind) {
                    case LOG -> (Signal) log("uid-" + i, "hit number " + i);
                    case SPAN -> span("kit A→B", i);
                    case METRIC -> sum("kit.hits", Map.of("n", (long) i), START, TIME, i);
                })
                .toList();
    }

    /** A span of so many milliseconds. */
    public static SpanSignal span(String name, int millis) {
        Span span = Span.newBuilder()
                .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(TRACE_ID)))
                .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) (millis + 1)}))
                .setName(name)
                .setStartTimeUnixNano(TIME)
                .setEndTimeUnixNano(TIME + millis * 1_000_000L)
                .build();
        TracesData data = TracesData.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
        try {
            return (SpanSignal) OtlpDecoder.decode(SignalKind.SPAN, data.toByteArray())
                    .signals()
                    .get(0);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException(e);
        }
    }

    public static LogSignal log(String uid, String message) {
        return log(uid, message, Map.of("cart.items.size()", "3", "user.name", "ada"));
    }

    public static LogSignal log(String uid, String message, Map<String, Object> values) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(AttributeNames.LOG_RECORD_UID, uid);
        attributes.put(AttributeNames.DOCUMENT_ID, uid);
        attributes.put(AttributeNames.PROBE_ID, PROBE);
        attributes.put("plumbline.probe.version", 2L);
        attributes.put(AttributeNames.FUNCTION, "shop.Cart.add");
        attributes.put(AttributeNames.FILE, "shop/Cart.java");
        attributes.put(AttributeNames.LINE, 118L);
        attributes.put(AttributeNames.THREAD, "worker-1");
        attributes.put("thread.id", 31L);
        attributes.put(AttributeNames.VALUES, values);
        return log(message, attributes);
    }

    /** A snapshot with these variables. */
    public static LogSignal snapshot(String uid, Map<String, Object> variables) {
        LogSignal log = log(uid, "snapshot at shop.Cart.add:118", variables);
        Map<String, Object> attributes = new LinkedHashMap<>(log.attributes());
        attributes.put(
                AttributeNames.STACK, "at shop.Cart.add(Cart.java:118)\nat java.lang.Thread.run(Thread.java:840)");
        attributes.put(AttributeNames.STACK_OWN, List.of(0L));
        return new LogSignal(
                SHOP, TIME, TIME, 9, "INFO", log.body(), attributes, TRACE_ID, SPAN_ID, "plumbline.snapshot", 400);
    }

    /** An exception as an agent reports it. */
    public static LogSignal exception(String uid) {
        LogSignal log = log(uid, "java.lang.IllegalStateException: the cart is closed", Map.of("cart", "7"));
        Map<String, Object> attributes = new LinkedHashMap<>(log.attributes());
        attributes.put("exception.type", "java.lang.IllegalStateException");
        attributes.put("exception.message", "the cart is closed");
        attributes.put(
                AttributeNames.EXCEPTION_STACK,
                "java.lang.IllegalStateException: the cart is closed\n\tat shop.Cart.add(Cart.java:118)");
        attributes.put("plumbline.exception.fingerprint", "9f86d081884c7d65");
        return new LogSignal(
                SHOP, TIME, TIME, 17, "ERROR", log.body(), attributes, TRACE_ID, SPAN_ID, "exception", 500);
    }

    public static LogSignal log(String message, Map<String, Object> attributes) {
        return new LogSignal(SHOP, TIME, TIME, 9, "INFO", message, attributes, TRACE_ID, SPAN_ID, "plumbline.log", 400);
    }

    public static SumSignal sum(String name, Map<String, Object> labels, long start, long time, double value) {
        return new SumSignal(SHOP, new MetricInfo(name, "", ""), ofProbe(labels), start, time, value, List.of(), 100);
    }

    public static SumSignal sum(MetricInfo metric, double value, Exemplar... exemplars) {
        return new SumSignal(SHOP, metric, ofProbe(Map.of()), START, TIME, value, List.of(exemplars), 100);
    }

    public static GaugeSignal gauge(MetricInfo metric, Map<String, Object> labels, long time, double value) {
        return new GaugeSignal(SHOP, metric, ofProbe(labels), time, value, List.of(), 100);
    }

    public static HistogramSignal histogram(MetricInfo metric, Map<String, Object> labels, Exemplar... exemplars) {
        return new HistogramSignal(
                SHOP,
                metric,
                ofProbe(labels),
                START,
                TIME,
                List.of(10.0, 100.0),
                List.of(2L, 1L, 1L),
                523.5,
                List.of(exemplars),
                200);
    }

    /** At scale 0: one zero, two in (1, 2], three in (4, 8], one in [-4, -2). */
    public static ExponentialHistogramSignal exponential(
            MetricInfo metric, Map<String, Object> labels, Exemplar... exemplars) {
        return new ExponentialHistogramSignal(
                SHOP,
                metric,
                ofProbe(labels),
                START,
                TIME,
                0,
                1,
                0,
                new Buckets(0, List.of(2L, 0L, 3L)),
                new Buckets(1, List.of(1L)),
                17.5,
                List.of(exemplars),
                200);
    }

    /** The same at another time. */
    public static HistogramSignal at(long timeUnixNano, HistogramSignal of) {
        return new HistogramSignal(
                of.resource(),
                of.metric(),
                of.attributes(),
                of.startTimeUnixNano(),
                timeUnixNano,
                of.bounds(),
                of.bucketCounts(),
                of.sum(),
                of.exemplars(),
                of.wireBytes());
    }

    /** The same at another time. */
    public static ExponentialHistogramSignal at(long timeUnixNano, ExponentialHistogramSignal of) {
        return new ExponentialHistogramSignal(
                of.resource(),
                of.metric(),
                of.attributes(),
                of.startTimeUnixNano(),
                timeUnixNano,
                of.scale(),
                of.zeroCount(),
                of.zeroThreshold(),
                of.positive(),
                of.negative(),
                of.sum(),
                of.exemplars(),
                of.wireBytes());
    }

    private static Map<String, Object> ofProbe(Map<String, Object> labels) {
        Map<String, Object> attributes = new LinkedHashMap<>(labels);
        attributes.put(AttributeNames.PROBE_ID, PROBE);
        return attributes;
    }
}
