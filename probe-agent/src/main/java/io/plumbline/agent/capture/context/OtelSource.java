package io.plumbline.agent.capture.context;

import java.lang.invoke.MethodHandle;

/**
 * One OpenTelemetry API with what it takes to read the current context by fields. The context is an array of keys and
 * values (ArrayBasedContext), kept in a thread-local.
 */
final class OtelSource implements Sources.Source {
    private final ClassLoader loader;
    private final ThreadLocal<?> contexts;
    private final MethodHandle currentContext;
    private final MethodHandle entries;
    private final Class<?> contextType;
    private final Object spanKey;
    private final Object baggageKey;

    /**
     * @param loader of the API's classes
     * @param contexts where the application's context is kept; null for the OpenTelemetry agent
     * @param currentContext gives the OpenTelemetry agent's context, {@code ()Object}; null for the application
     * @param contextType the one class of contexts that is read
     * @param entries gives its array, {@code (Object)Object}
     * @param baggageKey null while baggage was never used
     */
    OtelSource(
            ClassLoader loader,
            ThreadLocal<?> contexts,
            MethodHandle currentContext,
            Class<?> contextType,
            MethodHandle entries,
            Object spanKey,
            Object baggageKey) {
        this.loader = loader;
        this.contexts = contexts;
        this.currentContext = currentContext;
        this.contextType = contextType;
        this.entries = entries;
        this.spanKey = spanKey;
        this.baggageKey = baggageKey;
    }

    @Override
    public ClassLoader loader() {
        return loader;
    }

    /** Whether baggage can be read too. */
    boolean hasBaggage() {
        return baggageKey != null;
    }

    /** The span object of the current context; null if there is none. */
    Object span(ThreadLocals locals) throws Throwable {
        return value(locals, spanKey);
    }

    /** The baggage object of the current context; null if there is none. */
    Object baggage(ThreadLocals locals) throws Throwable {
        return baggageKey == null ? null : value(locals, baggageKey);
    }

    private Object value(ThreadLocals locals, Object key) throws Throwable {
        Object context = contexts == null ? (Object) currentContext.invokeExact() : locals.peek(contexts);
        if (context == null || context.getClass() != contextType) {
            return null;
        }
        Object[] pairs = (Object[]) (Object) entries.invokeExact(context);
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            if (pairs[i] == key) {
                return pairs[i + 1];
            }
        }
        return null;
    }
}
