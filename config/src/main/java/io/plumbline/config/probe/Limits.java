package io.plumbline.config.probe;

/**
 * How much a probe may do on one instance.
 *
 * @param perSecond hits taken in any second; {@link #UNSET} means {@link #DEFAULT_LOGS_PER_SECOND} for log records,
 *     {@link #DEFAULT_SNAPSHOTS_PER_SECOND} for snapshots and exceptions, and no cap for metrics, which are summed in the
 *     agent
 * @param hits hits that emit before the probe expires; 0 for no limit
 * @param series label combinations of one metric; further ones share one series whose labels read {@link #OVERFLOW}
 */
public record Limits(int perSecond, long hits, int series) {
    public static final int UNSET = 0;
    public static final int DEFAULT_LOGS_PER_SECOND = 1_000;
    public static final int DEFAULT_SNAPSHOTS_PER_SECOND = 100;
    public static final int DEFAULT_SERIES = 1_000;
    public static final int MAX_PER_SECOND = 10_000_000;
    public static final int MAX_SERIES = 10_000;

    /** The value of every label of the series that takes what is over the cap. */
    public static final String OVERFLOW = "__overflow__";

    public static final Limits DEFAULT = new Limits(UNSET, 0, DEFAULT_SERIES);

    public Limits {
        require(perSecond >= 0 && perSecond <= MAX_PER_SECOND, "limits.per-second", perSecond);
        require(hits >= 0, "limits.hits", hits);
        require(series >= 1 && series <= MAX_SERIES, "limits.series", series);
    }

    private static void require(boolean holds, String key, long value) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is out of range: " + value);
        }
    }
}
