package io.plumbline.benchmarks.corpus;

import io.plumbline.agent.capture.Capture;
import io.plumbline.agent.weave.Standing;
import io.plumbline.benchmarks.corpus.JarCounts.Count;
import io.plumbline.benchmarks.corpus.Linking.Outcome;
import io.plumbline.benchmarks.inside.AgentParts;
import io.plumbline.benchmarks.inside.ClassFacts;
import io.plumbline.config.probe.Location;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.SiteReport;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * One jar, in a JVM with the agent inside: its classes are linked without probes, then every line gets one, and so
 * does every method's beginning, return, exception exit, throw and catch. The loaded classes are retransformed, and a second class loader loads the same classes, which are woven while they load. Both must
 * come as far as the class without probes did, every line must have a site or an explained refusal, and the code of every
 * probe at every site is made and defined.
 */
public final class JarProof {
    /** Classes that are probed at the same time; keeps a large jar within a small heap. */
    private static final int BATCH = 250;

    /**
     * Lines of one class that are probed at the same time: the calls of more would need more constants than a class file
     * can hold.
     */
    private static final int MOST_LINES = 10_000;

    private static final String UNWOVEN = "loaded-before";
    private static final String WOVEN = "woven-while-loading";

    private final Instrumentation instrumentation;
    private final URL[] jars;
    private final AgentParts agent;
    private final Saboteur saboteur;
    private final Linking linking;
    private final HitCode hitCode;
    private final JarCounts counts = new JarCounts();

    private JarProof(Instrumentation instrumentation, URL[] jars, String sabotaged)
            throws ReflectiveOperationException {
        this.instrumentation = instrumentation;
        this.jars = jars;
        this.agent = new AgentParts(instrumentation);
        this.saboteur = new Saboteur(sabotaged);
        instrumentation.addTransformer(saboteur, true);
        this.linking = new Linking(instrumentation);
        this.hitCode = new HitCode(instrumentation);
    }

    /**
     * Called by the agent inside.
     *
     * @param arguments the jar; the jars that it may need, separated by the path separator; where to write the counts;
     *     every how many classes one is taken; a class to spoil on purpose, or nothing
     */
    public static void run(List<String> arguments, Instrumentation instrumentation) throws Exception {
        Path jar = Path.of(arguments.get(0));
        JarProof proof = new JarProof(
                instrumentation, urls(jar, arguments.get(1)), arguments.size() > 4 ? arguments.get(4) : "");
        proof.prove(classNames(jar, Integer.parseInt(arguments.get(3))));
        proof.counts.write(Path.of(arguments.get(2)));
    }

    private static URL[] urls(Path jar, String others) throws MalformedURLException {
        List<URL> urls = new ArrayList<>(List.of(jar.toUri().toURL()));
        for (String other : others.split(java.io.File.pathSeparator)) {
            if (!other.isEmpty() && !Path.of(other).equals(jar)) {
                urls.add(Path.of(other).toUri().toURL());
            }
        }
        return urls.toArray(new URL[0]);
    }

    private static List<String> classNames(Path jar, int every) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names = file.stream()
                    .map(entry -> entry.getName())
                    .filter(isClass())
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
            return Stream.iterate(0, i -> i < names.size(), i -> i + every)
                    .map(names::get)
                    .toList();
        }
    }

    private static Predicate<String> isClass() {
        return name -> name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class");
    }

    private void prove(List<String> names) throws Exception {
        for (int i = 0; i < names.size(); i += BATCH) {
            List<String> batch = names.subList(i, Math.min(names.size(), i + BATCH));
            counts.add(Count.CLASSES, batch.size());
            for (int line = 0; !batch.isEmpty(); line += MOST_LINES) {
                batch = proveBatch(batch, line);
            }
        }
    }

    /**
     * Proves some classes, each from one of its lines on.
     *
     * @return those with lines left
     */
    private List<String> proveBatch(List<String> names, int firstLine) throws Exception {
        Loaded before = new Loaded(UNWOVEN, jars);
        Loaded woven = new Loaded(WOVEN, jars);
        instrumentation.addTransformer(before, true);
        instrumentation.addTransformer(woven, true);
        Map<ClassFacts, Outcome> all = linkUnwoven(names, before, firstLine == 0);
        Map<ClassFacts, Outcome> linked = new LinkedHashMap<>();
        all.forEach((facts, outcome) -> linked.put(facts.part(firstLine, MOST_LINES), outcome));
        Map<Capture.Prepared, List<ClassFacts>> probes = probeEverything(linked.keySet());
        linked.forEach((facts, outcome) -> linkWoven(facts, outcome, woven));
        linkCalls(linked.keySet(), before, woven);
        probes.forEach(this::check);
        agent.remove(probes.keySet());
        requireRestored(linked.keySet(), before);
        instrumentation.removeTransformer(before);
        instrumentation.removeTransformer(woven);
        return all.keySet().stream()
                .filter(facts -> facts.lines().size() > firstLine + MOST_LINES)
                .map(ClassFacts::name)
                .toList();
    }

    /** Those that can be linked, with what they have; the others are counted. */
    private Map<ClassFacts, Outcome> linkUnwoven(List<String> names, Loaded before, boolean isFirst) {
        Map<ClassFacts, Outcome> linked = new LinkedHashMap<>();
        for (String name : names) {
            Outcome outcome = linking.link(name, before.loader());
            if (!outcome.isLinked()) {
                counts.add(Count.NOT_LINKABLE, isFirst ? 1 : 0);
                continue;
            }
            ClassFacts facts = ClassFacts.of(before.bytes(name));
            if (facts.methods().isEmpty()) {
                counts.add(Count.WITHOUT_CODE, isFirst ? 1 : 0);
            } else {
                linked.put(facts, outcome);
            }
        }
        return linked;
    }

    /** Each location once, with the classes that must have it. */
    private Map<Capture.Prepared, List<ClassFacts>> probeEverything(Iterable<ClassFacts> classes) {
        Map<String, List<ClassFacts>> owners = new LinkedHashMap<>();
        for (ClassFacts facts : classes) {
            counts.add(Count.LINES, facts.lines().size());
            counts.add(Count.NAMELESS_LINES, facts.nameless());
            counts.add(Count.INLINED_LINES, facts.mapped().size());
            facts.lines()
                    .forEach(at ->
                            owners.computeIfAbsent(at, any -> new ArrayList<>()).add(facts));
            counts.add(Count.METHODS, facts.methods().size());
            Probes.certain(facts).forEach(at -> owners.put(at, List.of(facts)));
            if (!facts.methods().isEmpty()) {
                Probes.possible(facts).forEach(at -> owners.put(at, List.of()));
            }
        }
        owners.keySet().removeIf(this::cannotBeNamed);
        List<String> texts = new ArrayList<>();
        owners.keySet().forEach(location -> texts.add(Probes.at(texts.size(), location)));
        List<Capture.Prepared> prepared = agent.set(texts);
        Map<Capture.Prepared, List<ClassFacts>> probes = new IdentityHashMap<>();
        Iterator<List<ClassFacts>> owner = owners.values().iterator();
        prepared.forEach(probe -> probes.put(probe, owner.next()));
        return probes;
    }

    private boolean cannotBeNamed(String location) {
        try {
            Location.parse(location);
            return false;
        } catch (IllegalArgumentException e) {
            counts.failed(e.getMessage());
            return true;
        }
    }

    private void linkWoven(ClassFacts facts, Outcome unwoven, Loaded woven) {
        Outcome outcome = linking.link(facts.name(), woven.loader());
        if (!outcome.isLike(unwoven)) {
            counts.failed(facts.name() + ": woven while loading, " + outcome.problem() + "; without a probe, "
                    + (unwoven.problem() == null ? "it links" : unwoven.problem()));
        }
    }

    /** Makes the code of every probe where threads would first reach it; a class woven twice has the same calls. */
    private void linkCalls(Iterable<ClassFacts> classes, Loaded before, Loaded woven)
            throws ReflectiveOperationException {
        for (ClassFacts facts : classes) {
            List<WovenCalls.Call> retransformed = before.calls(facts.name());
            List<WovenCalls.Call> loading = woven.calls(facts.name());
            counts.add(Count.SITES_RETRANSFORMED, retransformed.size());
            counts.add(Count.SITES_LOADING, loading.size());
            if (retransformed.size() != loading.size() && !facts.hasMap()) {
                counts.failed(facts.name() + ": " + loading.size() + " calls when woven while loading, "
                        + retransformed.size() + " when retransformed");
            }
            linkCalls(woven.type(facts.name()), loading);
        }
    }

    private void linkCalls(Class<?> type, List<WovenCalls.Call> calls) throws ReflectiveOperationException {
        for (WovenCalls.Call call : calls) {
            if (hitCode.link(type, call)) {
                counts.add(Count.HIT_CODES, 1);
            } else {
                counts.failed(type.getName() + ": the agent does not know site " + call.site());
            }
        }
    }

    private void check(Capture.Prepared probe, List<ClassFacts> owners) {
        Standing standing = agent.weaver().standing(probe.tap().probe());
        String at = probe.tap().probe().location().toString();
        Optional<SiteReport> refusal = standing.sites().stream()
                .filter(site -> site.state() == ProbeState.REJECTED)
                .findFirst();
        boolean isMissing = owners.stream().anyMatch(facts -> !isThere(standing, facts, at));
        if (refusal.isPresent() || isMissing || standing.state() == ProbeState.REJECTED) {
            String reason = refusal.map(SiteReport::reason).orElse(standing.reason());
            refused(at + ": " + standing.state() + ", " + reason);
        }
    }

    /**
     * Whether a class has the location as both loaders have it. A class that the program did not use yet is pending in the
     * agent's words, though it is linked here.
     */
    private boolean isThere(Standing standing, ClassFacts facts, String at) {
        boolean before = isIn(standing, facts, UNWOVEN, ProbeState.INSTALLED);
        if (!before && facts.mapped().contains(at)) {
            counts.add(Count.INLINED_LINES_MISSED, 1);
            before = true;
        }
        return before && isIn(standing, facts, WOVEN, ProbeState.INSTALLED, ProbeState.PENDING);
    }

    private static boolean isIn(Standing standing, ClassFacts facts, String loader, ProbeState... states) {
        return standing.sites().stream()
                .anyMatch(site -> site.type().equals(facts.name())
                        && site.loader().equals(loader)
                        && List.of(states).contains(site.state()));
    }

    private void refused(String reason) {
        Explained.of(reason).ifPresentOrElse(counts::refused, () -> counts.failed(reason));
    }

    private void requireRestored(Iterable<ClassFacts> classes, Loaded before) {
        for (ClassFacts facts : classes) {
            if (!before.calls(facts.name()).isEmpty()) {
                counts.failed(facts.name() + ": its probes are gone, but calls are left in its bytecode");
            }
        }
    }
}
