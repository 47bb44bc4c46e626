package io.plumbline.agent.capture;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Reads the current span's ids from the OpenTelemetry API of the OpenTelemetry Java agent, which lies in the bootstrap
 * loader under a name of its own and which the application's own API is bridged to. Without that agent there is no trace
 * context to read.
 */
final class TraceReader {
    private static final String SHADED = "io.opentelemetry.javaagent.shaded.io.opentelemetry.api.trace.";
    private static final MethodType TEXT = MethodType.methodType(String.class, Object.class);

    /** Found once by the agent's thread, read by application threads; null while there is none. */
    private volatile Api api;

    /**
     * @param current gives the span context
     * @param isValid whether there is a span at all
     */
    private record Api(MethodHandle current, MethodHandle isValid, MethodHandle traceId, MethodHandle spanId) {}

    /** Looks for a tracer; may be called again, as one can come later. */
    void look() {
        if (api != null) {
            return;
        }
        try {
            Class<?> span = Class.forName(SHADED + "Span", true, null);
            Class<?> context = Class.forName(SHADED + "SpanContext", true, null);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle current = MethodHandles.filterReturnValue(
                    lookup.findStatic(span, "current", MethodType.methodType(span)),
                    lookup.findVirtual(span, "getSpanContext", MethodType.methodType(context)));
            api = new Api(
                    current.asType(MethodType.methodType(Object.class)),
                    lookup.findVirtual(context, "isValid", MethodType.methodType(boolean.class))
                            .asType(MethodType.methodType(boolean.class, Object.class)),
                    lookup.findVirtual(context, "getTraceId", MethodType.methodType(String.class))
                            .asType(TEXT),
                    lookup.findVirtual(context, "getSpanId", MethodType.methodType(String.class))
                            .asType(TEXT));
        } catch (ReflectiveOperationException | LinkageError e) {
            // no OpenTelemetry agent here
        }
    }

    /** The current span context, or null; for {@link #traceId} and {@link #spanId}. */
    Object current() {
        Api now = api;
        if (now == null) {
            return null;
        }
        try {
            Object context = (Object) now.current.invokeExact();
            return (boolean) now.isValid.invokeExact(context) ? context : null;
        } catch (Throwable t) {
            return null;
        }
    }

    /** 32 hex digits; empty without a context. */
    String traceId(Object context) {
        return read(context, true);
    }

    /** 16 hex digits; empty without a context. */
    String spanId(Object context) {
        return read(context, false);
    }

    private String read(Object context, boolean trace) {
        Api now = api;
        if (now == null || context == null) {
            return "";
        }
        try {
            return trace ? (String) now.traceId.invokeExact(context) : (String) now.spanId.invokeExact(context);
        } catch (Throwable t) {
            return "";
        }
    }
}
