package io.plumbline.agent.bridge;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The door between woven code and the agent: the bootstrap methods of every {@code invokedynamic} that the weaver puts
 * into a class or into a stub beside it.
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

    /** Full power over this package, where the agent defines the code of hits. Found by the agent through reflection. */
    @SuppressWarnings("UnusedMethod")
    private static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    /**
     * Links one site in its own class.
     *
     * @param caller the woven class's own lookup
     * @param name not used
     * @param type the types of the locals that the site hands over; returns void
     * @param site the number that the weaver gave the site
     */
    public static CallSite link(MethodHandles.Lookup caller, String name, MethodType type, int site) {
        Linker current = linker;
        int place = Guard.enter();
        try {
            if (current != null) {
                return current.link(caller.lookupClass(), type, site);
            }
        } catch (Throwable t) {
            tell(current, site, t);
        } finally {
            Guard.leave(place);
        }
        return new ConstantCallSite(MethodHandles.empty(type));
    }

    /**
     * Links one site in a stub, for a class that can't hold the call itself.
     *
     * @param caller the stub's own lookup
     * @param name not used
     * @param type the types of the locals that the site hands over; returns void
     * @param site the number that the weaver gave the site
     * @param owner the woven class, of the same loader as the stub
     */
    public static CallSite linkStub(MethodHandles.Lookup caller, String name, MethodType type, int site, String owner) {
        Linker current = linker;
        int place = Guard.enter();
        try {
            if (current != null) {
                // its code runs, so the JVM knows it by the loader and asks nobody
                Class<?> woven =
                        Class.forName(owner, false, caller.lookupClass().getClassLoader());
                return current.link(woven, type, site);
            }
        } catch (Throwable t) {
            tell(current, site, t);
        } finally {
            Guard.leave(place);
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
