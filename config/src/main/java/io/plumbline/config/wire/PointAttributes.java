package io.plumbline.config.wire;

/**
 * What the records of {@link Topics#POINTS} say beside what every log record says: who ({@link SignalAttributes#PROBE_ID} and
 * version), the trace and span that were current, the thread, the code's place, the wall clock's time, and {@link
 * SignalAttributes#VALUES} for the attributes that the point asks for.
 */
public final class PointAttributes {
    /** The event name of a hit of a point. */
    public static final String EVENT_POINT = "plumbline.point";

    /** The event name of one side of a call between two services: a client's or a server's span that has ended. */
    public static final String EVENT_HOP = "plumbline.hop";

    /** On a hit: the point's name. */
    public static final String POINT = "plumbline.point.name";

    /** On a hit: what tells the request apart, as text. The trace id where the probe goes by trace. */
    public static final String KEY = "plumbline.point.key";

    /** On hits and hops: nanoseconds of the host's monotonic clock, {@code System.nanoTime}. */
    public static final String MONOTONIC = "plumbline.clock.monotonic";

    /**
     * On hits and hops: which monotonic clock that is. Equal on instances whose monotonic clocks are one, which is those of one host
     * since its last start; there a difference of {@link #MONOTONIC} is exact.
     */
    public static final String CLOCK = "plumbline.clock.id";

    /**
     * On a hit: one request in so many is taken there, by {@link #isTaken}; absent for 1. A power of two, so that what is taken with a
     * larger one is taken with a smaller one too.
     */
    public static final String EVERY = "plumbline.point.every";

    /** On a hop: {@code client} or {@code server}. */
    public static final String HOP_SIDE = "plumbline.hop.side";

    /** On a hop: the id of the client's span, which both sides know. */
    public static final String HOP_SPAN = "plumbline.hop.span";

    /** On a hop: when that side's span began, in nanoseconds since the epoch by its own wall clock. */
    public static final String HOP_START = "plumbline.hop.start";

    /** On a hop: when that side's span ended, likewise. */
    public static final String HOP_END = "plumbline.hop.end";

    /** On a hop: by how many nanoseconds the two times may be off, beside those of the hits of the same instance. */
    public static final String HOP_ERROR = "plumbline.hop.error";

    /** How many keys {@link Topics#POINTS} has: as many partitions can be of use. */
    public static final int BUCKETS = 64;

    private PointAttributes() {}

    /** The key in {@link Topics#POINTS} of a request: a number below {@link #BUCKETS} as text. */
    public static String bucket(String requestKey) {
        return Integer.toString((int) (hash(requestKey) >>> 32) & (BUCKETS - 1));
    }

    /** Whether a request is taken where one in {@code every} is; the same everywhere. */
    public static boolean isTaken(String requestKey, int every) {
        return every <= 1 || (hash(requestKey) & (Integer.highestOneBit(every) - 1)) == 0;
    }

    /** FNV-1a over the text's characters, its bits spread by the finisher of SplitMix64; the same in every JVM. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
