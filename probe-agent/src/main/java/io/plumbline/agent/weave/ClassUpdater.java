package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.config.probe.Location;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps single classes in step with the table of probes: has them woven again where they differ, and gives their sites the
 * probes that stand there. Control thread only; what is loaded meanwhile is corrected when it is noticed.
 */
final class ClassUpdater {
    private final ClassTable classes;
    private final ProbeTransformer transformer;
    private final Retransformer retransformer;
    private final Isolation isolation;
    private final LoadedClasses loaded;
    private final HitCompiler compiler;

    ClassUpdater(
            ClassTable classes,
            ProbeTransformer transformer,
            Retransformer retransformer,
            LoadedClasses loaded,
            HitCompiler compiler) {
        this.classes = classes;
        this.transformer = transformer;
        this.retransformer = retransformer;
        this.isolation = new Isolation(retransformer);
        this.loaded = loaded;
        this.compiler = compiler;
    }

    /** Weaves those classes again that have a site nobody wants, or lack one that somebody does. */
    void reweave(Set<Class<?>> affected) {
        affected.removeIf(type -> !changes(type));
        weave(affected);
    }

    private void weave(Set<Class<?>> affected) {
        Map<Class<?>, String> refused = retransformer.retransform(affected);
        for (Class<?> type : affected) {
            accepted(type, refused.get(type));
        }
    }

    private void accepted(Class<?> type, String refusal) {
        ClassState state = classes.of(type.getClassLoader(), type.getName());
        if (refusal != null) {
            isolation.isolate(type, state, locations(probesOf(state)), refusal);
        }
        state.accept();
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

    /** Gives its sites the probes that stand there now; those nobody wants any more call nothing from here on. */
    void relink(ClassState state) {
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

    /** Whatever could still be loaded with a site is kept: no class yet, but a site. */
    void forgetIfFree(ClassState state) {
        if (probesOf(state).isEmpty() && (state.owner() != null || state.sites().isEmpty())) {
            classes.forget(state);
        }
    }

    /** Finds out which of them the JVM has loaded by now. */
    void findOwners(Collection<ClassState> states) {
        Map<ClassLoader, Set<ClassState>> byLoader = new HashMap<>();
        for (ClassState state : states) {
            ClassLoader loader = state.loader();
            if (state.owner() == null && (loader != null || state.isOfJdk())) {
                byLoader.computeIfAbsent(loader, any -> new LinkedHashSet<>()).add(state);
            }
        }
        byLoader.forEach((loader, ownerless) -> {
            Set<String> names = new HashSet<>();
            ownerless.forEach(state -> names.add(state.className()));
            Map<String, Class<?>> found = loaded.find(loader, names);
            ownerless.stream()
                    .filter(state -> found.containsKey(state.className()))
                    .forEach(state -> state.seen(found.get(state.className())));
        });
    }

    /**
     * Classes that were woven while they were loaded. The JVM verifies such a class not before it is used, so it counts as
     * accepted once it is initialised or one of its sites was reached.
     */
    void settle(ClassState state) {
        Class<?> owner = state.owner();
        if (owner != null) {
            state.sites().forEach(site -> site.settle(owner));
            if (compiler.isInitialized(owner) || state.sites().stream().anyMatch(Site::isLinked)) {
                state.accept();
            }
        }
    }

    /** A class may have been woven by a table that was replaced just then. */
    void correct(List<ClassState> unsettled) {
        Set<Class<?>> wrong = new LinkedHashSet<>();
        for (ClassState state : unsettled) {
            Class<?> owner = state.owner();
            if (owner != null && !state.isCompared()) {
                state.compared();
                relink(state);
                if (changes(owner)) {
                    wrong.add(owner);
                }
            }
        }
        again(wrong);
    }

    /** Whether a loaded class lacks sites, or has some too many, and can be woven. */
    boolean isMissed(Class<?> type) {
        ClassState state = classes.find(type.getClassLoader(), type.getName());
        return state == null || (!state.isRefused() && state.source() != null && changes(type));
    }

    /** Weaves classes once more. */
    void again(Set<Class<?>> types) {
        if (!types.isEmpty()) {
            weave(types);
            for (Class<?> type : types) {
                ClassState state = classes.of(type.getClassLoader(), type.getName());
                relink(state);
                forgetIfFree(state);
            }
        }
    }
}
