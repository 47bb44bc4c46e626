package io.plumbline.benchmarks.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many probes, set in one request: until when the last instance has said that the last probe is in place, and whose processor time that
 * takes.
 *
 * <p>Threads: one.
 */
final class ManyAtOnce {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long REST_MILLIS = 2_000;

    private final String brokers;
    private final List<Process> simulated;

    /**
     * @param simulated the processes with the instances
     */
    ManyAtOnce(String brokers, List<Process> simulated) {
        this.brokers = brokers;
        this.simulated = List.copyOf(simulated);
    }

    /**
     * What it took.
     *
     * @param reports of an instance, that a probe is in place
     * @param answered milliseconds until the request was answered
     * @param last milliseconds until the last report was in the topic
     * @param simulatedCpu milliseconds of processor time of the instances meanwhile
     * @param ownCpu milliseconds of processor time of broker, control plane and what measures, meanwhile
     */
    record Taken(int probes, int reports, double answered, double last, double simulatedCpu, double ownCpu) {}

    /**
     * Sets probes, and removes them.
     *
     * @param ids how their ids begin
     * @param on whom each is for, as JSON; empty for everybody
     */
    Taken run(FleetApi api, String ids, int probes, String on) throws IOException, InterruptedException {
        try (Acknowledgements seen = new Acknowledgements(brokers, ids)) {
            try {
                return set(api, ids, probes, on, seen);
            } finally {
                remove(api, ids);
                seen.await(0, PATIENCE);
            }
        }
    }

    /** A broker that has just been told very much may need a moment. */
    private static void remove(FleetApi api, String ids) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (FleetApi.sum(api.get("/probes"), "\"summary\":{\"instances\"") > 0) {
            try {
                api.removeTagged(ids);
            } catch (IOException e) {
                System.err.println("removing once more: " + e.getMessage());
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(REST_MILLIS);
            }
        }
    }

    private Taken set(FleetApi api, String ids, int probes, String on, Acknowledgements seen)
            throws IOException, InterruptedException {
        double simulatedBefore = simulatedCpu();
        double ownBefore = millis(ProcessHandle.current());
        long from = System.nanoTime();
        api.set(definitions(ids, probes, on));
        double answered = (System.nanoTime() - from) / 1e6;
        int reports = (int) FleetApi.sum(api.get("/probes?tag=" + ids), "\"summary\":{\"instances\"");
        seen.await(reports, PATIENCE);
        double last = (seen.lastNanos() - from) / 1e6;
        return new Taken(
                probes,
                reports,
                answered,
                last,
                simulatedCpu() - simulatedBefore,
                millis(ProcessHandle.current()) - ownBefore);
    }

    private double simulatedCpu() {
        return simulated.stream().mapToDouble(each -> millis(each.toHandle())).sum();
    }

    private static double millis(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    /** As JSON; tagged with how their ids begin. */
    static String definitions(String ids, int probes, String on) {
        return IntStream.range(0, probes)
                .mapToObj(i ->
                        "{\"id\": \"%s%d\", \"at\": \"shop.Order:%d\", \"log\": \"paid {amount}\", \"tags\": [\"%s\"]%s}"
                                .formatted(ids, i, i + 1, ids, on.isEmpty() ? "" : ", \"on\": " + on))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
