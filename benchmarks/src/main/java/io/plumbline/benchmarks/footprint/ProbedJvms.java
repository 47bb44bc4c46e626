package io.plumbline.benchmarks.footprint;

import io.plumbline.benchmarks.fleet.FleetApi;
import io.plumbline.benchmarks.inside.InsideJvm;
import io.plumbline.pipeline.control.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What probes take that nothing hits: a program without any, with many, and with many of which one is hit all the time. */
final class ProbedJvms {
    static final int PROBES = 200;

    private static final List<String> METHODS = List.of("quietA", "quietB", "quietC", "quietD");

    /** Longer than it takes an agent to find out that a probe, just set, is not hit. */
    private static final long SETTLE_MILLIS = 40_000;

    private final Path folder;
    private final Path agent;
    private final String brokers;

    /**
     * @param folder of the control plane
     * @param agent the agent's jar
     */
    ProbedJvms(Path folder, Path agent, String brokers) {
        this.folder = folder;
        this.agent = agent;
        this.brokers = brokers;
    }

    /** Measures each, by name. */
    Map<String, Idle> idle() throws IOException, InterruptedException {
        Map<String, Idle> idle = new LinkedHashMap<>();
        Map<String, Object> kafka = Map.of("bootstrap.servers", brokers);
        try (ControlPlane control = ControlPlane.start(Files.createDirectories(folder), 0, kafka, List::of)) {
            FleetApi api = new FleetApi(control.address());
            idle.put("no probe", jvm().idle("quiet", SETTLE_MILLIS));
            idle.put("no probe, one method called", jvm().idle("hot", SETTLE_MILLIS));
            api.set(probes("count", "\"hits\""));
            idle.put(PROBES + " counters, none hit", jvm().idle("quiet", SETTLE_MILLIS));
            idle.put(PROBES + " counters, one hit", jvm().idle("hot", SETTLE_MILLIS));
            api.set(probes("log", "\"here\""));
            idle.put(PROBES + " log probes, none hit", jvm().idle("quiet", SETTLE_MILLIS));
        }
        return idle;
    }

    private MeasuredJvm jvm() {
        List<String> options = List.of("-javaagent:" + agent + "=kafka=" + brokers);
        return new MeasuredJvm(InsideJvm.javaHome(), InsideJvm.classes(), ProbedProgram.class, options);
    }

    private static String probes(String action, String what) {
        return IntStream.range(0, PROBES)
                .mapToObj(i -> "{\"id\": \"idle-%d\", \"at\": \"%s#%s:entry\", \"%s\": %s}"
                        .formatted(
                                i,
                                ProbedProgram.class.getName(),
                                i == 0 ? "hot" : METHODS.get(i % METHODS.size()),
                                action,
                                what))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
