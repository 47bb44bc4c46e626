package io.plumbline.agent.capture.context;

import java.lang.invoke.MethodHandle;
import java.util.Map;

/**
 * One logging API's MDC. Which store it writes to can change while the application starts, so the store is looked up each
 * time and read if its class is known by name.
 */
final class MdcSource implements Sources.Source {
    /** Classes that hold an MDC's store in a static field, with that field's name by version. */
    static final Map<String, String[]> OWNERS = Map.of(
            "org.slf4j.MDC", new String[] {"MDC_ADAPTER", "mdcAdapter"},
            "org.apache.logging.log4j.ThreadContext", new String[] {"contextMap"});

    /** Stores, with the field that holds their thread-local, by version. */
    static final Map<String, String[]> STORES = Map.of(
            "ch.qos.logback.classic.util.LogbackMDCAdapter",
                    new String[] {"readWriteThreadLocalMap", "copyOnThreadLocal", "copyOnInheritThreadLocal"},
            "ch.qos.logback.classic.util.LogbackMDCAdapterSimple", new String[] {"threadLocalUnmodifiableMap"},
            "org.slf4j.helpers.BasicMDCAdapter", new String[] {"inheritableThreadLocalMap", "inheritableThreadLocal"},
            "org.apache.logging.log4j.spi.DefaultThreadContextMap", new String[] {"localState", "localMap"},
            "org.apache.logging.log4j.spi.CopyOnWriteSortedArrayThreadContextMap", new String[] {"localMap"},
            "org.apache.logging.log4j.spi.GarbageFreeSortedArrayThreadContextMap", new String[] {"localMap"},
            "org.apache.logging.log4j.core.context.internal.GarbageFreeSortedArrayThreadContextMap",
                    new String[] {"localMap"});

    private final ClassLoader loader;
    private final MethodHandle store;

    MdcSource(Class<?> owner, MethodHandle store) {
        this.loader = owner.getClassLoader();
        this.store = store;
    }

    @Override
    public ClassLoader loader() {
        return loader;
    }

    /** The object that keeps the thread-local now; null if there is none. */
    Object store() throws Throwable {
        return (Object) store.invokeExact();
    }
}
