package io.plumbline.agent.capture;

import io.plumbline.agent.capture.context.MdcTrace;
import io.plumbline.agent.capture.context.SpanReader;
import io.plumbline.agent.capture.context.Surroundings;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Reads the current trace and span id from the first of these that has one: the OpenTelemetry API of the OpenTelemetry
 * Java agent, which lies in the bootstrap loader under a name of its own and which the application's own API is bridged
 * to; an OpenTelemetry API in the application; the MDC.
 */
final class TraceReader {
    private static final String SHADED = "io.opentelemetry.javaagent.shaded.io.opentelemetry.api.trace.";
    private static final MethodType TEXT = MethodType.methodType(String.class, Object.class);

    /** What else there is to read; null for none. */
    private final Surroundings surroundings;

    private final MdcTrace mdc;

    /** Found once by the agent's thread, read by application threads; null while there is none. */
    private volatile Api api;

    /**
     * @param current gives the span context
     * @param isValid whether there is a span at all
     * @param type of span contexts
     */
    private record Api(
            MethodHandle current, MethodHandle isValid, MethodHandle traceId, MethodHandle spanId, Class<?> type) {}

    /** Of the OpenTelemetry agent only. */
    TraceReader() {
        this(null);
    }

    /** Of whatever there is. */
    TraceReader(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.mdc = surroundings == null ? null : surroundings.mdcTrace();
    }

    /** Looks for a tracer; may be called again, as one can come later. */
    void look() {
        if (surroundings != null) {
            surroundings.look();
        }
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
                            .asType(TEXT),
                    context);
        } catch (ReflectiveOperationException | LinkageError e) {
            // no OpenTelemetry agent here
        }
    }

    /** The current span context in whatever form it was found, or null; for {@link #traceId} and {@link #spanId}. */
    Object current() {
        Object context = ofAgent();
        if (context != null || surroundings == null) {
            return context;
        }
        Object span = surroundings.spans().current();
        return span != null ? span : mdc.traceId();
    }

    private Object ofAgent() {
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
        return context instanceof String id ? id : read(context, true);
    }

    /** 16 hex digits; empty without a context, or where the MDC has a trace id alone. */
    String spanId(Object context) {
        return context instanceof String ? mdc.spanId() : read(context, false);
    }

    private String read(Object context, boolean trace) {
        if (context == null) {
            return "";
        }
        Api now = api;
        if (now == null || !now.type.isInstance(context)) {
            return ofSpan(context, trace);
        }
        try {
            return trace ? (String) now.traceId.invokeExact(context) : (String) now.spanId.invokeExact(context);
        } catch (Throwable t) {
            return "";
        }
    }

    private String ofSpan(Object span, boolean trace) {
        if (surroundings == null) {
            return "";
        }
        SpanReader spans = surroundings.spans();
        return trace ? spans.traceId(span) : spans.spanId(span);
    }
}
