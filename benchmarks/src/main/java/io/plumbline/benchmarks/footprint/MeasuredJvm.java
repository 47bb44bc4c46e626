package io.plumbline.benchmarks.footprint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs {@link SmallProgram}, or one like it, in JVMs of its own and measures them from outside, so that measuring adds nothing to them. */
final class MeasuredJvm {
    private static final long SETTLE_MILLIS = 12_000;
    private static final long WATCH_MILLIS = 20_000;
    private static final long MINUTE_MILLIS = 60_000;
    private static final int DECIMAL_START = 10;

    private final Path home;
    private final Path classes;
    private final Class<?> program;
    private final List<String> options;

    /**
     * How long a program took.
     *
     * @param toMain from the start of the process to the first statement of {@code main}
     * @param inAll to the end of the process
     */
    record Start(long toMain, long inAll) {}

    /**
     * @param home of the JDK
     * @param classes where the program lies
     * @param program with a main method
     * @param options of the JVM
     */
    MeasuredJvm(Path home, Path classes, Class<?> program, List<String> options) {
        this.home = home;
        this.classes = classes;
        this.program = program;
        this.options = List.copyOf(options);
    }

    private Process begin(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", classes.toString(), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Runs the program to its end, in milliseconds. */
    Start start() throws IOException, InterruptedException {
        long began = System.currentTimeMillis();
        long beganNanos = System.nanoTime();
        Process process = begin();
        try (BufferedReader out = reader(process)) {
            long main = Long.parseLong(out.readLine());
            process.waitFor();
            return new Start(main - began, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Lets the program come to rest and looks at it for a while. */
    Idle idle() throws IOException, InterruptedException {
        return idle("stay", SETTLE_MILLIS);
    }

    /**
     * The same.
     *
     * @param argument of the program
     * @param settleMillis how long it takes to come to rest
     */
    Idle idle(String argument, long settleMillis) throws IOException, InterruptedException {
        Process process = begin(argument);
        try (BufferedReader out = reader(process)) {
            out.readLine();
            Thread.sleep(settleMillis);
            ProcFile proc = new ProcFile(process.pid());
            Map<String, Long> before = proc.wakeUps();
            double cpuBefore = proc.cpuMillis();
            Thread.sleep(WATCH_MILLIS);
            double cpu = proc.cpuMillis() - cpuBefore;
            Map<String, Double> wakeUps = aMinute(before, proc.wakeUps());
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            long heap = Long.parseLong(out.readLine());
            Map<String, Long> counters = counters(process.pid());
            return new Idle(
                    heap,
                    counters.get("sun.gc.metaspace.used"),
                    counters.get("java.cls.loadedClasses") + counters.get("java.cls.sharedLoadedClasses"),
                    counters.get("java.threads.live"),
                    cpu * MINUTE_MILLIS / WATCH_MILLIS,
                    wakeUps);
        } finally {
            process.destroyForcibly();
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static Map<String, Double> aMinute(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Double> wakeUps = new TreeMap<>();
        after.forEach((thread, count) -> {
            double more = (double) (count - before.getOrDefault(thread, 0L)) * MINUTE_MILLIS / WATCH_MILLIS;
            String name = thread.substring(0, thread.indexOf('#'));
            boolean isAgents = name.startsWith("plumbline") || name.startsWith("kafka");
            wakeUps.merge(isAgents ? name : "JVM", more, Double::sum);
        });
        return wakeUps;
    }

    /** What the JVM counts for tools such as jstat. */
    private Map<String, Long> counters(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(home.resolve("bin/jcmd").toString(), Long.toString(pid), "PerfCounter.print")
                .start();
        Map<String, Long> counters = new TreeMap<>();
        try (BufferedReader out = reader(jcmd)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int equals = line.indexOf('=');
                if (equals > 0 && line.substring(equals + 1).matches("\\d+")) {
                    counters.put(
                            line.substring(0, equals), Long.parseLong(line, equals + 1, line.length(), DECIMAL_START));
                }
            }
        }
        jcmd.waitFor();
        return counters;
    }
}
