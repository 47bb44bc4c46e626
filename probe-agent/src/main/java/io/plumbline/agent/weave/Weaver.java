package io.plumbline.agent.weave;

import io.plumbline.agent.bridge.Linker;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.LinesReply;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the bytecode of the running program in step with the probes: puts sites in, changes what they call, takes them
 * out. A class whose last probe goes has its original bytecode again.
 *
 * <p>In one piece, though it is long: what is set, what was noticed late and what is taken out go through the same steps
 * (the table, the links, the bytecode, the links once more), and their order is what keeps hits to the probes in force.
 *
 * <p>All methods are called by the control thread. Classes that load meanwhile are woven on the threads that load them.
 */
public final class Weaver implements AutoCloseable {
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;

    private final Instrumentation instrumentation;
    private final ClassTable classes = new ClassTable();
    private final Sites sites;
    private final ProbeTransformer transformer;
    private final Retransformer retransformer;
    private final LoadedClasses loaded;
    private final StandingReader standings;
    private final Rehearsal rehearsal;
    private final HitCompiler compiler;
    private final Isolation isolation;

    /** Why a class that a probe names can't be probed at all, by probe id. */
    private final Map<String, String> blocked = new HashMap<>();

    private long lookedAgainNanos = System.nanoTime();

    /**
     * @param compiler makes the code of sites
     * @param specials what {@code $name} stands for
     */
    public Weaver(Instrumentation instrumentation, HitCompiler compiler, Map<String, MethodHandle> specials) {
        this.instrumentation = instrumentation;
        this.compiler = compiler;
        this.sites = new Sites(compiler, specials);
        this.transformer = new ProbeTransformer(classes, sites, new Installer(new Definer(instrumentation)));
        this.retransformer = new Retransformer(instrumentation);
        this.isolation = new Isolation(retransformer);
        this.loaded = new LoadedClasses(instrumentation);
        this.standings = new StandingReader(loaded);
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
        Set<String> reweave = new LinkedHashSet<>();
        ProbeTable table = transformer.table();
        for (String id : removed) {
            addType(reweave, table.get(id));
            blocked.remove(id);
        }
        for (ArmedProbe armed : set) {
            ArmedProbe before = table.get(armed.probe().id());
            if (before == null || isElsewhere(before.probe(), armed.probe())) {
                blocked.remove(armed.probe().id());
                addType(reweave, armed);
                addType(reweave, before);
            }
        }
        transformer.use(table.changed(set, removed));
        relink();
        reweave(reweave);
        relink();
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

    private void reweave(Set<String> types) {
        Set<Class<?>> affected = new LinkedHashSet<>();
        for (String type : types) {
            for (Class<?> meant : loaded.meant(type)) {
                String reason = Eligible.reasonAgainst(meant);
                if (reason == null) {
                    affected.add(meant);
                } else {
                    block(type, reason);
                }
            }
        }
        affected.addAll(wovenFor(types));
        affected.removeIf(type -> !changes(type));
        Map<Class<?>, String> refused = retransformer.retransform(affected);
        for (Class<?> type : affected) {
            accepted(type, refused.get(type));
        }
        affected.forEach(this::forgetIfFree);
        sites.purge();
    }

    private void accepted(Class<?> type, String refusal) {
        ClassState state = classes.of(type.getClassLoader(), type.getName());
        if (refusal != null) {
            isolation.isolate(type, state, locations(probesOf(state)), refusal);
        }
        state.accept();
    }

    /** Classes that have sites for locations of these types, though their names may not tell: a file holds any class. */
    private Set<Class<?>> wovenFor(Set<String> types) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (ClassState state : classes.all()) {
            Class<?> owner = state.owner();
            boolean isMeant = types.stream().anyMatch(state::isMeantBy);
            if (owner != null && isMeant) {
                found.add(owner);
            }
        }
        return found;
    }

    private void block(String type, String reason) {
        for (ArmedProbe armed : transformer.table().all()) {
            if (armed.probe().location().type().equals(type)) {
                blocked.put(armed.probe().id(), reason);
            }
        }
    }

    /** Whether a class must be woven again: it has a site nobody wants, or lacks one that somebody does. */
    private boolean changes(Class<?> type) {
        ClassState state = classes.find(type.getClassLoader(), type.getName());
        if (state == null || state.source() == null) {
            return true;
        }
        List<ArmedProbe> probes = probesOf(state);
        state.unban(locations(probes));
        return !state.wishes().equals(ProbeTransformer.wishes(state.allowed(probes), state.source()));
    }

    private static Set<Location> locations(List<ArmedProbe> probes) {
        Set<Location> locations = new LinkedHashSet<>();
        probes.forEach(armed -> locations.add(armed.probe().location()));
        return locations;
    }

    private List<ArmedProbe> probesOf(ClassState state) {
        return state.isOfJdk()
                ? transformer.table().ofJdk(state.className())
                : transformer.table().of(state.className(), state::files);
    }

    /** Gives all sites the probes that stand there now; those nobody wants any more call nothing from here on. */
    private void relink() {
        for (ClassState state : classes.all()) {
            SourceLines source = state.source();
            SpotIndex probes = new SpotIndex(probesOf(state), source == null ? "" : source.ownFile());
            for (Site site : state.sites()) {
                List<ArmedProbe> now = probes.at(site.key());
                if (!now.equals(site.probes())) {
                    site.assign(now);
                }
                site.settle(state.owner());
            }
        }
    }

    private void forgetIfFree(Class<?> type) {
        ClassState state = classes.find(type.getClassLoader(), type.getName());
        if (state != null && probesOf(state).isEmpty()) {
            classes.forget(type.getClassLoader(), type.getName());
        }
    }

    /** Notices classes that have been loaded since. To be called now and then. */
    public void notice() {
        noticeWoven();
        long now = System.nanoTime();
        if (now - lookedAgainNanos >= LOOK_AGAIN_NANOS) {
            lookedAgainNanos = now;
            lookAgain();
        }
    }

    /**
     * A class that was being loaded just while its probe was set is woven by nobody: the transformer saw the old table,
     * and the list of loaded classes did not have it yet. So for probes without any class the list is looked at again.
     */
    private void lookAgain() {
        Set<String> found = new HashSet<>();
        for (ClassState state : classes.all()) {
            ProbeTable.names(state.className(), state.files()).stream()
                    .filter(state::isMeantBy)
                    .forEach(found::add);
        }
        Set<String> missing = new LinkedHashSet<>();
        for (ArmedProbe armed : transformer.table().all()) {
            String type = armed.probe().location().type();
            if (!blocked.containsKey(armed.probe().id()) && !found.contains(type)) {
                missing.add(type);
            }
        }
        if (!missing.isEmpty()) {
            reweave(missing);
            relink();
        }
    }

    /**
     * Classes that were woven while they were loaded. The JVM verifies such a class not before it is used, so it counts as
     * accepted once it is initialised or one of its sites was reached.
     */
    private void noticeWoven() {
        classes.unaccepted().forEach((loader, states) -> {
            for (ClassState state : states) {
                Class<?> owner = state.owner() != null ? state.owner() : loaded.find(loader, state.className());
                if (owner != null) {
                    state.seen(owner);
                    state.sites().forEach(site -> site.settle(owner));
                    if (compiler.isInitialized(owner) || state.sites().stream().anyMatch(Site::isLinked)) {
                        state.accept();
                    }
                }
            }
        });
    }

    /**
     * Why a probe would fit none of the sites that are there for its location; null when it fits one, or none is there.
     */
    public String refusalOf(ArmedProbe armed) {
        String refusal = null;
        for (ClassState state : classes.all()) {
            Class<?> owner = state.owner();
            if (owner != null && state.isMeantBy(armed.probe().location().type())) {
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

    /** How a probe stands. */
    public Standing standing(Probe probe) {
        List<ClassState> meant = classes.all().stream()
                .filter(state -> state.isMeantBy(probe.location().type()))
                .toList();
        return standings.read(probe, meant, blocked.get(probe.id()));
    }

    /** How often a site was woven for a probe. */
    public long weaves(String probe) {
        return transformer.weaves(probe);
    }

    /** The lines of a class that can be probed, as it runs. */
    public LinesReply lines(String requestId, String instance, String type) {
        return new LineLister(loaded, retransformer, transformer).list(requestId, instance, type);
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
