package io.plumbline.agent.weave;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Has the JVM transform loaded classes again. Each call stops all threads for a moment, so classes go in batches; when the
 * JVM refuses a batch, each of its classes is tried alone, so that one costs the others nothing.
 */
final class Retransformer {
    private static final int BATCH = 10;

    private final Instrumentation instrumentation;

    Retransformer(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Returns the classes that the JVM refused, with its reason. */
    Map<Class<?>, String> retransform(Set<Class<?>> classes) {
        Map<Class<?>, String> refused = new LinkedHashMap<>();
        List<Class<?>> batch = new ArrayList<>();
        for (Class<?> type : classes) {
            if (!instrumentation.isModifiableClass(type)) {
                refused.put(type, "the JVM does not let this class be changed");
                continue;
            }
            batch.add(type);
            if (batch.size() == BATCH) {
                together(batch, refused);
                batch.clear();
            }
        }
        together(batch, refused);
        return refused;
    }

    private void together(List<Class<?>> batch, Map<Class<?>, String> refused) {
        if (batch.isEmpty()) {
            return;
        }
        String reason = tryAll(batch);
        if (reason == null) {
            return;
        }
        if (batch.size() == 1) {
            refused.put(batch.get(0), reason);
            return;
        }
        for (Class<?> type : batch) {
            together(List.of(type), refused);
        }
    }

    /** Null when the JVM took them. */
    private String tryAll(List<Class<?>> batch) {
        try {
            instrumentation.retransformClasses(batch.toArray(new Class<?>[0]));
            return null;
        } catch (UnmodifiableClassException | LinkageError | RuntimeException | InternalError e) {
            return "the JVM refused the woven class: " + e;
        }
    }
}
