package io.plumbline.config.probe;

import java.time.Duration;
import java.util.Objects;

/**
 * How a probe comes to its instances: to a few, then to a share, then to all, and back from all when it does harm.
 *
 * @param first instances at the beginning
 * @param then share of the instances that follow, in percent
 * @param pause how long the probe has to be in place, without harm, before it goes on
 * @param maxCost what the probe may cost on an instance, in percent of a core
 * @param maxCpu by how much the process's CPU time may rise against before, in percent of a core
 */
public record Rollout(int first, double then, Duration pause, double maxCost, double maxCpu) {
    public static final int MAX_FIRST = 1_000;
    public static final double MAX_THEN = 100;
    public static final double MAX_COST = 100;

    /** Of all cores of a large machine. */
    public static final double MAX_CPU = 900;

    public static final Duration MAX_PAUSE = Duration.ofHours(1);

    /** What {@code rollout: guarded} stands for. */
    public static final Rollout GUARDED = new Rollout(1, 25, Duration.ofSeconds(10), 1, 20);

    public Rollout {
        Objects.requireNonNull(pause, "pause");
        require(first >= 1 && first <= MAX_FIRST, "rollout.first", first);
        require(then > 0 && then <= MAX_THEN, "rollout.then", then);
        require(pause.compareTo(MAX_PAUSE) <= 0, "rollout.wait", pause);
        require(maxCost > 0 && maxCost <= MAX_COST, "rollout.max-cost", maxCost);
        require(maxCpu > 0 && maxCpu <= MAX_CPU, "rollout.max-cpu", maxCpu);
    }

    private static void require(boolean holds, String key, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is out of range: " + value);
        }
    }
}
