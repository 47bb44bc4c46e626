package io.plumbline.agent.bridge;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodType;

/** Decides what a site calls. Implemented by the weaver; called on application threads. */
public interface Linker {

    /**
     * The call site for a site that is reached for the first time.
     *
     * @param owner the class that the site is in
     */
    CallSite link(Class<?> owner, MethodType type, int site) throws Throwable;

    /** Told when {@link #link} threw. */
    void failed(int site, Throwable failure);
}
