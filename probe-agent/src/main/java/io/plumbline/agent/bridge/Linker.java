package io.plumbline.agent.bridge;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Decides what a site calls. Implemented by the weaver; called on application threads. */
public interface Linker {

    /** The call site for a site that is reached for the first time. */
    CallSite link(MethodHandles.Lookup caller, MethodType type, int site) throws Throwable;

    /** Told when {@link #link} threw. */
    void failed(int site, Throwable failure);
}
