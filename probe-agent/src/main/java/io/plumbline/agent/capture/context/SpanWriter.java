package io.plumbline.agent.capture.context;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Map;

/**
 * Writes attributes and events to a span of OpenTelemetry's SDK, by the methods that its API has for that; a span of any other class
 * is left alone, as writing to it could run code of the application's. The SDK takes the span's own lock for a moment. For spans that
 * were asked for in a probe only.
 *
 * <p>Any thread: that which the span is current in. Never throws.
 */
public final class SpanWriter {
    private static final String API = "io.opentelemetry.api.trace.Span";
    private static final MethodType SET = MethodType.methodType(Object.class, Object.class, String.class, Object.class);
    private static final MethodType ADD = MethodType.methodType(Object.class, Object.class, String.class, Object.class);

    private final SpanShapes shapes;

    private final ClassValue<Writes> known = new ClassValue<>() {
        @Override
        protected Writes computeValue(Class<?> type) {
            return shapes.isRecording(type) ? Writes.of(api(type)) : Writes.NONE;
        }
    };

    /**
     * The methods of one API; all null where it has none that are known. Setters of type {@code (Object span, String name, Object
     * value)Object}.
     *
     * @param build from no arguments to a builder of attributes
     */
    private record Writes(
            MethodHandle setText,
            MethodHandle setWhole,
            MethodHandle setNumber,
            MethodHandle setTruth,
            MethodHandle event,
            MethodHandle build,
            MethodHandle put,
            MethodHandle built) {
        static final Writes NONE = new Writes(null, null, null, null, null, null, null, null);

        static Writes of(Class<?> span) {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            try {
                Method event = null;
                for (Method method : span.getMethods()) {
                    if (method.getName().equals("addEvent")
                            && method.getParameterCount() == 2
                            && method.getParameterTypes()[1].getSimpleName().equals("Attributes")) {
                        event = method;
                    }
                }
                if (event == null) {
                    return NONE;
                }
                Class<?> attributes = event.getParameterTypes()[1];
                Method build = attributes.getMethod("builder");
                Class<?> builder = build.getReturnType();
                return new Writes(
                        setter(lookup, span, String.class),
                        setter(lookup, span, long.class),
                        setter(lookup, span, double.class),
                        setter(lookup, span, boolean.class),
                        lookup.unreflect(event).asType(ADD),
                        lookup.unreflect(build).asType(MethodType.methodType(Object.class)),
                        lookup.unreflect(builder.getMethod("put", String.class, String.class))
                                .asType(MethodType.methodType(Object.class, Object.class, String.class, String.class)),
                        lookup.unreflect(builder.getMethod("build"))
                                .asType(MethodType.methodType(Object.class, Object.class)));
            } catch (ReflectiveOperationException | LinkageError e) {
                return NONE;
            }
        }

        private static MethodHandle setter(MethodHandles.Lookup lookup, Class<?> span, Class<?> value)
                throws ReflectiveOperationException {
            return lookup.unreflect(span.getMethod("setAttribute", String.class, value))
                    .asType(SET);
        }
    }

    SpanWriter(SpanShapes shapes) {
        this.shapes = shapes;
    }

    /** The interface that every span of the type's API has; null if it has none. */
    private static Class<?> api(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Class<?> one : at.getInterfaces()) {
                Class<?> found = one.getName().endsWith(API) ? one : api(one);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /**
     * Sets attributes.
     *
     * @param values texts, Long, Double, Boolean; others as texts
     * @return whether the span could take them
     */
    public boolean attributes(Object span, Map<String, Object> values) {
        try {
            Writes writes = known.get(span.getClass());
            if (writes.setText() == null) {
                return false;
            }
            for (Map.Entry<String, Object> one : values.entrySet()) {
                Object value = one.getValue();
                MethodHandle set = value instanceof Long
                        ? writes.setWhole()
                        : value instanceof Double
                                ? writes.setNumber()
                                : value instanceof Boolean ? writes.setTruth() : writes.setText();
                Object taken = set == writes.setText() ? String.valueOf(value) : value;
                Object ignored = (Object) set.invokeExact(span, one.getKey(), taken);
            }
            return true;
        } catch (Throwable t) {
            return false;
        }
    }

    /**
     * Adds an event with attributes, its time now.
     *
     * @return whether the span could take it
     */
    public boolean event(Object span, String name, Map<String, Object> values) {
        try {
            Writes writes = known.get(span.getClass());
            if (writes.event() == null) {
                return false;
            }
            Object builder = (Object) writes.build().invokeExact();
            for (Map.Entry<String, Object> one : values.entrySet()) {
                Object same = (Object) writes.put().invokeExact(builder, one.getKey(), String.valueOf(one.getValue()));
            }
            Object attributes = (Object) writes.built().invokeExact(builder);
            Object ignored = (Object) writes.event().invokeExact(span, name, attributes);
            return true;
        } catch (Throwable t) {
            return false;
        }
    }
}
