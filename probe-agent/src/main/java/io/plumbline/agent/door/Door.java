package io.plumbline.agent.door;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The way to the bridge for classes whose loader does not let them see it, as in OSGi. The agent defines a copy of this
 * class straight into such a loader; the JVM then finds it there without asking the loader. Knows {@code java.*} only,
 * and holds handles of the bridge's own methods, so it keeps neither the agent's classes alive nor the loader.
 *
 * <p>Called by the JVM on an application thread, once for each site that is reached. Throws nothing.
 */
public final class Door {
    /** To the bridge's {@code link}; set by the agent before any class is woven. */
    public static volatile MethodHandle link;

    /** To the bridge's {@code linkStub}; set by the agent before any class is woven. */
    public static volatile MethodHandle linkStub;

    private Door() {}

    /** Links one site in its own class. */
    public static CallSite link(MethodHandles.Lookup caller, String name, MethodType type, int site) {
        try {
            return (CallSite) link.invokeExact(caller, name, type, site);
        } catch (Throwable t) {
            return new ConstantCallSite(MethodHandles.empty(type));
        }
    }

    /** Links one site in a stub. */
    public static CallSite linkStub(MethodHandles.Lookup caller, String name, MethodType type, int site, String owner) {
        try {
            return (CallSite) linkStub.invokeExact(caller, name, type, site, owner);
        } catch (Throwable t) {
            return new ConstantCallSite(MethodHandles.empty(type));
        }
    }
}
