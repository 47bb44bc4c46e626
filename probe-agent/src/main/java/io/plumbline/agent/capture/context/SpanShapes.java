package io.plumbline.agent.capture.context;

import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Set;

/**
 * How OpenTelemetry's objects are read: exact classes of its API and SDK, by field, with the names that they had in
 * versions 1.0 to 1.67. A span of another class could be the application's own and is not read.
 *
 * <p>Attributes are read without the span's lock: a hit must not wait for a thread that is writing some. What is written
 * at the same moment may be missed.
 */
final class SpanShapes {
    private static final String TRACE = "io.opentelemetry.sdk.trace.";
    private static final Set<String> SPANS =
            Set.of(TRACE + "SdkSpan", TRACE + "RecordEventsReadableSpan", "io.opentelemetry.api.trace.PropagatedSpan");
    private static final Set<String> CONTEXTS = Set.of("io.opentelemetry.api.internal.AutoValue_ImmutableSpanContext");
    private static final Set<String> ATTRIBUTES = Set.of(
            "io.opentelemetry.sdk.common.internal.AttributesMap",
            "io.opentelemetry.sdk.internal.AttributesMap",
            TRACE + "AttributesMap");
    private static final Map<String, String> KEYS =
            Map.of("io.opentelemetry.api.internal.InternalAttributeKeyImpl", "key");
    private static final String BAGGAGE = "io.opentelemetry.api.baggage.ImmutableBaggage";
    private static final String ENTRY = "io.opentelemetry.api.baggage.AutoValue_ImmutableEntry";

    private static final Shape UNKNOWN = new Shape(null, null, null);

    private final PrivateReads reads;

    private final ClassValue<Shape> shapes = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return shape(type, plain(type.getName()));
        }
    };

    /**
     * Getters of type {@code (Object)Object}, by the class's kind: a span's context and attributes; a span context's
     * trace and span id and whether it is valid; the keys and values of attributes; an attribute key's or baggage entry's
     * text; a baggage's pairs. Null where the class is not known.
     */
    record Shape(MethodHandle first, MethodHandle second, MethodHandle third) {}

    SpanShapes(PrivateReads reads) {
        this.reads = reads;
    }

    Shape of(Object object) {
        return shapes.get(object.getClass());
    }

    private static String plain(String name) {
        return name.startsWith(OtelFinder.SHADED) ? name.substring(OtelFinder.SHADED.length()) : name;
    }

    private Shape shape(Class<?> type, String name) {
        if (SPANS.contains(name)) {
            return new Shape(reads.getter(type, "context", "spanContext"), reads.getter(type, "attributes"), null);
        }
        if (CONTEXTS.contains(name)) {
            return new Shape(reads.getter(type, "traceId"), reads.getter(type, "spanId"), reads.getter(type, "valid"));
        }
        if (ATTRIBUTES.contains(name)) {
            return new Shape(reads.getter(type, "entryKeys"), reads.getter(type, "entryValues"), null);
        }
        if (KEYS.containsKey(name)) {
            return new Shape(reads.getter(type, KEYS.get(name)), null, null);
        }
        if (name.equals(BAGGAGE)) {
            return new Shape(reads.getter(type.getSuperclass(), "data"), null, null);
        }
        return name.equals(ENTRY) ? new Shape(reads.getter(type, "value"), null, null) : UNKNOWN;
    }

    /** Whether a class is that of the SDK's spans, which record. */
    boolean isRecording(Class<?> type) {
        String name = plain(type.getName());
        return SPANS.contains(name) && name.startsWith(TRACE);
    }

    /** Whether a class keeps a span's attributes; one without arrays is a HashMap of keys. */
    static boolean isAttributes(Object object) {
        return ATTRIBUTES.contains(plain(object.getClass().getName()));
    }
}
