package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at a soak's processes from outside: heap after a collection, metaspace, threads, open files. */
final class SoakLooks {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");
    private static final Pattern HEAP = Pattern.compile("(?:generation|space)\\s+total \\d+K, used (\\d+)K");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

    /** What a process that was just started has still to load. */
    private static final int WARM_SECONDS = 300;

    private final SoakCast cast;

    /** By process, and by the process id, as one that is killed begins anew. */
    private final Map<String, List<Look>> looks = new TreeMap<>();

    private final Map<Long, Integer> firstSeen = new HashMap<>();

    /** One process at one moment. */
    record Look(
            int second, long pid, int age, double heapMegabytes, double metaspaceMegabytes, int threads, int files) {}

    SoakLooks(SoakCast cast) {
        this.cast = cast;
    }

    void take(int second) throws Exception {
        for (Map.Entry<String, Jvm> each : cast.watched().entrySet()) {
            long pid = each.getValue().pid();
            int age = second - firstSeen.computeIfAbsent(pid, any -> second);
            looks.computeIfAbsent(each.getKey(), any -> new ArrayList<>()).add(look(second, pid, age));
        }
    }

    private static Look look(int second, long pid, int age) throws Exception {
        jcmd(pid, "GC.run");
        String heap = jcmd(pid, "GC.heap_info");
        double used = HEAP.matcher(heap)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
        return new Look(
                second,
                pid,
                age,
                used / 1024,
                number(METASPACE, heap) / 1024,
                (int) number(THREADS, Files.readString(Path.of("/proc/" + pid + "/status"))),
                openFiles(pid));
    }

    private static int openFiles(long pid) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return (int) files.count();
        }
    }

    private static double number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static String jcmd(long pid, String command) throws Exception {
        Process process = new ProcessBuilder(JCMD.toString(), String.valueOf(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return output;
    }

    /** A row for each process: early, in the middle, at the end. */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        looks.forEach((name, all) -> {
            for (Look look : List.of(all.get(0), all.get(all.size() / 2), all.get(all.size() - 1))) {
                rows.add(String.format(
                        Locale.ROOT,
                        "| %s | %d:%02d | %.1f | %.1f | %d | %d |",
                        name,
                        look.second() / 60,
                        look.second() % 60,
                        look.heapMegabytes(),
                        look.metaspaceMegabytes(),
                        look.threads(),
                        look.files()));
            }
        });
        return rows;
    }

    /** What grew: the last third of a process's life, once it was warm, against the third before the middle. */
    List<String> growths() {
        List<String> growths = new ArrayList<>();
        looks.forEach((name, all) -> {
            Map<Long, List<Look>> lives = new TreeMap<>();
            all.stream()
                    .filter(look -> look.age() >= WARM_SECONDS)
                    .forEach(look -> lives.computeIfAbsent(look.pid(), any -> new ArrayList<>())
                            .add(look));
            lives.values().stream().filter(life -> life.size() >= 6).forEach(life -> {
                grew(growths, name + "'s heap, MB", life, Look::heapMegabytes, 1.15, 4);
                grew(growths, name + "'s metaspace, MB", life, Look::metaspaceMegabytes, 1.05, 2);
                grew(growths, name + "'s threads", life, Look::threads, 1.0, 4);
                grew(growths, name + "'s open files", life, Look::files, 1.0, 10);
            });
        });
        return growths;
    }

    private static void grew(
            List<String> growths,
            String what,
            List<Look> life,
            ToDoubleFunction<Look> read,
            double times,
            double more) {
        int third = life.size() / 3;
        double before = least(life.subList(0, third), read);
        double after = least(life.subList(life.size() - third, life.size()), read);
        if (after > before * times + more) {
            growths.add(String.format(Locale.ROOT, "%s grew from %.1f to %.1f", what, before, after));
        }
    }

    /** What a process has at the least in a while is what it keeps. */
    private static double least(List<Look> part, ToDoubleFunction<Look> read) {
        return part.stream().mapToDouble(read).min().orElseThrow();
    }
}
