package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.agent.compile.RejectedException;
import io.plumbline.agent.compile.Scope;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One site in one class: which probes stand at it, and the call sites that the JVM has linked for it. Changing the probes
 * gives those call sites another target; the class is not touched.
 *
 * <p>Linked by application threads, changed by the control thread. The lock is never held while code is generated or
 * classes are found, as both may run class loaders of the application.
 */
final class Site {
    private final int id;
    private final SiteKey key;
    private final int line;
    private final SiteLayout layout;
    private final HitCompiler compiler;
    private final Map<String, MethodHandle> specials;
    private final Revision revision;

    /** Guarded by this. The JVM holds the call sites; they must not keep the application's classes alive. */
    private final List<WeakReference<Linked>> linked = new ArrayList<>();

    /** Replaced under this by the control thread, read by linking threads. */
    private volatile List<ArmedProbe> probes = List.of();

    /** The probes that the linked calls have the code of. Control thread only. */
    private List<ArmedProbe> settled = List.of();

    /** Why a probe is no part of the target, by id. Replaced as a whole. */
    private volatile Map<String, String> refusals = Map.of();

    Site(WovenSite woven, HitCompiler compiler, Map<String, MethodHandle> specials, Revision revision) {
        this.revision = revision;
        this.id = woven.id();
        this.key = woven.key();
        this.line = woven.line();
        this.layout = woven.layout();
        this.compiler = compiler;
        this.specials = specials;
    }

    /** A call site that knows how to make code for its class. Reachable from that class only. */
    private static final class Linked extends MutableCallSite {
        private final Class<?> owner;

        Linked(Class<?> owner, MethodType type) {
            super(MethodHandles.empty(type));
            this.owner = owner;
        }
    }

    int id() {
        return id;
    }

    SiteKey key() {
        return key;
    }

    SiteLayout layout() {
        return layout;
    }

    List<ArmedProbe> probes() {
        return probes;
    }

    /** Why a probe can't run here; null when it can. */
    String refusal(String probe) {
        return refusals.get(probe);
    }

    /** Links a call site. Called on the application thread that reached the site first. */
    CallSite link(Class<?> owner, MethodType type) {
        Linked call = new Linked(owner, type);
        while (true) {
            List<ArmedProbe> now = probes;
            call.setTarget(target(owner, type, now));
            synchronized (this) {
                if (now == probes) {
                    linked.removeIf(reference -> reference.get() == null);
                    linked.add(new WeakReference<>(call));
                    return call;
                }
            }
        }
    }

    private void refused(Map<String, String> found) {
        refusals = found;
        revision.changed();
    }

    /** Whether the JVM has reached the site, and so accepted its class. */
    synchronized boolean isLinked() {
        return !linked.isEmpty();
    }

    /** None of the probes can run here. */
    void refuseAll(String reason) {
        Map<String, String> found = new LinkedHashMap<>();
        probes.forEach(armed -> found.put(armed.probe().id(), reason));
        refused(found);
    }

    /** Why a probe would not fit here; null when it would. */
    String refusalOf(Class<?> owner, ArmedProbe armed) {
        MethodType type = MethodType.fromMethodDescriptorString(layout.descriptor(), owner.getClassLoader());
        try {
            compiler.check(type, scope(owner), armed);
            return null;
        } catch (RejectedException e) {
            return e.getMessage();
        } catch (RuntimeException | LinkageError e) {
            return "the probe's code can't be made: " + e;
        }
    }

    /** Says which probes stand at the site from now on; {@link #settle} brings it about for calls already linked. */
    void assign(List<ArmedProbe> newProbes) {
        synchronized (this) {
            probes = List.copyOf(newProbes);
        }
    }

    /**
     * Gives linked calls the code of the current probes; where none is linked yet, finds out which probes fit before the
     * first hit does. Called by the control thread.
     *
     * @param owner the class; null while it has not been seen loaded
     */
    void settle(Class<?> owner) {
        List<ArmedProbe> now = probes;
        if (now == settled) {
            return;
        }
        List<Linked> calls = calls();
        for (Linked call : calls) {
            call.setTarget(target(call.owner, call.type(), now));
        }
        MutableCallSite.syncAll(calls.toArray(new MutableCallSite[0]));
        if (calls.isEmpty() && owner != null) {
            check(owner, now);
        }
        if (!calls.isEmpty() || owner != null) {
            settled = now;
        }
    }

    private synchronized List<Linked> calls() {
        List<Linked> calls = new ArrayList<>();
        for (WeakReference<Linked> reference : linked) {
            Linked call = reference.get();
            if (call != null) {
                calls.add(call);
            }
        }
        return calls;
    }

    private void check(Class<?> owner, List<ArmedProbe> armedProbes) {
        Map<String, String> found = new LinkedHashMap<>();
        for (ArmedProbe armed : armedProbes) {
            String refusal = refusalOf(owner, armed);
            if (refusal != null) {
                found.put(armed.probe().id(), refusal);
            }
        }
        refused(found);
    }

    /** One after the other, each with the same arguments; those that don't fit are left out. */
    private MethodHandle target(Class<?> owner, MethodType type, List<ArmedProbe> armedProbes) {
        MethodHandle all = null;
        Map<String, String> found = new LinkedHashMap<>();
        Scope scope = scope(owner);
        for (ArmedProbe armed : armedProbes) {
            try {
                MethodHandle one = compiler.compile(type, scope, armed);
                all = all == null ? one : MethodHandles.foldArguments(one, all);
            } catch (RejectedException e) {
                found.put(armed.probe().id(), e.getMessage());
            } catch (RuntimeException | LinkageError e) {
                found.put(armed.probe().id(), "the probe's code can't be made: " + e);
            }
        }
        refused(found);
        return all == null ? MethodHandles.empty(type) : all;
    }

    private Scope scope(Class<?> owner) {
        String method = key.method().substring(0, key.method().indexOf('('));
        return new Scope(owner, method, line, layout.bindings(), specials);
    }
}
