package io.plumbline.agent.weave;

import io.plumbline.agent.bridge.Guard;
import io.plumbline.agent.compile.ArmedProbe;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The one permanent transformer: whenever the JVM loads or retransforms a class, it weaves the sites that the current
 * table asks for, and nothing when it asks for none. Works on the bytes that the JVM hands in, so that other agents'
 * changes stay. Called on any thread; never throws, never loads a class of the application.
 */
final class ProbeTransformer implements ClassFileTransformer {
    private final ClassTable classes;
    private final Sites sites;
    private final Installer installer;

    private final RecentBytes recent = new RecentBytes();

    /** What transforming loaded classes took here. */
    private final LongAdder weavingNanos = new LongAdder();

    private static final ClassLoader OWN_LOADER = ProbeTransformer.class.getClassLoader();

    /** How often a site was woven for each probe, by id. */
    private final Map<String, LongAdder> weaves = new ConcurrentHashMap<>();

    /** Set by the control thread, read by every thread that loads classes. */
    private volatile ProbeTable table = ProbeTable.EMPTY;

    ProbeTransformer(ClassTable classes, Sites sites, Installer installer) {
        this.installer = installer;
        this.classes = classes;
        this.sites = sites;
        // initialised here and not within a class's loading
        Eligible.is(null, "");
    }

    ProbeTable table() {
        return table;
    }

    void use(ProbeTable newTable) {
        table = newTable;
    }

    /** How often a site was woven for a probe, in all its versions; not what others had transformed in between. */
    long weaves(String probe) {
        LongAdder count = weaves.get(probe);
        return count == null ? 0 : count.sum();
    }

    void forget(String probe) {
        weaves.remove(probe);
    }

    /** The bytes of classes whose lines are asked for. */
    RecentBytes recent() {
        return recent;
    }

    /** What transforming loaded classes has taken here; no thread stands still for that. */
    long weavingNanos() {
        return weavingNanos.sum();
    }

    @Override
    public byte[] transform(
            Module module,
            ClassLoader loader,
            String internalName,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        if (redefined != null) {
            recent.seen(redefined, bytes);
        }
        ProbeTable now = table;
        if (now.isEmpty() || internalName == null || isOwn(loader, internalName)) {
            return null;
        }
        int place = Guard.enter(); // so that probes in the JDK don't count what weaving does
        long began = redefined == null ? 0 : System.nanoTime();
        try {
            return weave(now, module, loader, internalName.replace('/', '.'), redefined, bytes);
        } finally {
            if (redefined != null) {
                weavingNanos.add(System.nanoTime() - began);
            }
            Guard.leave(place);
        }
    }

    private byte[] weave(
            ProbeTable now, Module module, ClassLoader loader, String className, Class<?> redefined, byte[] bytes) {
        if (!Eligible.is(loader, className)) {
            return null;
        }
        if (JdkClasses.isLoader(loader) && redefined == null) {
            return null; // hits there are prepared beforehand, which is no work for a thread that loads a class
        }
        List<ArmedProbe> probes = JdkClasses.isLoader(loader)
                ? now.ofJdk(className)
                : now.of(className, () -> ClassFiles.source(bytes, redefined).files());
        return probes.isEmpty() ? null : weave(loader, module, className, redefined, bytes, probes);
    }

    /** Checked with nothing but what is loaded: loading another class of the agent here would come back here. */
    private static boolean isOwn(ClassLoader loader, String internalName) {
        return internalName.startsWith("io/plumbline/agent/")
                || (loader == OWN_LOADER && OWN_LOADER != ClassLoader.getSystemClassLoader());
    }

    private byte[] weave(
            ClassLoader loader,
            Module module,
            String className,
            Class<?> redefined,
            byte[] bytes,
            List<ArmedProbe> probes) {
        ClassState state = classes.of(loader, className);
        if (redefined != null) {
            state.seen(redefined);
        }
        try {
            Installer.Place place = installer.in(loader, module, className, bytes);
            return weave(state, place, bytes, ClassFiles.source(bytes, redefined), probes);
        } catch (UnlinkableException e) {
            state.refused(e.getMessage());
            return null;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            state.refused("the class can't be woven: " + e);
            return null;
        }
    }

    private byte[] weave(
            ClassState state, Installer.Place place, byte[] bytes, SourceLines source, List<ArmedProbe> probes) {
        ClassWeaver weaver = new ClassWeaver(bytes, source, place.call());
        ClassScan scan = weaver.scan();
        classes.madeFrom(state, scan.source());
        List<ArmedProbe> allowed = state.allowed(probes);
        Set<Wish> wishes = wishes(allowed, scan.source());
        Fitting fitting = new Fitting(weaver, wishes);
        ClassWeaver.Result result = fitting.weave(key -> sites.idOf(state.site(key)));
        List<Site> found = assigned(
                state, place, result, new SpotIndex(allowed, scan.source().ownFile()));
        if (!wishes.equals(state.wishes())) {
            count(found); // else somebody else had the class transformed
        }
        state.woven(wishes, found, new ClassContents(scan.linesOf(""), scan.methods()));
        fitting.refuse(state, allowed);
        return found.isEmpty() ? null : result.bytes();
    }

    static Set<Wish> wishes(List<ArmedProbe> probes, SourceLines source) {
        Set<Wish> wishes = new LinkedHashSet<>();
        probes.forEach(armed -> wishes.add(Wish.of(armed.probe(), source.ownFile())));
        return wishes;
    }

    private List<Site> assigned(ClassState state, Installer.Place place, ClassWeaver.Result result, SpotIndex probes) {
        List<Site> found = new ArrayList<>();
        for (WovenSite woven : result.sites()) {
            Site site = sites.site(state.site(woven.key()), woven);
            place.prepare(woven);
            site.assign(probes.at(woven.key()));
            found.add(site);
        }
        return found;
    }

    private void count(List<Site> found) {
        for (Site site : found) {
            site.probes()
                    .forEach(armed -> weaves.computeIfAbsent(armed.probe().id(), id -> new LongAdder())
                            .increment());
        }
    }
}
