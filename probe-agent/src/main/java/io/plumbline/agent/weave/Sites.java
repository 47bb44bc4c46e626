package io.plumbline.agent.weave;

import io.plumbline.agent.bridge.Linker;
import io.plumbline.agent.compile.HitCompiler;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All sites by the number that stands in the woven code. Numbers are never used again, so a stale call links to nothing.
 * Holds sites weakly: they live as long as their class does.
 */
final class Sites implements Linker {
    private final HitCompiler compiler;
    private final Map<String, MethodHandle> specials;
    private final Revision revision;
    private final CallsAhead ahead = new CallsAhead();

    /** One sequence for the JVM: stubs are named by it. */
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Map<Integer, WeakReference<Site>> byId = new ConcurrentHashMap<>();

    Sites(HitCompiler compiler, Map<String, MethodHandle> specials, Revision revision) {
        this.revision = revision;
        this.compiler = compiler;
        this.specials = Map.copyOf(specials);
    }

    /** The number for a site: its own if it is known, else a new one. */
    int idOf(Site known) {
        return known != null ? known.id() : NEXT.getAndIncrement();
    }

    /** The site that was woven: the known one if it hands over the same variables, else a new one. */
    Site site(Site known, WovenSite woven) {
        if (known != null && known.layout().equals(woven.layout())) {
            return known;
        }
        Site site = new Site(woven, compiler, specials, revision, ahead);
        byId.put(woven.id(), new WeakReference<>(site));
        return site;
    }

    @Override
    public CallSite link(Class<?> owner, MethodType type, int id) {
        WeakReference<Site> reference = byId.get(id);
        Site site = reference == null ? null : reference.get();
        return site == null ? new ConstantCallSite(MethodHandles.empty(type)) : site.link(owner, type);
    }

    @Override
    public void failed(int id, Throwable failure) {
        WeakReference<Site> reference = byId.get(id);
        Site site = reference == null ? null : reference.get();
        if (site != null) {
            site.refuseAll("the site could not be linked and calls nothing: " + failure);
        }
    }

    /** Lets go of the numbers of classes that are gone. */
    void purge() {
        byId.values().removeIf(reference -> reference.get() == null);
    }
}
