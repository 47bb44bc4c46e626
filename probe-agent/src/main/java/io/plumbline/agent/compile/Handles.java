package io.plumbline.agent.compile;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Handles of this package's own methods. */
final class Handles {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Handles() {}

    /** A lookup that may define classes beside this one. */
    static MethodHandles.Lookup lookup() {
        return LOOKUP;
    }

    /** A method by name and types, static or not; an object's own method takes the object first. */
    static MethodHandle of(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        MethodType type = MethodType.methodType(result, parameters);
        try {
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(owner, LOOKUP);
            try {
                return inside.findStatic(owner, name, type);
            } catch (IllegalAccessException e) {
                return inside.findVirtual(owner, name, type);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
