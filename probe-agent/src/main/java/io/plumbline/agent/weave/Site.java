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
import java.util.Iterator;
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
    private final CallsAhead ahead;

    /** Guarded by this. The JVM holds the call sites; they must not keep the application's classes alive. */
    private final List<WeakReference<Linked>> linked = new ArrayList<>();

    /** Replaced under this by the control thread, read by linking threads. */
    private volatile List<ArmedProbe> probes = List.of();

    /** The probes that the linked calls have the code of. Control thread only. */
    private List<ArmedProbe> settled = List.of();

    /** Why a probe is no part of the target, by id. Replaced as a whole. */
    private volatile Map<String, String> refusals = Map.of();

    /**
     * @param ahead keeps what was made before the site was reached
     */
    Site(
            WovenSite woven,
            HitCompiler compiler,
            Map<String, MethodHandle> specials,
            Revision revision,
            CallsAhead ahead) {
        this.ahead = ahead;
        this.revision = revision;
        this.id = woven.id();
        this.key = woven.key();
        this.line = woven.line();
        this.layout = woven.layout();
        this.compiler = compiler;
        this.specials = specials;
    }

    /** Makes the code of a probe for a site. */
    private interface Maker {
        MethodHandle make(MethodType type, Scope scope, ArmedProbe armed) throws RejectedException;
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

    /** Links a call site. Called on the application thread that reached the site first; what it calls is there already, if all went well. */
    CallSite link(Class<?> owner, MethodType type) {
        while (true) {
            List<ArmedProbe> now = probes;
            Linked made = ahead.find(owner, id, type, now);
            Linked call = made != null ? made : new Linked(owner, type).to(target(owner, type, now, compiler::compile));
            synchronized (this) {
                if (now == probes) {
                    add(call);
                    return call;
                }
            }
        }
    }

    /** Without a lambda: the JDK would make its class on the application's thread. */
    private void add(Linked call) {
        for (Iterator<WeakReference<Linked>> each = linked.iterator(); each.hasNext(); ) {
            WeakReference<Linked> reference = each.next();
            if (reference.refersTo(null) || reference.refersTo(call)) {
                each.remove();
            }
        }
        linked.add(new WeakReference<>(call));
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
        MethodType type = type(owner);
        try {
            compiler.check(type, scope(owner), armed);
            return null;
        } catch (RejectedException e) {
            return e.getMessage();
        } catch (RuntimeException | LinkageError e) {
            return "the probe's code can't be made: " + e;
        }
    }

    /** Says which probes stand at the site from now on; {@link #settle} brings it about for calls already linked. The same ones keep their code. */
    void assign(List<ArmedProbe> newProbes) {
        synchronized (this) {
            if (!newProbes.equals(probes) || !refusals.isEmpty()) {
                probes = List.copyOf(newProbes);
            }
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
            call.setTarget(target(call.owner(), call.type(), now, compiler::compileAhead));
        }
        MutableCallSite.syncAll(calls.toArray(new MutableCallSite[0]));
        if (owner != null) {
            keepAhead(owner, calls, now);
        }
        if (!calls.isEmpty() || owner != null) {
            settled = now;
        }
    }

    /** Has ready what the site calls in a class when the JVM links it next. */
    private void keepAhead(Class<?> owner, List<Linked> calls, List<ArmedProbe> now) {
        ahead.drop(owner, id);
        if (now.isEmpty()) {
            return;
        }
        for (Linked call : calls) {
            if (call.owner() == owner && ahead.hasRoom()) {
                ahead.put(id, call, now);
                return;
            }
        }
        if (calls.isEmpty()) {
            make(owner, now);
        }
    }

    private void make(Class<?> owner, List<ArmedProbe> now) {
        if (!ahead.hasRoom()) {
            check(owner, now);
            return;
        }
        MethodType type = type(owner);
        MethodHandle target = target(owner, type, now, compiler::compileAhead);
        if (refusals.isEmpty()) {
            // what was refused is asked again by the first hit, when more of the program is loaded
            ahead.put(id, new Linked(owner, type).to(target), now);
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
    private MethodHandle target(Class<?> owner, MethodType type, List<ArmedProbe> armedProbes, Maker maker) {
        MethodHandle all = null;
        Map<String, String> found = new LinkedHashMap<>();
        Scope scope = scope(owner);
        for (ArmedProbe armed : armedProbes) {
            try {
                MethodHandle one = maker.make(type, scope, armed);
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

    private MethodType type(Class<?> owner) {
        return MethodType.fromMethodDescriptorString(layout.descriptor(), owner.getClassLoader());
    }

    private Scope scope(Class<?> owner) {
        String method = key.method().substring(0, key.method().indexOf('('));
        return new Scope(owner, method, line, layout.bindings(), specials);
    }
}
