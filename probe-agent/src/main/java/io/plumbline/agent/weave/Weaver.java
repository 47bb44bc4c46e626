package io.plumbline.agent.weave;

import io.plumbline.agent.bridge.Linker;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.CodeReply;
import io.plumbline.config.wire.CodeRequest;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.Pauses;
import io.plumbline.config.wire.TrialReply;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the bytecode of the running program in step with the probes: puts sites in, changes what they call, takes them
 * out. A class whose last probe goes has its original bytecode again.
 *
 * <p>All methods are called by the control thread. Classes that load meanwhile are woven on the threads that load them.
 */
public final class Weaver implements AutoCloseable {
    private final Instrumentation instrumentation;
    private final HitCompiler compiler;
    private final Map<String, MethodHandle> specials;
    private final Revision revision = new Revision();
    private final ClassTable classes = new ClassTable(revision);
    private final LateClasses late = new LateClasses();
    private final Sites sites;
    private final ProbeTransformer transformer;
    private final Retransformer retransformer;
    private final LoadedClasses loaded;
    private final LikeNames likes;
    private final StandingReader standings;
    private final Rehearsal rehearsal;
    private final ClassUpdater updater;

    /** Why a class that a probe names can't be probed at all, by probe id. */
    private final Map<String, String> blocked = new HashMap<>();

    /**
     * @param compiler makes the code of sites
     * @param specials what {@code $name} stands for
     */
    public Weaver(Instrumentation instrumentation, HitCompiler compiler, Map<String, MethodHandle> specials) {
        this.instrumentation = instrumentation;
        this.compiler = compiler;
        this.specials = Map.copyOf(specials);
        this.sites = new Sites(compiler, specials, revision);
        this.transformer = new ProbeTransformer(classes, sites, new Installer(new Definer(instrumentation)));
        this.retransformer = new Retransformer(instrumentation, transformer::weavingNanos);
        this.loaded = new LoadedClasses(instrumentation);
        this.updater = new ClassUpdater(classes, transformer, retransformer, loaded, compiler);
        this.likes = new LikeNames(loaded);
        this.standings = new StandingReader(classes, likes, revision);
        this.rehearsal = new Rehearsal(compiler, specials);
        instrumentation.addTransformer(transformer, true);
    }

    /**
     * Proves that weaving works on this JVM, and warms it up. Touches no class of the application.
     *
     * @param armed with expressions on {@code quantity}, {@code total} and {@code name}
     * @throws IllegalStateException when it does not work
     */
    public void rehearse(ArmedProbe armed) {
        rehearsal.run(armed);
    }

    /** The other end of the bridge. */
    public Linker linker() {
        return sites;
    }

    /**
     * Brings changes about. Where a probe only changed what it asks at the same location, no class is touched.
     *
     * @param set new and changed probes
     * @param removed ids
     */
    public void apply(Collection<ArmedProbe> set, Collection<String> removed) {
        Set<String> sought = new LinkedHashSet<>();
        Set<String> left = new LinkedHashSet<>();
        Set<String> touched = new LinkedHashSet<>();
        ProbeTable table = transformer.table();
        for (String id : removed) {
            addType(left, table.get(id));
            clear(id);
        }
        for (ArmedProbe armed : set) {
            ArmedProbe before = table.get(armed.probe().id());
            addType(touched, armed);
            if (before == null || isElsewhere(before.probe(), armed.probe())) {
                clear(armed.probe().id());
                addType(sought, armed);
                addType(left, before);
            }
        }
        transformer.use(table.changed(set, removed));
        revision.changed();
        follow(sought);
        touched.addAll(left);
        relink(touched);
        if (!sought.isEmpty() || !left.isEmpty()) {
            reweave(sought, left);
            relink(touched);
        }
    }

    private void clear(String probe) {
        blocked.remove(probe);
        standings.forget(probe);
    }

    /** Has classes looked for that are loaded just now, and forgets those that nobody asks for any more. */
    private void follow(Set<String> sought) {
        Set<String> types = transformer.table().types();
        likes.keepOnly(types);
        late.keepOnly(types);
        late.set(sought, System.nanoTime());
    }

    /** Whether another version needs other sites: at another location, or timed where it was not. */
    private static boolean isElsewhere(Probe before, Probe now) {
        return !before.location().equals(now.location())
                || !Wish.of(before, null).equals(Wish.of(now, null));
    }

    private static void addType(Set<String> types, ArmedProbe armed) {
        if (armed != null) {
            types.add(armed.probe().location().type());
        }
    }

    /**
     * @param sought types of new locations: any loaded class may be meant
     * @param left types of locations that a probe has left: only classes that are known can have a site
     */
    private void reweave(Set<String> sought, Set<String> left) {
        Set<Class<?>> affected = loaded(sought);
        Set<ClassState> known = meantBy(sought);
        known.addAll(meantBy(left));
        updater.findOwners(known);
        for (ClassState state : known) {
            Class<?> owner = state.owner();
            if (owner != null) {
                affected.add(owner);
            }
        }
        updater.reweave(affected);
        known.forEach(updater::forgetIfFree);
        sites.purge();
    }

    /** The loaded classes that can be probed; of others it is noted why they can't. */
    private Set<Class<?>> loaded(Set<String> types) {
        Set<Class<?>> found = new LinkedHashSet<>();
        loaded.meant(types).forEach((type, meant) -> {
            for (Class<?> each : meant) {
                String reason = Eligible.reasonAgainst(each);
                if (reason == null) {
                    found.add(each);
                } else {
                    block(type, reason);
                }
            }
        });
        return found;
    }

    private Set<ClassState> meantBy(Set<String> types) {
        Set<ClassState> found = new LinkedHashSet<>();
        types.forEach(type -> found.addAll(classes.meantBy(type)));
        return found;
    }

    private void block(String type, String reason) {
        for (ArmedProbe armed : transformer.table().ofType(type)) {
            if (!reason.equals(blocked.put(armed.probe().id(), reason))) {
                revision.changed();
            }
            standings.forget(armed.probe().id());
        }
    }

    /** Gives sites the probes that stand there now; those nobody wants any more call nothing from here on. */
    private void relink(Set<String> types) {
        meantBy(types).forEach(updater::relink);
    }

    /** Notices classes that have been loaded since. To be called now and then. */
    public void notice() {
        classes.sweep();
        List<ClassState> unsettled = classes.unsettled();
        if (!unsettled.isEmpty()) {
            updater.findOwners(
                    unsettled.stream().filter(ClassState::isLookedFor).toList());
            unsettled.forEach(updater::settle);
            updater.correct(unsettled);
        }
        lookAgain();
    }

    private void lookAgain() {
        Set<String> due = late.due(System.nanoTime());
        if (!due.isEmpty()) {
            Set<Class<?>> missed = loaded(due);
            missed.removeIf(type -> !updater.isMissed(type));
            updater.again(missed);
        }
    }

    /**
     * Why a probe would fit none of the sites that are there for its location; null when it fits one, or none is there.
     */
    public String refusalOf(ArmedProbe armed) {
        String refusal = null;
        for (ClassState state : classes.meantBy(armed.probe().location().type())) {
            Class<?> owner = state.owner();
            if (owner != null) {
                for (Site site : state.sites(armed.probe().location())) {
                    refusal = site.refusalOf(owner, armed);
                    if (refusal == null) {
                        return null;
                    }
                }
            }
        }
        return refusal;
    }

    /** Another number than before when something has happened to woven classes, so that probes may stand otherwise. */
    public long revision() {
        return revision.now();
    }

    /** How a probe stands. */
    public Standing standing(Probe probe) {
        return standings.read(probe, blocked.get(probe.id()));
    }

    /** Lets go of the numbers of a probe that will not come back. */
    public void forget(String probe) {
        clear(probe);
        transformer.forget(probe);
    }

    /** What the program has felt of its classes being transformed. */
    public Pauses pauses() {
        return retransformer.pauses();
    }

    /** How often a site was woven for a probe. */
    public long weaves(String probe) {
        return transformer.weaves(probe);
    }

    /** The lines of a class that can be probed, as it runs. */
    public LinesReply lines(String requestId, String instance, String type) {
        return new LineLister(loaded, running()).list(requestId, instance, type);
    }

    /**
     * What would become of a probe, without any class being given other bytecode.
     *
     * @param point its name in a span probe; empty else
     */
    public TrialReply.Part attempt(ArmedProbe armed, String point) {
        return new Trial(loaded, running(), compiler, specials).run(armed, point);
    }

    /** What this program has of code: classes, names at a location, a class file. */
    public CodeReply answer(CodeRequest request) {
        if (request.question() instanceof CodeRequest.Classes asked) {
            return new ClassSearch(instrumentation, asked.query()).run(request, asked.limit());
        }
        if (request.question() instanceof CodeRequest.Scope asked) {
            return new ScopeReader(loaded, running(), compiler, specials).read(request, asked);
        }
        return new ClassFileReader(loaded, running(), compiler)
                .read(request, (CodeRequest.ClassFile) request.question());
    }

    private RunningBytes running() {
        return new RunningBytes(loaded, retransformer, transformer.recent());
    }

    /** Takes everything out: every class has its original bytecode again. */
    @Override
    public void close() {
        List<String> all = transformer.table().all().stream()
                .map(armed -> armed.probe().id())
                .toList();
        apply(List.of(), all);
        instrumentation.removeTransformer(transformer);
    }
}
