package io.plumbline.agent.capture.gate;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * Tells threads apart by their number, unique as long as the JVM runs, without keeping them alive. Of a virtual thread it is the
 * carrier's: a hit does not block, so nobody else has the carrier meanwhile, and there are few carriers.
 *
 * <p>{@code Thread.getId} can be overridden by the application before JDK 19, so the field is read.
 */
final class ThreadIds {
    /** Set before the first use. */
    private static volatile Consumer<Class<?>> opener = type -> {};

    private ThreadIds() {}

    /**
     * @param newOpener opens a class's package to the agent
     */
    static void openWith(Consumer<Class<?>> newOpener) {
        opener = newOpener;
    }

    /** The number of the platform thread that runs this; never negative. */
    static long current() {
        return of(thread());
    }

    /** The platform thread that runs this. */
    static Thread thread() {
        return Reads.thread();
    }

    /** The number of a platform thread; never negative. */
    static long of(Thread thread) {
        return Reads.of(thread);
    }

    /** Constants, so that the JIT sees through them. */
    private static final class Reads {
        /** Null where the JDK does not let it be read. */
        private static final VarHandle ID;

        /** Null where there are no virtual threads. */
        private static final MethodHandle CARRIER;

        static {
            VarHandle id = null;
            MethodHandle carrier = null;
            try {
                opener.accept(Thread.class);
                MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
                id = lookup.findVarHandle(Thread.class, "tid", long.class);
                carrier = lookup.findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
            } catch (ReflectiveOperationException | RuntimeException e) {
                // a JDK without virtual threads, or one that does not open
            }
            ID = id;
            CARRIER = carrier;
        }

        static long of(Thread thread) {
            return ID == null ? System.identityHashCode(thread) : (long) ID.get(thread);
        }

        static Thread thread() {
            if (CARRIER == null) {
                return Thread.currentThread();
            }
            try {
                return (Thread) CARRIER.invokeExact();
            } catch (Throwable t) {
                return Thread.currentThread();
            }
        }
    }
}
