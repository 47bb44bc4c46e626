package io.plumbline.config.probe;

import java.util.Objects;

/**
 * How much a probe may do on one instance.
 *
 * @param perSecond hits taken in any second; {@link #UNSET} means {@link #DEFAULT_LOGS_PER_SECOND} for log records, {@link
 *     #DEFAULT_POINTS_PER_SECOND} for points of spans,
 *     {@link #DEFAULT_SNAPSHOTS_PER_SECOND} for snapshots and exceptions, and no cap for metrics, which are summed in the
 *     agent
 * @param hits hits that emit before the probe expires; 0 for no limit
 * @param series label combinations of one metric; further ones share one series whose labels read {@link #OVERFLOW}
 * @param cpu time on the application's threads, in percent of one core; {@link #UNSET} means the deployment's default. The
 *     deployment's ceiling wins
 * @param overBudget what happens when the hits come to more than {@code perSecond} or {@code cpu}
 * @param fleetHits hits that emit on all instances together before the probe expires; 0 for no limit
 */
public record Limits(int perSecond, long hits, int series, double cpu, OverBudget overBudget, long fleetHits) {
    public static final int UNSET = 0;
    public static final int DEFAULT_LOGS_PER_SECOND = 1_000;
    public static final int DEFAULT_SNAPSHOTS_PER_SECOND = 100;

    /** Hits of one point of a span probe. */
    public static final int DEFAULT_POINTS_PER_SECOND = 5_000;

    public static final int DEFAULT_SERIES = 1_000;
    public static final int MAX_PER_SECOND = 10_000_000;
    public static final int MAX_SERIES = 10_000;
    public static final int MAX_FLEET_HITS = 100_000;

    /** One core and all of it. */
    public static final double MAX_CPU = 100;

    /** The value of every label of the series that takes what is over the cap. */
    public static final String OVERFLOW = "__overflow__";

    public static final Limits DEFAULT = new Limits(UNSET, 0, DEFAULT_SERIES, UNSET, OverBudget.SAMPLE, 0);

    /** What a probe does that would cost more than it may. */
    public enum OverBudget {
        /** Takes one hit in n, and every signal says how many it stands for. */
        SAMPLE,
        /** Stops, and says so. */
        DISABLE
    }

    public Limits {
        Objects.requireNonNull(overBudget, "overBudget");
        require(perSecond >= 0 && perSecond <= MAX_PER_SECOND, "limits.per-second", perSecond);
        require(hits >= 0, "limits.hits", hits);
        require(series >= 1 && series <= MAX_SERIES, "limits.series", series);
        require(cpu >= 0 && cpu <= MAX_CPU, "limits.cpu", cpu);
        require(fleetHits >= 0 && fleetHits <= MAX_FLEET_HITS, "limits.fleet-hits", fleetHits);
    }

    /** The same but for the hits on one instance. */
    public Limits withHits(long changed) {
        return new Limits(perSecond, changed, series, cpu, overBudget, fleetHits);
    }

    private static void require(boolean holds, String key, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is out of range: " + value);
        }
    }
}
