package io.plumbline.agent.weave;

import io.plumbline.agent.bridge.Guard;
import io.plumbline.agent.compile.ArmedProbe;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;

/**
 * The one permanent transformer: whenever the JVM loads or retransforms a class, it weaves the sites that the current
 * table asks for, and nothing when it asks for none. Works on the bytes that the JVM hands in, so that other agents'
 * changes stay. Called on any thread; never throws, never loads a class of the application.
 */
final class ProbeTransformer implements ClassFileTransformer {
    private final ClassTable classes;
    private final Sites sites;
    private final Installer installer;

    /** Classes whose bytes are wanted, by name; filled when they are retransformed. */
    private final Map<Class<?>, byte[]> captured = new ConcurrentHashMap<>();

    private static final ClassLoader OWN_LOADER = ProbeTransformer.class.getClassLoader();
    private static final byte[] WANTED = new byte[0];

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

    /** How often a site was woven for a probe, in all its versions. */
    long weaves(String probe) {
        LongAdder count = weaves.get(probe);
        return count == null ? 0 : count.sum();
    }

    /** Asks for a class's bytes; they are there once it has been retransformed. */
    void want(Class<?> type) {
        captured.put(type, WANTED);
    }

    /** The bytes that were asked for; null if the JVM never handed them in. */
    byte[] bytes(Class<?> type) {
        byte[] bytes = captured.remove(type);
        return bytes == WANTED ? null : bytes;
    }

    @Override
    public byte[] transform(
            Module module,
            ClassLoader loader,
            String internalName,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        if (redefined != null && !captured.isEmpty()) {
            captured.computeIfPresent(redefined, (type, before) -> bytes.clone());
        }
        ProbeTable now = table;
        if (now.isEmpty() || internalName == null || isOwn(loader, internalName)) {
            return null;
        }
        int place = Guard.enter(); // so that probes in the JDK don't count what weaving does
        try {
            return weave(now, module, loader, internalName.replace('/', '.'), redefined, bytes);
        } finally {
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
        List<ArmedProbe> probes =
                JdkClasses.isLoader(loader) ? now.ofJdk(className) : now.of(className, () -> sourceFile(bytes));
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
            return weave(state, installer.in(loader, module, className, bytes), bytes, probes);
        } catch (UnlinkableException e) {
            state.refused(e.getMessage());
            return null;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            state.refused("the class can't be woven: " + e);
            return null;
        }
    }

    private byte[] weave(ClassState state, Installer.Place place, byte[] bytes, List<ArmedProbe> probes) {
        ClassWeaver weaver = new ClassWeaver(bytes, place.call());
        state.madeFrom(sourceFile(bytes));
        SortedSet<Integer> lines = new TreeSet<>();
        probes.forEach(armed -> lines.add(armed.probe().location().line()));
        Function<SiteKey, Site> known = state::site;
        Map<Integer, String> refused = new TreeMap<>();
        ClassWeaver.Result result = weave(weaver, lines, key -> sites.idOf(known.apply(key)), refused);
        List<Site> found = new ArrayList<>();
        for (WovenSite woven : result.sites()) {
            Site site = sites.site(known.apply(woven.key()), woven);
            place.prepare(woven);
            site.assign(at(probes, woven.key().line()));
            site.probes()
                    .forEach(armed -> weaves.computeIfAbsent(armed.probe().id(), id -> new LongAdder())
                            .increment());
            found.add(site);
        }
        state.woven(found, weaver.lines());
        refused.forEach(state::refused);
        return found.isEmpty() ? null : result.bytes();
    }

    /** Leaves out the lines of methods that would grow beyond what a class file can hold. */
    private static ClassWeaver.Result weave(
            ClassWeaver weaver, SortedSet<Integer> lines, ToIntFunction<SiteKey> ids, Map<Integer, String> refused) {
        while (true) {
            try {
                return weaver.weave(lines, ids);
            } catch (MethodTooLargeException e) {
                SortedSet<Integer> tooLarge = weaver.linesOf(e.getMethodName() + e.getDescriptor());
                tooLarge.retainAll(lines);
                if (!lines.removeAll(tooLarge)) {
                    throw e;
                }
                String reason =
                        "the method " + e.getMethodName() + " is too large to take a probe; the JVM's limit is 64 KB";
                tooLarge.forEach(line -> refused.put(line, reason));
            } catch (MethodRefusedException e) {
                SortedSet<Integer> unclear = weaver.linesOf(e.method());
                unclear.retainAll(lines);
                if (!lines.removeAll(unclear)) {
                    throw e;
                }
                unclear.forEach(line -> refused.put(line, e.getMessage()));
            }
        }
    }

    static List<ArmedProbe> at(List<ArmedProbe> probes, int line) {
        return probes.stream()
                .filter(armed -> armed.probe().location().line() == line)
                .toList();
    }

    private static String sourceFile(byte[] bytes) {
        String[] file = new String[1];
        new ClassReader(bytes)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitSource(String source, String debug) {
                                file[0] = source;
                            }
                        },
                        ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
        return file[0];
    }
}
