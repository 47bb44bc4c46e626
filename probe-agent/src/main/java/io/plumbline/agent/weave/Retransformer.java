package io.plumbline.agent.weave;

import io.plumbline.config.wire.Pauses;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Has the JVM transform loaded classes again. Each call stops all threads for a moment, so classes go in batches, and
 * between two batches the program is left alone ({@link Pace}); the first goes at once. When the JVM refuses a batch, each of
 * its classes is tried alone, so that one costs the others nothing.
 *
 * <p>Control thread only. Once that is interrupted there are no rests any more.
 */
final class Retransformer {
    private final Instrumentation instrumentation;
    private final LongSupplier weavingNanos;
    private final Pace pace = new Pace();
    private Pauses pauses = Pauses.NONE;

    /**
     * @param weavingNanos how long weaving has taken since the start, while no thread stands still for it
     */
    Retransformer(Instrumentation instrumentation, LongSupplier weavingNanos) {
        this.instrumentation = instrumentation;
        this.weavingNanos = weavingNanos;
    }

    /** What the program has felt of it. */
    Pauses pauses() {
        return pauses;
    }

    /** Returns the classes that the JVM refused, with its reason. */
    Map<Class<?>, String> retransform(Collection<Class<?>> classes) {
        Map<Class<?>, String> refused = new LinkedHashMap<>();
        List<Class<?>> left = new ArrayList<>();
        for (Class<?> type : classes) {
            if (instrumentation.isModifiableClass(type)) {
                left.add(type);
            } else {
                refused.put(type, "the JVM does not let this class be changed");
            }
        }
        for (int from = 0; from < left.size(); ) {
            int to = Math.min(left.size(), from + pace.size());
            long rest = together(left.subList(from, to), refused);
            from = to;
            if (from < left.size()) {
                rest(rest);
            }
        }
        return refused;
    }

    private static void rest(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how long the program is to be left alone then. */
    private long together(List<Class<?>> batch, Map<Class<?>, String> refused) {
        long before = System.nanoTime() - weavingNanos.getAsLong();
        String reason = tryAll(batch);
        long nanos = Math.max(0, System.nanoTime() - weavingNanos.getAsLong() - before);
        pauses = pauses.and(nanos);
        long rest = pace.took(batch.size(), nanos);
        if (reason == null) {
            return rest;
        }
        if (batch.size() == 1) {
            refused.put(batch.get(0), reason);
            return rest;
        }
        for (Class<?> type : batch) {
            rest(rest);
            rest = together(List.of(type), refused);
        }
        return rest;
    }

    /** Null when the JVM took them. */
    private String tryAll(List<Class<?>> batch) {
        try {
            instrumentation.retransformClasses(batch.toArray(new Class<?>[0]));
            return null;
        } catch (UnmodifiableClassException | LinkageError | RuntimeException | InternalError e) {
            return isUnlinkable(e)
                    ? "the program itself can't use this class: the JVM can't link it even without a probe; a class that it needs is"
                            + " missing or does not fit"
                    : "the JVM refused the woven class: " + e;
        }
    }

    /**
     * The JVM links a class before it asks for new bytes. Where that fails, HotSpot's answer is JVMTI_ERROR_INVALID_CLASS, which the
     * instrument library makes an error with this text of.
     */
    private static boolean isUnlinkable(Throwable refusal) {
        return refusal instanceof InternalError
                && String.valueOf(refusal.getMessage()).endsWith(": invalid class");
    }
}
