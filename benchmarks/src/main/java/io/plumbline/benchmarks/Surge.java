package io.plumbline.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Puts probes into a loop of ten million passes a second, in JVMs of their own, and writes the page. What the JIT makes of a
 * loop differs from one JVM to the next by more than a probe may cost, so the medians over several count, and the same line
 * written by hand stands beside them.
 */
public final class Surge {
    private static final int FORKS = 5;
    private static final String COLUMNS = """
            | at the line | lost | n | error | reckoned | ns | share |
            |---|--:|--:|--:|--:|--:|--:|
            """;

    private Surge() {}

    /**
     * @param args the page's path, and a part of a case's name where not all are meant
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        String part = args.length > 1 ? args[1] : "";
        StringBuilder page = new StringBuilder(head());
        page.append(section(
                "Each pass for itself",
                "The processor works on several passes at a time, and every instruction more"
                        + " means that it sees less far ahead: the hardest case for whatever is added.",
                part,
                false));
        page.append(section(
                "Each pass needs the one before",
                "As where a loop carries a state on. The processor waits for"
                        + " the result, and what is added may find room meanwhile.",
                part,
                true));
        Files.writeString(Path.of(args[0]), page);
        System.err.println("written: " + args[0]);
    }

    private static String section(String title, String text, String part, boolean chained)
            throws IOException, InterruptedException {
        List<SurgeCase.Round> rounds = new ArrayList<>();
        for (int i = 1; i <= FORKS; i++) {
            System.err.println(title + ": JVM " + i + " of " + FORKS);
            rounds.addAll(fork(part, chained));
        }
        StringBuilder section = new StringBuilder("\n## " + title + "\n\n" + text + "\n\n" + COLUMNS);
        SurgeCase.all(part).forEach(one -> section.append(row(one, rounds)));
        return section.toString();
    }

    private static List<SurgeCase.Round> fork(String part, boolean chained) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx512m",
                        "-Djdk.attach.allowAttachSelf=true",
                        "-XX:+EnableDynamicAgentLoading",
                        BootBridge.option(),
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=dontinline," + SurgeLoop.WORK,
                        "-D" + SurgeLoop.CHAINED_PROPERTY + "=" + chained,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SurgeFork.class.getName(),
                        part)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            List<SurgeCase.Round> rounds = out.lines()
                    .filter(SurgeCase.Round::isLine)
                    .map(SurgeCase.Round::parse)
                    .toList();
            if (process.waitFor() != 0) {
                throw new IOException("a JVM ended with code " + process.exitValue());
            }
            return rounds;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String row(SurgeCase one, List<SurgeCase.Round> all) {
        List<SurgeCase.Round> rounds =
                all.stream().filter(round -> round.number() == one.number()).toList();
        return String.format(
                Locale.ROOT,
                "| %s | %s | 1/%.0f | %s | %.1f %% | %.0f | %.2f %% |%n",
                one.name(),
                percent(rounds, SurgeCase.Round::lost),
                median(rounds, SurgeCase.Round::every),
                one.leaves() ? percent(rounds, SurgeCase.Round::error) : "–",
                100 * median(rounds, SurgeCase.Round::reckoned),
                median(rounds, SurgeCase.Round::nanos),
                100 * median(rounds, SurgeCase.Round::share));
    }

    private static String percent(List<SurgeCase.Round> rounds, ToDoubleFunction<SurgeCase.Round> what) {
        double[] sorted = sorted(rounds, what);
        return String.format(
                Locale.ROOT,
                "%.2f %% (%.2f … %.2f)",
                100 * median(rounds, what),
                100 * sorted[0],
                100 * sorted[sorted.length - 1]);
    }

    private static double median(List<SurgeCase.Round> rounds, ToDoubleFunction<SurgeCase.Round> what) {
        double[] sorted = sorted(rounds, what);
        return sorted[sorted.length / 2];
    }

    private static double[] sorted(List<SurgeCase.Round> rounds, ToDoubleFunction<SurgeCase.Round> what) {
        double[] values = rounds.stream().mapToDouble(what).toArray();
        Arrays.sort(values);
        return values;
    }

    private static String head() {
        return """
                # A probe in the hottest loop

                Generated by `benchmarks/surge/run`; do not edit. One thread runs through the probed line about ten million times a
                second and does nothing else. Probes have the agent's own budgets: 1 %% of a core each.

                - commit: %s
                - date: %s
                - machine: %s, load at the end %s
                - JDK: %s
                - %d JVMs a table, each with %d ms of every probe; the first second with a probe is left out

                The loop has a twin without a probe that runs for a tenth of the time, in turns of some 50 ms; *lost* is by how much
                fewer passes a second the probed one makes than its twin (the median turn of each JVM; of the JVMs median, least
                and greatest); *n* is the sampling that the probe reported; *error* compares the weights of the records (for metrics
                the hits that it counted) with the passes of the loop, the first second included; *reckoned* is the part of the hits
                that was not counted because the gate was shut; *ns* and *share* are what the agent reports a taken hit and the
                probe to cost. *None* is the loop without any probe: what it shows is the error of the measurement. *By hand* stands in
                the program's own code: what such a loop loses by any line at all.
                """.formatted(
                        Machine.commit(),
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.describe(),
                        Machine.load(),
                        Machine.jdk(),
                        FORKS,
                        SurgeFork.MEASURED_MILLIS);
    }
}
