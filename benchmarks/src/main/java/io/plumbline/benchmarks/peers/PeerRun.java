package io.plumbline.benchmarks.peers;

import io.plumbline.benchmarks.Machine;
import io.plumbline.benchmarks.fleet.FleetApi;
import io.plumbline.benchmarks.inside.InsideJvm;
import io.plumbline.benchmarks.jars.MavenJar;
import io.plumbline.benchmarks.jars.MavenJars;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.ControlPlane;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Runs {@link PeerProgram} under each tool with each probe, in turn, so that what else the machine does meets all alike, and writes
 * the page. Plumbline's agent is the one of this build; the others come from Maven Central.
 */
public final class PeerRun {
    private static final MavenJar DATADOG = MavenJar.parse("com.datadoghq:dd-java-agent:1.68.1");
    private static final MavenJar BYTEMAN = MavenJar.parse("org.jboss.byteman:byteman:4.0.27");
    private static final int ROUNDS = Integer.getInteger("peers.rounds", 3);

    /** A hit of these tools that costs less was not there. */
    private static final double LEAST_NANOS = 2;

    private static final String COUNT = "count";
    private static final String FALSE = "condition, false";
    private static final String LOG = "log of two values, at the tool's own limit";
    private static final String SNAPSHOT = "snapshot, at the tool's own limit";

    /** Below the thousand snapshots and five thousand logs a second that Datadog's agent takes of all probes together. */
    private static final int PACE = 200;

    private static final String PACED = ", " + PACE + " a second, each taken";
    private static final String ALL = "\"limits\": {\"per-second\": 10000, \"cpu\": \"5%\"}";
    private static final String UNCAPPED = "\"sampling\": {\"snapshotsPerSecond\": 1000000000}";
    private static final String TEMPLATE =
            "\"type\": \"LOG_PROBE\", \"template\": \"{item.id} {total}\", \"segments\": ["
                    + "{\"dsl\": \"item.id\", \"json\": {\"getmember\": [{\"ref\": \"item\"}, \"id\"]}}, {\"str\": \" \"},"
                    + " {\"dsl\": \"total\", \"json\": {\"ref\": \"total\"}}], \"captureSnapshot\": ";

    private final Path folder;
    private final String kafka;
    private final FleetApi api;

    private PeerRun(Path folder, String kafka, FleetApi api) {
        this.folder = folder;
        this.kafka = kafka;
        this.api = api;
    }

    /** Makes a tool with its probe. */
    private interface Maker {
        Peer make() throws IOException;
    }

    /**
     * @param tool for people
     * @param isCostly whether a hit that costs nothing shows that the probe was not there
     */
    private record Row(String tool, String probe, boolean isCostly, Maker maker) {

        /** Passes a second; 0 for as many as there can be. */
        int pace() {
            return probe.endsWith(PACED) ? PACE : 0;
        }
    }

    private record Measured(double nanos, double bytes) {}

    /**
     * @param args where to write the page, and a folder for what is made on the way
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 2) {
            throw new IllegalArgumentException("two arguments are needed: the page and a folder");
        }
        Path folder = Files.createDirectories(Path.of(args[1])).toAbsolutePath();
        new MavenJars(Path.of("..")).copy(List.of(DATADOG, BYTEMAN), folder);
        String load = Machine.load();
        try (EmbeddedBroker broker = EmbeddedBroker.startFresh(folder.resolve("broker"), 0)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.address());
            PipelineTopics.ensure(kafka);
            try (ControlPlane control = ControlPlane.start(folder, 0, kafka, List::of)) {
                PeerRun run = new PeerRun(folder, broker.address(), new FleetApi(control.address()));
                Map<Row, List<Measured>> measured = new LinkedHashMap<>();
                List<Row> rows = run.rows();
                for (int round = 1; round <= ROUNDS; round++) {
                    for (Row row : rows) {
                        Measured one = run.measure(row);
                        System.err.println(round + " of " + ROUNDS + ": " + row.tool + ", " + row.probe + ": " + one);
                        measured.computeIfAbsent(row, any -> new ArrayList<>()).add(one);
                    }
                }
                Files.writeString(Path.of(args[0]), page(measured, load));
            }
        }
        System.err.println("written: " + args[0]);
    }

    private List<Row> rows() {
        String count = "\"type\": \"METRIC_PROBE\", \"kind\": \"COUNT\", \"metricName\": \"peer\"";
        String never =
                "\"when\": {\"dsl\": \"total > 1000000000\", \"json\": {\"gt\": [{\"ref\": \"total\"}, 1000000000]}}";
        return List.of(
                new Row("none", "none", false, Nothing::new),
                plumbline(COUNT, "\"count\": \"peer\""),
                datadog(COUNT, count),
                byteman(COUNT, "TRUE"),
                plumbline(FALSE, "\"if\": \"total > 1000000000\", \"count\": \"peer\""),
                datadog(FALSE, TEMPLATE + "false, " + never),
                byteman(FALSE, "$total > 1000000000.0"),
                plumbline(LOG, "\"log\": \"{item.id} {total}\""),
                datadog(LOG, TEMPLATE + "false"),
                plumbline(SNAPSHOT, "\"snapshot\": true"),
                datadog(SNAPSHOT, TEMPLATE + "true"),
                plumbline("log of two values" + PACED, "\"log\": \"{item.id} {total}\", " + ALL),
                datadog("log of two values" + PACED, TEMPLATE + "false, " + UNCAPPED),
                plumbline("snapshot" + PACED, "\"snapshot\": true, " + ALL),
                datadog("snapshot" + PACED, TEMPLATE + "true, " + UNCAPPED));
    }

    private Row plumbline(String probe, String action) {
        return new Row("Plumbline", probe, false, () -> new Plumbline(kafka, api, action));
    }

    private Row datadog(String probe, String members) {
        return new Row(
                "Datadog " + DATADOG.version(),
                probe,
                true,
                () -> new Datadog(folder.resolve(DATADOG.fileName()), folder.resolve("datadog.json"), members));
    }

    private Row byteman(String probe, String condition) {
        return new Row(
                "Byteman " + BYTEMAN.version() + ", compiled",
                probe,
                true,
                () -> new Byteman(folder.resolve(BYTEMAN.fileName()), folder.resolve("byteman.btm"), condition));
    }

    private Measured measure(Row row) throws IOException, InterruptedException {
        try (Peer peer = row.maker.make()) {
            Measured measured = measure(peer, row.pace());
            if (row.isCostly && measured.nanos < LEAST_NANOS) {
                throw new IOException(
                        row.tool + " did not see its line: " + row.probe + " cost " + measured.nanos + " ns");
            }
            return measured;
        }
    }

    private Measured measure(Peer peer, int pace) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(InsideJvm.javaHome().resolve("bin/java").toString(), "-Xms512m", "-Xmx512m", "-XX:+UseG1GC"));
        command.addAll(peer.options());
        command.addAll(
                List.of("-cp", InsideJvm.classes().toString(), PeerProgram.class.getName(), Integer.toString(pace)));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("program.err").toFile())
                .start();
        try (BufferedReader out = process.inputReader();
                Writer in = process.outputWriter()) {
            await(out, "ready");
            peer.awaitProbe();
            in.write("go\n");
            in.flush();
            String[] parts = await(out, "measured").split(" ");
            return new Measured(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    /** The next line that begins with a word; tools print lines of their own. */
    private String await(BufferedReader out, String word) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(word)) {
                return line;
            }
        }
        throw new IOException("the program ended early; what it said is in " + folder.resolve("program.err"));
    }

    private static String page(Map<Row, List<Measured>> measured, String load) throws IOException {
        StringBuilder page = new StringBuilder("""
                # Beside other tools

                Generated by `benchmarks/peers/run`; do not edit. The same line of the same program, called in a loop by one
                thread and surrounded by some nanoseconds of work, each tool with its own agent in a JVM of its own. *ns* and *B* are
                what a pass takes and allocates on that thread more than one of a twin without a probe, which runs in turn with
                it: the median of %d JVMs, least and greatest. Where each hit is taken, the line comes two hundred times a second
                and each pass is timed for itself: the program's code and the tool's are cold then. Plumbline's agent talks to a
                real broker, Datadog's to a stand-in that accepts everything. *None* shows the error of the measurement.

                - commit: %s
                - date: %s
                - machine: %s, load before %s
                - JDK: %s

                | probe | tool | ns | B |
                |---|---|--:|--:|
                """.formatted(
                        ROUNDS,
                        Machine.commit(),
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.describe(),
                        load,
                        InsideJvm.version(InsideJvm.javaHome())));
        measured.forEach((row, rounds) -> page.append(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.0f |%n",
                row.probe,
                row.tool,
                spread(rounds, Measured::nanos),
                sorted(rounds, Measured::bytes)[rounds.size() / 2])));
        return page.toString();
    }

    private static String spread(List<Measured> rounds, ToDoubleFunction<Measured> what) {
        double[] sorted = sorted(rounds, what);
        return String.format(
                Locale.ROOT, "%.1f (%.1f … %.1f)", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    private static double[] sorted(List<Measured> rounds, ToDoubleFunction<Measured> what) {
        double[] values = rounds.stream().mapToDouble(what).toArray();
        Arrays.sort(values);
        return values;
    }
}
