package io.plumbline.agent.capture.gate;

import io.plumbline.config.probe.Limits;
import io.plumbline.config.probe.Percent;
import io.plumbline.config.settings.Settings;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the deployment lets probes cost. Where a probe asks for more than the ceiling, the ceiling wins.
 *
 * @param probeCpu of a probe that says nothing, in percent of one core
 * @param maxProbeCpu of any probe, in percent of one core
 * @param processCpu of all probes of this process together, in percent of one core
 * @param maxPerSecond records of any probe in a second
 * @param processPerSecond records of all probes of this process in a second
 * @param bufferRecords records that may wait for the agent's thread, a power of two; some 250 bytes each
 */
public record Budgets(
        double probeCpu,
        double maxProbeCpu,
        double processCpu,
        int maxPerSecond,
        int processPerSecond,
        int bufferRecords) {
    public static final Budgets DEFAULT = new Budgets(1, 5, 2, 10_000, 20_000);

    /** Two hundred thousand records a second leave 20 ms between two drains; and it fits in a core's cache. */
    private static final int BUFFER_RECORDS = 4_096;

    private static final int MAX_BUFFER_RECORDS = 1 << 18;

    /** All names of settings. */
    public static final List<String> KEYS = Stream.of(
                    "probe-cpu",
                    "max-probe-cpu",
                    "process-cpu",
                    "max-per-second",
                    "process-per-second",
                    "buffer-records")
            .map(key -> "plumbline.budget." + key)
            .toList();

    /** A hundred cores. */
    private static final double MAX_PERCENT = 10_000;

    /** With a buffer as usual. */
    public Budgets(double probeCpu, double maxProbeCpu, double processCpu, int maxPerSecond, int processPerSecond) {
        this(probeCpu, maxProbeCpu, processCpu, maxPerSecond, processPerSecond, BUFFER_RECORDS);
    }

    /** Reads {@code plumbline.budget.…}. */
    public static Budgets read(Settings settings) {
        return new Budgets(
                percent(settings, "probe-cpu", DEFAULT.probeCpu),
                percent(settings, "max-probe-cpu", DEFAULT.maxProbeCpu),
                percent(settings, "process-cpu", DEFAULT.processCpu),
                count(settings, "max-per-second", DEFAULT.maxPerSecond),
                count(settings, "process-per-second", DEFAULT.processPerSecond),
                bufferRecords(settings));
    }

    private static double percent(Settings settings, String key, double otherwise) {
        return settings.text("plumbline.budget." + key)
                .map(text -> {
                    try {
                        return Percent.parse(text, MAX_PERCENT);
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException("plumbline.budget." + key + ": " + e.getMessage(), e);
                    }
                })
                .orElse(otherwise);
    }

    private static int count(Settings settings, String key, int otherwise) {
        return settings.integer("plumbline.budget." + key, otherwise, 1, Limits.MAX_PER_SECOND);
    }

    /** What is no power of two becomes the next one above it. */
    private static int bufferRecords(Settings settings) {
        int wanted =
                settings.integer("plumbline.budget.buffer-records", BUFFER_RECORDS, BUFFER_RECORDS, MAX_BUFFER_RECORDS);
        return Integer.highestOneBit(wanted - 1) << 1;
    }

    /** The same, with a buffer for so many records, a power of two. */
    public Budgets withBuffer(int records) {
        return new Budgets(probeCpu, maxProbeCpu, processCpu, maxPerSecond, processPerSecond, records);
    }

    /** The share of one core that a probe may have, 0 to 1. */
    double share(Limits limits) {
        double asked = limits.cpu() == Limits.UNSET ? probeCpu : limits.cpu();
        return Math.min(asked, maxProbeCpu) / 100;
    }

    /** The share of one core that all probes may have together. */
    double processShare() {
        return processCpu / 100;
    }

    /** Hits a second that a probe with a cap of its own may take. */
    int perSecond(Limits limits) {
        return Math.min(limits.perSecond(), maxPerSecond);
    }
}
