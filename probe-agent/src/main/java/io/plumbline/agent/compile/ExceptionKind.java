package io.plumbline.agent.compile;

import io.plumbline.config.probe.MethodName;
import java.util.function.Predicate;

/**
 * Whether a thrown object is of a type that a person named, or of one that extends it. Asked by name, once for each class,
 * so that no class is loaded for it. Called on application threads.
 */
final class ExceptionKind implements Predicate<Object> {
    private final String name;
    private final ClassValue<Boolean> known = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return find(type);
        }
    };

    /**
     * @param name full or simple
     */
    ExceptionKind(String name) {
        this.name = name;
    }

    @Override
    public boolean test(Object thrown) {
        return thrown != null && known.get(thrown.getClass());
    }

    private boolean find(Class<?> type) {
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            if (MethodName.typeMeans(name, current.getName())) {
                return true;
            }
        }
        return false;
    }
}
