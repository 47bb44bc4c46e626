package io.plumbline.agent.capture.context;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Finds OpenTelemetry APIs: the application's among its loaded classes, and that of the OpenTelemetry Java agent, which
 * lies in the bootstrap loader under a name of its own and which the application's is bridged to. On the agent's thread.
 *
 * <p>The application's API is taken only when its context storage was initialised by the application, and is the API's
 * own, as another could be anyone's code.
 */
final class OtelFinder {
    static final String SHADED = "io.opentelemetry.javaagent.shaded.";
    static final String SPAN_KEY = "io.opentelemetry.api.trace.SpanContextKey";
    private static final String BAGGAGE_KEY = "io.opentelemetry.api.baggage.BaggageContextKey";
    private static final String CONTEXT = "io.opentelemetry.context.";
    private static final String LAZY = CONTEXT + "LazyStorage";
    private static final String STORAGE = CONTEXT + "ThreadLocalContextStorage";
    private static final String STRICT = CONTEXT + "StrictContextStorage";
    private static final String ARRAY = CONTEXT + "ArrayBasedContext";
    private static final List<String> NAMES = List.of(SPAN_KEY, BAGGAGE_KEY, LAZY, STORAGE, STRICT, ARRAY);

    private final PrivateReads reads;

    OtelFinder(PrivateReads reads) {
        this.reads = reads;
    }

    /** Whether a class is one that {@link #application} wants to see. */
    static boolean isWanted(String name) {
        return name.startsWith("io.opentelemetry.") && NAMES.contains(name);
    }

    /**
     * The source of one API of the application; null if it is not yet in use, or can't be read.
     *
     * @param keyType its SpanContextKey
     * @param loaded all wanted classes
     */
    OtelSource application(Class<?> keyType, List<Class<?>> loaded) {
        Object spanKey = reads.staticValue(keyType, "KEY");
        if (spanKey == null) {
            return null;
        }
        ClassLoader contextLoader = spanKey.getClass().getClassLoader();
        ThreadLocal<?> contexts = contexts(contextLoader, loaded);
        Class<?> contextType = find(ARRAY, contextLoader, loaded);
        MethodHandle entries = contextType == null ? null : reads.getter(contextType, "entries");
        if (contexts == null || entries == null) {
            return null;
        }
        Class<?> baggage = find(BAGGAGE_KEY, keyType.getClassLoader(), loaded);
        Object baggageKey = baggage == null ? null : reads.staticValue(baggage, "KEY");
        return new OtelSource(keyType.getClassLoader(), contexts, null, contextType, entries, spanKey, baggageKey);
    }

    private ThreadLocal<?> contexts(ClassLoader loader, List<Class<?>> loaded) {
        Class<?> lazy = find(LAZY, loader, loaded);
        Object storage = lazy == null ? null : reads.staticValue(lazy, "storage");
        if (storage != null && storage.getClass() == find(STRICT, loader, loaded)) {
            storage = value(reads.getter(storage.getClass(), "delegate"), storage);
        }
        if (storage == null || storage.getClass() != find(STORAGE, loader, loaded)) {
            return null;
        }
        return reads.staticValue(storage.getClass(), "THREAD_LOCAL_STORAGE") instanceof ThreadLocal<?> local
                ? local
                : null;
    }

    private static Object value(MethodHandle getter, Object owner) {
        try {
            return getter == null ? null : (Object) getter.invokeExact(owner);
        } catch (Throwable t) {
            return null;
        }
    }

    private static Class<?> find(String name, ClassLoader loader, List<Class<?>> loaded) {
        for (Class<?> type : loaded) {
            if (type.getClassLoader() == loader && type.getName().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /**
     * The source of the OpenTelemetry agent's API; null without that agent. Its classes are the agent's own, so they may
     * be initialised and asked for the current context in the public way.
     *
     * @param loader where that agent keeps its API; null for the bootstrap loader
     */
    OtelSource agent(ClassLoader loader) {
        try {
            Class<?> context = Class.forName(SHADED + CONTEXT + "Context", true, loader);
            Class<?> array = Class.forName(SHADED + ARRAY, true, loader);
            Class<?> span = Class.forName(SHADED + SPAN_KEY, true, loader);
            Class<?> baggage = Class.forName(SHADED + BAGGAGE_KEY, true, loader);
            MethodHandle current = MethodHandles.publicLookup()
                    .findStatic(context, "current", MethodType.methodType(context))
                    .asType(MethodType.methodType(Object.class));
            MethodHandle entries = reads.getter(array, "entries");
            Object spanKey = reads.staticValue(span, "KEY");
            Object baggageKey = reads.staticValue(baggage, "KEY");
            return entries == null || spanKey == null
                    ? null
                    : new OtelSource(loader, null, current, array, entries, spanKey, baggageKey);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }
}
