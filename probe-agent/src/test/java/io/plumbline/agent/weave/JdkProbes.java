package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.ProbeState;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/**
 * A program of its own, for the bridge must be in the bootstrap loader: probes classes of the JDK that are in use all the
 * time, and prints what it sees as {@code name=value}.
 */
public final class JdkProbes {
    private static final int ROUNDS = 20_000;
    private static final int THREADS = 4;

    private JdkProbes() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "counts" -> counts();
            case "verify" -> verify(Integer.parseInt(arguments[1]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void print(String name, Object value) {
        System.out.println(name + "=" + value);
    }

    private static int lineOf(WeaveFixture fixture, Class<?> type, String method) {
        LinesReply reply = fixture.weaver.lines("request", "instance", type.getName());
        return reply.lines().stream()
                .filter(line ->
                        line.type().equals(type.getName()) && line.method().startsWith(method))
                .mapToInt(LinesReply.Line::line)
                .min()
                .orElseThrow(() -> new IllegalStateException(method + " has no line: " + reply.problem()));
    }

    private static void counts() throws Exception {
        try (WeaveFixture fixture = new WeaveFixture();
                ClassBytes bytes = new ClassBytes(ArrayList.class)) {
            byte[] original = code(bytes.now());
            Set<Integer> lines = linesOf(fixture, ArrayList.class);
            // the JVM has dropped the class's stack maps by now
            print("linesAgain", lines.size() > 100 && lines.equals(linesOf(fixture, ArrayList.class)));
            int add = lineOf(fixture, ArrayList.class, "add(Ljava/lang/Object;)");
            int put = lineOf(fixture, HashMap.class, "put(");
            String condition = "if: '((String) %s).startsWith(\"mark-\")', log: '{%s}', count: hits}";
            String list = "{id: list, at: 'java.util.ArrayList:" + add + "', " + condition.formatted("e", "e");
            var added = fixture.set(list);
            var all = fixture.set("{id: all, at: 'java.util.ArrayList:" + add + "', count: hits}");
            var putted =
                    fixture.set("{id: map, at: 'java.util.HashMap:" + put + "', " + condition.formatted("key", "key"));
            var simple = "{id: simple, at: 'ArrayList:" + add + "', count: hits}";
            var untouched = fixture.set(simple);
            print("state", fixture.standing(list).state());
            print("reason", fixture.standing(list).reason());
            print("bytesChanged", !Arrays.equals(original, code(bytes.now())));

            load();
            int before = all.admitted;
            List<String> plain = new ArrayList<>();
            IntStream.range(0, 1_000).forEach(i -> plain.add("plain"));

            print("added", marked(added));
            print("putted", marked(putted));
            print("unconditional", all.admitted - before >= 1_000);
            print("failure", added.failure + " " + putted.failure + " " + all.failure);
            print("simple", untouched.admitted + " " + fixture.standing(simple).state());
            print("simpleReason", fixture.standing(simple).reason());
            classLoading();
            spared(added);
            everyLine(fixture, lines);
            platformLoader(fixture);
            loadedLater(fixture);
            fixture.weaver.apply(List.of(), List.of("list", "all", "map", "simple"));
            print("bytesRestored", Arrays.equals(original, code(bytes.now())));
            long last = marked(added);
            load();
            print("afterRemoval", marked(added) - last);
        }
    }

    /** Hits by {@link #fill}; what parses a probe's text puts parts of it into lists as well. */
    private static long marked(WeaveFixture.RecordingTap tap) {
        synchronized (tap) {
            return tap.events.stream()
                    .filter(event -> event.matches("mark-\\d+"))
                    .count();
        }
    }

    private static Set<Integer> linesOf(WeaveFixture fixture, Class<?> type) {
        return fixture.weaver.lines("request", "instance", type.getName()).lines().stream()
                .filter(line -> line.type().equals(type.getName()))
                .map(LinesReply.Line::line)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The code alone: without stack maps, which the JVM does not keep for classes that it does not verify. */
    private static byte[] code(byte[] bytes) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(writer, ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    private static void everyLine(WeaveFixture fixture, Set<Integer> lines) {
        WeaveFixture.RecordingTap tap = new WeaveFixture.RecordingTap();
        List<ArmedProbe> probes = lines.stream()
                .map(line -> WeaveFixture.armed(
                        "{id: e" + line + ", at: 'java.util.ArrayList:" + line + "', count: n}", tap))
                .toList();
        fixture.weaver.apply(probes, List.of());
        List<Integer> numbers = new ArrayList<>(IntStream.range(0, 100).boxed().toList());
        numbers.removeIf(n -> n % 3 == 0);
        numbers.subList(10, 20).replaceAll(n -> -n);
        numbers.sort(null);
        print("everyLine", numbers.hashCode() + " " + numbers.size());
        print(
                "everyLineInstalled",
                probes.stream()
                        .allMatch(
                                armed -> fixture.weaver.standing(armed.probe()).state() == ProbeState.INSTALLED));
        print("everyLineHit", tap.admitted > 1_000);
        fixture.weaver.apply(
                List.of(), probes.stream().map(armed -> armed.probe().id()).toList());
    }

    private static void platformLoader(WeaveFixture fixture) {
        int line = lineOf(fixture, java.sql.Timestamp.class, "valueOf(Ljava/lang/String;)");
        var tap = fixture.set("{id: sql, at: 'java.sql.Timestamp:" + line + "', log: '{s}'}");
        java.sql.Timestamp.valueOf("2026-11-23 00:00:00");
        print("platformLoader", tap.events);
        fixture.weaver.apply(List.of(), List.of("sql"));
    }

    /** The class comes with its original bytes and is woven when it is noticed. */
    private static void loadedLater(WeaveFixture fixture) throws IOException {
        String type = "java.text.ChoiceFormat";
        int line;
        try (InputStream in = Object.class.getResourceAsStream("/java/text/ChoiceFormat.class")) {
            line = firstLine(in.readAllBytes(), "nextDouble(D)D");
        }
        String yaml = "{id: later, at: '" + type + ":" + line + "', log: '{d}'}";
        var tap = fixture.set(yaml);
        String before = fixture.standing(yaml).state().name();
        java.text.ChoiceFormat.nextDouble(1);
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (fixture.standing(yaml).state() != ProbeState.INSTALLED && System.nanoTime() < deadline) {
            fixture.weaver.notice();
            Thread.onSpinWait();
        }
        java.text.ChoiceFormat.nextDouble(2);
        print("loadedLater", before + " " + tap.events);
        fixture.weaver.apply(List.of(), List.of("later"));
    }

    /** Many threads, each putting marked texts into a list and a map of its own. */
    private static void load() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Thread thread = new Thread(JdkProbes::fill, "load-" + t);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void fill() {
        List<String> list = new ArrayList<>();
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < ROUNDS / THREADS; i++) {
            list.add("mark-" + i);
            map.put("mark-" + i, "value");
        }
    }

    /** Classes are loaded and linked while lists and maps are probed. */
    private static void classLoading() throws Exception {
        Compiled made = new Compiled(
                "made.Lambdas",
                "package made; public class Lambdas { public static String run() { return java.util.stream.Stream.of(3, 1, 2)"
                        + ".sorted().map(n -> \"n\" + n).collect(java.util.stream.Collectors.joining()); } }");
        print("classLoading", made.call("made.Lambdas", "run"));
    }

    private static void spared(WeaveFixture.RecordingTap added) throws InterruptedException {
        ThreadGroup agent = new ThreadGroup("agent");
        io.plumbline.agent.bridge.Guard.spare(agent);
        long before = marked(added);
        Thread thread = new Thread(agent, JdkProbes::fill);
        thread.start();
        thread.join();
        print("spared", marked(added) - before);
    }

    /**
     * Every line of loaded classes of the JDK that may be probed, verified and then run.
     *
     * @param step every n-th class
     */
    private static void verify(int step) throws Exception {
        String before = work();
        try (WeaveFixture fixture = new WeaveFixture()) {
            EveryJdkSite transformer = new EveryJdkSite();
            WeaveFixture.INSTRUMENTATION.addTransformer(transformer, true);
            Map<String, Throwable> refused = new TreeMap<>();
            Set<Class<?>> woven = transformer.wanted;
            for (Class<?> type : WeaveFixture.INSTRUMENTATION.getAllLoadedClasses()) {
                boolean wanted = JdkClasses.isLoader(type.getClassLoader())
                        && Math.floorMod(type.getName().hashCode(), step) == 0
                        && !type.isHidden()
                        && !type.isArray()
                        && Eligible.is(type.getClassLoader(), type.getName())
                        && WeaveFixture.INSTRUMENTATION.isModifiableClass(type);
                if (wanted) {
                    woven.add(type);
                    retransform(type, refused);
                }
            }
            print("classes", transformer.classes);
            print("lines", transformer.lines);
            print("sites", transformer.sites);
            print("same", before.equals(work()));
            WeaveFixture.INSTRUMENTATION.removeTransformer(transformer);
            woven.forEach(type -> retransform(type, refused));
            print("sameAfter", before.equals(work()));
            print("refused", new TreeSet<>(refused.keySet()) + " " + refused.values());
            print("failures", transformer.failures);
        }
    }

    private static void retransform(Class<?> type, Map<String, Throwable> refused) {
        try {
            WeaveFixture.INSTRUMENTATION.retransformClasses(type);
        } catch (Exception | LinkageError | InternalError e) {
            refused.put(type.getName(), e);
        }
    }

    /** Uses much of the JDK. */
    private static String work() {
        Map<String, Integer> counts = new TreeMap<>();
        for (String word : "the quick brown fox jumps over the lazy dog the end".split(" ")) {
            counts.merge(word, 1, Integer::sum);
        }
        String dates = java.time.ZonedDateTime.of(2026, 3, 29, 1, 30, 0, 0, java.time.ZoneId.of("Europe/Berlin"))
                .plusHours(1)
                .format(java.time.format.DateTimeFormatter.ISO_ZONED_DATE_TIME);
        String streams = IntStream.range(0, 1_000)
                .parallel()
                .boxed()
                .collect(Collectors.groupingByConcurrent(i -> i % 7, ConcurrentHashMap::new, Collectors.counting()))
                .toString();
        String numbers = new java.math.BigDecimal("123456789.987654321")
                .divide(new java.math.BigDecimal("7.3"), 30, java.math.RoundingMode.HALF_EVEN)
                .toPlainString();
        String text = String.format(java.util.Locale.ROOT, "%08.3f|%-10s|%x", Math.PI, "left", 48_879);
        String pattern = "a1b22c333".replaceAll("([a-z])(\\d+)", "$2$1");
        return counts + dates + streams + numbers + text + pattern;
    }

    /** Weaves every line of the classes that are wanted, with stubs that lead to no site. */
    private static final class EveryJdkSite implements ClassFileTransformer {
        final Map<String, String> failures = new HashMap<>();
        final Set<Class<?>> wanted = ConcurrentHashMap.newKeySet();
        private final Stubs stubs = new Stubs(new Definer(WeaveFixture.INSTRUMENTATION));
        int classes;
        int lines;
        int sites;

        @Override
        public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
            if (type == null || !wanted.contains(type)) {
                return null;
            }
            try {
                ClassWeaver weaver = new ClassWeaver(bytes, ClassFiles.source(bytes, null), new SiteCall.ToStub());
                ClassWeaver.Result result = weaver.weave(weaver.everything(), key -> Integer.MAX_VALUE);
                for (WovenSite site : result.sites()) {
                    stubs.define(null, null, type.getName(), "io/plumbline/agent/bridge/Bridge", site);
                }
                classes++;
                lines += weaver.scan().linesOf("").size();
                sites += result.sites().size();
                return result.bytes();
            } catch (org.objectweb.asm.MethodTooLargeException e) {
                return null;
            } catch (Throwable t) {
                failures.put(name, t.toString());
                return null;
            }
        }
    }

    private static int firstLine(byte[] bytes, String method) {
        SortedSet<Integer> lines = new TreeSet<>();
        new ClassWeaver(bytes).scan().lines((where, code) -> {
            if (where.equals(method)) {
                lines.add(SourceLines.line(code));
            }
        });
        return lines.first();
    }
}
