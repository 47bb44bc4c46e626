package io.plumbline.config.wire;

/** The topics that agents and pipeline meet in, and what their keys are. */
public final class Topics {
    /**
     * Probe definitions. Compacted, one partition (total order). Key: probe id; a tombstone removes it. Beside them the
     * switch, under {@link #SWITCH_KEY}, and how far rollouts have come, under {@link RolloutStage#key}. Signed by the control plane, in the headers ({@code Seal}).
     */
    public static final String PROBES = "plumbline_probes";

    /** What agents are there. Compacted. Key: instance id. */
    public static final String INSTANCES = "plumbline_instances";

    /** How each probe does on each instance. Compacted. Key: {@link ProbeReport#key}. */
    public static final String STATUS = "plumbline_status";

    /** How exporters do, in every process that runs some. Compacted. Key: {@link ExporterReport#key}. Agents never read it. */
    public static final String EXPORTERS = "plumbline_exporters";

    /** Questions to agents, signed as {@link #PROBES} are. One partition, kept for minutes. Key: request id. */
    public static final String REQUESTS = "plumbline_requests";

    /** Agents' answers. One partition, kept for minutes. Key: request id. */
    public static final String REPLIES = "plumbline_replies";

    /**
     * Who may emit how many hits, where all instances together have a limit. One partition, as the order decides; compacted
     * after a day at the earliest, deleted after the longest life of a probe. Key and value: {@link HitClaim}.
     */
    public static final String CLAIMS = "plumbline_claims";

    /** Log signals, OTLP {@code LogsData}. */
    public static final String LOGS = "otlp_logs";

    /** Metric signals, OTLP {@code MetricsData}, cumulative. Key: one for each producer, so that no series is in two partitions. */
    public static final String METRICS = "otlp_metrics";

    /** Span signals, OTLP {@code TracesData}. */
    public static final String SPANS = "otlp_spans";

    /**
     * Hits of points that are paired in the pipeline, and hops between services, as OTLP {@code LogsData}; see {@link
     * PointAttributes}. Key: {@link PointAttributes#bucket}, so that all hits of one request are in one partition, in the order in
     * which each instance had them.
     */
    public static final String POINTS = "plumbline_points";

    /** Signals that an exporter could not deliver, one a record, with a {@link DeadLetter} in the headers. Agents never read it. */
    public static final String DEAD_LETTERS = "plumbline_deadletters";

    /**
     * Dead letters on their way to their exporter again: the signal alone, with the letter's headers. Every exporter reads it and
     * passes over what names another one. Key: the letter's id.
     */
    public static final String REPLAY = "plumbline_replay";

    /** Which dead letters were sent again. Kept for longer than they are. Value: a {@link ReplayedIds}. */
    public static final String REPLAYED = "plumbline_replayed";

    /**
     * API tokens: hashes, roles, bounds. Compacted, signed as {@link #PROBES} are. For control planes only. Key: the token's name.
     */
    public static final String TOKENS = "plumbline_tokens";

    /**
     * Probes that wait for somebody's approval, and what became of those that did. Compacted, signed as {@link #PROBES} are. Agents never read it, so no
     * agent runs what is in it. Key: the probe's id.
     */
    public static final String APPROVALS = "plumbline_approvals";

    /**
     * Sessions of assistants and which probes end with them. Compacted, a day at most, signed as {@link #PROBES} are. For control planes only. Key:
     * the lease's id.
     */
    public static final String LEASES = "plumbline_leases";

    /**
     * What people have shared: signals as they were seen, with their probe. Compacted, kept until removed, signed as {@link #PROBES} are. For control
     * planes only. Key: the share's id.
     */
    public static final String SHARES = "plumbline_shares";

    /**
     * Who changed what, and who tried to and was refused, as JSON; signed as {@link #PROBES} are. One partition, kept for more than a year. For
     * control planes only. Key: one of its own for each.
     */
    public static final String AUDIT = "plumbline_audit";

    /** The key in {@link #PROBES} of the switch; its value is a {@link Switch}. No probe can have this id. */
    public static final String SWITCH_KEY = "#switch";

    private Topics() {}
}
