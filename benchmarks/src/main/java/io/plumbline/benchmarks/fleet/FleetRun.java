package io.plumbline.benchmarks.fleet;

import io.plumbline.benchmarks.Machine;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.ControlPlane;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts a broker, a control plane and a fleet of simulated instances, sets probes through the API, and writes how long it
 * took until all instances had said that they have them; then sets many at once and looks at them.
 */
public final class FleetRun {
    private static final int INSTANCES = Integer.getInteger("fleet.instances", 1_000);
    private static final int JVMS = Integer.getInteger("fleet.jvms", 4);
    private static final int ROUNDS = Integer.getInteger("fleet.rounds", 15);
    private static final int WARM_UPS = Integer.getInteger("fleet.warm-ups", 15);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PROBES = Integer.getInteger("fleet.probes", 200);
    private static final int MANY_ROUNDS = 4;

    /** From how small a part of the probes on they are set for all instances; doubled each time. */
    private static final int MANY_STEPS = 8;

    private static final long REST_MILLIS = 2_000;
    private static final long LOOK_MILLIS = 20;

    private FleetRun() {}

    /**
     * @param args where to write the page, and a folder for what is made on the way
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 2) {
            throw new IllegalArgumentException("two arguments are needed: the page and a folder");
        }
        Path folder = Files.createDirectories(Path.of(args[1]));
        Map<String, String> facts = facts();
        List<Process> jvms = new ArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.startFresh(folder.resolve("broker"), 0)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.address());
            PipelineTopics.ensure(kafka);
            ControlPlane control = ControlPlane.start(folder, 0, kafka, List::of);
            try (control;
                    StatusWatch watch = new StatusWatch(broker.address())) {
                FleetApi api = new FleetApi(control.address());
                for (int i = 0; i < JVMS; i++) {
                    jvms.add(fleet(broker.address(), INSTANCES * i / JVMS, INSTANCES * (i + 1) / JVMS));
                }
                awaitAlive(api);
                List<FleetPage.Round> rounds = rounds(api, watch);
                List<ManyAtOnce.Taken> many = many(api, new ManyAtOnce(broker.address(), jvms));
                FleetPage.Standing standing = new FleetBoard(INSTANCES, folder, kafka).run(control);
                Files.writeString(Path.of(args[0]), FleetPage.markdown(facts, rounds, many, standing));
            } finally {
                jvms.forEach(Process::destroyForcibly);
            }
        }
        System.err.println("written: " + args[0]);
    }

    private static Process fleet(String brokers, int from, int to) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx2g",
                        "-Xss256k",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatedInstances.class.getName(),
                        brokers,
                        Integer.toString(from),
                        Integer.toString(to - from))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitAlive(FleetApi api) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int alive = 0; alive < INSTANCES; alive = api.alive()) {
            System.err.println("instances that report: " + alive + " of " + INSTANCES);
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not all instances report within " + PATIENCE);
            }
            Thread.sleep(REST_MILLIS);
        }
    }

    private static List<FleetPage.Round> rounds(FleetApi api, StatusWatch watch)
            throws IOException, InterruptedException {
        List<FleetPage.Round> rounds = new ArrayList<>();
        for (int i = 0; i < WARM_UPS + ROUNDS; i++) {
            Thread.sleep(REST_MILLIS);
            FleetPage.Round round = round("probe-" + i, api, watch);
            System.err.println("round " + i + ": " + round);
            if (i >= WARM_UPS) {
                rounds.add(round);
            }
        }
        return rounds;
    }

    /** For a tenth of the instances each, some times; then for all, more and more, as far as it goes. */
    private static List<ManyAtOnce.Taken> many(FleetApi api, ManyAtOnce many) throws IOException, InterruptedException {
        List<ManyAtOnce.Taken> taken = new ArrayList<>();
        for (int i = 0; i < MANY_ROUNDS; i++) {
            Thread.sleep(REST_MILLIS);
            ManyAtOnce.Taken one = many.run(api, "tenth-" + i + "-", PROBES, "{\"percent\": \"10%\"}");
            System.err.println(one);
            if (i > 0) { // the first warms up
                taken.add(one);
            }
        }
        try {
            for (int probes = PROBES / MANY_STEPS; probes <= PROBES; probes *= 2) {
                Thread.sleep(REST_MILLIS);
                taken.add(many.run(api, "all-" + probes + "-", probes, ""));
                System.err.println(taken.get(taken.size() - 1));
            }
        } catch (IOException | IllegalStateException e) {
            System.err.println("that was the largest number: " + e.getMessage());
        }
        return taken;
    }

    private static FleetPage.Round round(String id, FleetApi api, StatusWatch watch)
            throws IOException, InterruptedException {
        long from = System.nanoTime();
        api.set("{\"id\": \"%s\", \"at\": \"shop.Order:10\", \"log\": \"paid {amount}\"}".formatted(id));
        double answered = millis(from, System.nanoTime());
        List<Long> times = watch.installed(id, INSTANCES, PATIENCE);
        while (api.installed(id) < INSTANCES) {
            Thread.sleep(LOOK_MILLIS);
        }
        double shown = millis(from, System.nanoTime());
        api.remove(id);
        watch.gone(id, INSTANCES, PATIENCE);
        return new FleetPage.Round(
                answered,
                millis(from, times.get(0)),
                millis(from, times.get(INSTANCES / 2)),
                millis(from, times.get(INSTANCES - 1)),
                shown);
    }

    private static double millis(long from, long to) {
        return (to - from) / 1e6;
    }

    private static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("instances", INSTANCES + " in " + JVMS + " JVMs");
        facts.put("rounds", Integer.toString(ROUNDS));
        facts.put("machine", Machine.describe());
        facts.put("JDK", Machine.jdk());
        facts.put("commit", Machine.commit());
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("load of the machine before", Machine.load());
        return facts;
    }
}
