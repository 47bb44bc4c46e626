package io.plumbline.benchmarks.corpus;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Objects;

/**
 * Has the JVM load and link a class without initialising it. HotSpot links (verifies) a class before it lists its members.
 */
final class Linking {
    private final Instrumentation instrumentation;

    Linking(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /**
     * How far a class came.
     *
     * @param isLinked whether the JVM verified it and took it
     * @param problem what was thrown; null when nothing was
     */
    record Outcome(boolean isLinked, String problem) {

        /** Whether it came as far as another, with the same problem on the way. */
        boolean isLike(Outcome other) {
            return isLinked == other.isLinked && Objects.equals(problem, other.problem);
        }
    }

    Outcome link(String name, ClassLoader loader) {
        Class<?> type = null;
        try {
            type = Class.forName(name, false, loader);
            listMembers(type);
            return new Outcome(true, null);
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return new Outcome(type != null && isLinked(type), e.toString());
        }
    }

    @SuppressWarnings("ReturnValueIgnored") // asked for what the JVM does before it answers
    private static void listMembers(Class<?> type) {
        type.getDeclaredMethods();
        type.getDeclaredConstructors();
        type.getDeclaredFields();
    }

    /**
     * Tells a class that can't be linked from one whose members can't be listed since the class of a parameter is missing:
     * only a linked class can be retransformed, and the JVM links one that is not before it tries.
     */
    private boolean isLinked(Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
            return true;
        } catch (UnmodifiableClassException | LinkageError | InternalError | RuntimeException e) {
            return false;
        }
    }
}
