package io.plumbline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures everything and writes the results page. All benchmarks run once a round, each in a JVM of its own, so that what
 * else the machine does meanwhile meets all of them alike.
 */
public final class Run {
    private static final List<Integer> THREADS = List.of(1, 2);
    private static final int ROUNDS = 3;
    private static final int WARMUPS = 3;
    private static final TimeValue WARMUP = TimeValue.milliseconds(400);
    private static final int ITERATIONS = 5;
    private static final TimeValue ITERATION = TimeValue.milliseconds(300);
    private static final String[] JVM = {
        "-Xms512m", "-Xmx512m", "-XX:+UseG1GC", "-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading"
    };

    private Run() {}

    /**
     * @param args the page's path, and perhaps a pattern of the methods' names to measure, without writing a page
     */
    public static void main(String[] args) throws RunnerException, IOException {
        if (args.length < 1 || args.length > 2) {
            throw new IllegalArgumentException("the first argument says where to write: RESULTS.md");
        }
        if (args.length == 2) {
            new Runner(options(1, "(" + args[1] + ")$")
                            .verbosity(VerboseMode.NORMAL)
                            .build())
                    .run();
            return;
        }
        Map<String, String> facts = facts();
        Measurements measured = new Measurements();
        for (int round = 1; round <= ROUNDS; round++) {
            for (int threads : THREADS) {
                System.err.println("round " + round + " of " + ROUNDS + ", threads: " + threads);
                measured.add(new Runner(options(threads, "").build()).run());
            }
        }
        facts.put("load of the machine", facts.get("load of the machine") + " before, " + Machine.load() + " after");
        Files.writeString(Path.of(args[0]), new ResultsPage(measured).markdown(facts, THREADS));
        System.err.println("written: " + args[0]);
    }

    private static ChainedOptionsBuilder options(int threads, String methods) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(HitBenchmark.class.getName().replace(".", "\\.") + "\\." + methods)
                .threads(threads)
                .forks(1)
                .warmupIterations(WARMUPS)
                .warmupTime(WARMUP)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .addProfiler(MeasuredThreadBytes.class)
                .jvmArgs(JVM)
                .jvmArgsAppend(BootBridge.option())
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        // two threads that wait awake leave no core for those behind the queues
        return threads == 1 ? options : options.exclude("HitBenchmark\\.steady");
    }

    private static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("commit", Machine.commit());
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("machine", Machine.describe());
        facts.put("load of the machine", Machine.load());
        facts.put("JDK", Machine.jdk() + ", `" + String.join(" ", List.of(JVM).subList(0, 3)) + "`");
        facts.put(
                "JMH",
                ROUNDS + " rounds, each benchmark in a JVM of its own, " + WARMUPS + " × " + WARMUP + " warm-up, "
                        + ITERATIONS + " × " + ITERATION + " measured; medians");
        return facts;
    }
}
