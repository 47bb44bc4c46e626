package io.plumbline.agent.bridge;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The door between woven code and the agent: the bootstrap method of every {@code invokedynamic} that the weaver puts
 * into a class.
 *
 * <p>Called by the JVM on an application thread, once for each site that is reached. Nothing is ever thrown: a site that
 * can't be linked becomes a call of nothing, and the agent learns why through {@link Linker#failed}.
 *
 * <p>This class MUST be loaded by the bootstrap loader only; a second copy would have a linker of its own.
 */
public final class Bridge {
    /** Set once by the agent at its start, read when sites link. */
    private static volatile Linker linker;

    private Bridge() {}

    /** Gives the bridge its other end. */
    public static void install(Linker newLinker) {
        linker = newLinker;
    }

    /**
     * Links one site.
     *
     * @param caller the woven class's own lookup
     * @param name not used
     * @param type the types of the locals that the site hands over; returns void
     * @param site the number that the weaver gave the site
     */
    public static CallSite link(MethodHandles.Lookup caller, String name, MethodType type, int site) {
        Linker current = linker;
        try {
            if (current != null) {
                return current.link(caller, type, site);
            }
        } catch (Throwable t) {
            tell(current, site, t);
        }
        return new ConstantCallSite(MethodHandles.empty(type));
    }

    private static void tell(Linker linker, int site, Throwable failure) {
        try {
            linker.failed(site, failure);
        } catch (Throwable ignored) {
            // the application must not feel it; the site stays a call of nothing
        }
    }
}
