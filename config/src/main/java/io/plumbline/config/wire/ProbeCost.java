package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a probe costs the program, and what it left out to cost no more.
 *
 * @param hits arrivals since the probe was set here, whether they emitted or not. Those at which a condition without calls was
 *     false are not counted: it would cost more than the condition
 * @param sampledOut of these, hits that another one's weight stands for
 * @param every one hit in so many is taken now; 1 for all
 * @param estimated of the hits, those that were not counted but reckoned from the rate around them, since counting alone
 *     would have cost more than the probe's budget
 * @param nanosPerHit mean time of a hit that is taken, in nanoseconds, with condition and capture; 0 until one was measured
 * @param share of one core's time over the last seconds, 0 to 1 and above
 * @param bytesPerSecond of signals on the wire over the last seconds
 */
public record ProbeCost(
        long hits,
        long sampledOut,
        long every,
        long estimated,
        double nanosPerHit,
        double share,
        double bytesPerSecond) {
    /** Nothing yet. */
    public static final ProbeCost NONE = new ProbeCost(0, 0, 1, 0, 0, 0, 0);

    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("hits", hits);
        map.put("sampledOut", sampledOut);
        map.put("every", every);
        map.put("estimated", estimated);
        map.put("nanosPerHit", rounded(nanosPerHit, 10));
        map.put("share", rounded(share, 1_000_000));
        map.put("bytesPerSecond", rounded(bytesPerSecond, 10));
        return map;
    }

    private static double rounded(double value, long parts) {
        return Math.round(value * parts) / (double) parts;
    }

    static ProbeCost parse(Node node) {
        Fields fields = Fields.free(node, "a cost");
        return new ProbeCost(
                ProbeReport.count(fields, "hits"),
                ProbeReport.count(fields, "sampledOut"),
                fields.integer("every", 1, Long.MAX_VALUE).orElse(1L),
                ProbeReport.count(fields, "estimated"),
                number(fields, "nanosPerHit"),
                number(fields, "share"),
                number(fields, "bytesPerSecond"));
    }

    private static double number(Fields fields, String key) {
        return fields.text(key).map(Double::parseDouble).orElse(0.0);
    }

    /** What two parts of one probe cost together. */
    public ProbeCost plus(ProbeCost other) {
        long all = hits + other.hits;
        return new ProbeCost(
                all,
                sampledOut + other.sampledOut,
                Math.max(every, other.every),
                estimated + other.estimated,
                all == 0 ? 0 : (nanosPerHit * hits + other.nanosPerHit * other.hits) / all,
                share + other.share,
                bytesPerSecond + other.bytesPerSecond);
    }

    /** What people want to know at any change: not the time, which is never twice the same. */
    public boolean isSameCount(ProbeCost other) {
        return hits == other.hits && sampledOut == other.sampledOut && every == other.every;
    }
}
