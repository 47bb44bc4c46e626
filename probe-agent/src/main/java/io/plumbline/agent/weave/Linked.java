package io.plumbline.agent.weave;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * What a site in one class calls, and for which class that is. Reachable from that class only: through the instruction that is linked to
 * it, or through {@link CallsAhead} while there is none.
 */
final class Linked extends MutableCallSite {
    private final Class<?> owner;

    /** A call of nothing. */
    Linked(Class<?> owner, MethodType type) {
        super(MethodHandles.empty(type));
        this.owner = owner;
    }

    Class<?> owner() {
        return owner;
    }

    /** Calls something else from now on. */
    Linked to(MethodHandle target) {
        setTarget(target);
        return this;
    }
}
