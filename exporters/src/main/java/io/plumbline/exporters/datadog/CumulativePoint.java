package io.plumbline.exporters.datadog;

import io.plumbline.exporters.signal.HistogramSignal;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.SumSignal;
import java.util.List;
import java.util.Map;

/**
 * The state of a counter or histogram at a moment.
 *
 * @param source what it is to its producer, whose words may be written alike in Datadog
 * @param start since when it counts, nanoseconds since 1970, or 0 if unknown
 * @param time nanoseconds since 1970
 * @param bounds of a histogram's buckets; none for a counter
 * @param counts of each bucket; the one number of a counter
 * @param sum of a histogram's measurements, or NaN
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record CumulativePoint(Source source, long start, long time, List<Double> bounds, double[] counts, double sum) {

    /** A metric and its labels as the producer wrote them. */
    record Source(String metric, Map<String, Object> attributes) {
        static Source of(MetricSignal metric) {
            return new Source(metric.metric().name(), metric.attributes());
        }
    }

    static CumulativePoint of(SumSignal sum, long time) {
        double[] counts = {sum.value()};
        return new CumulativePoint(Source.of(sum), sum.startTimeUnixNano(), time, List.of(), counts, Double.NaN);
    }

    static CumulativePoint of(HistogramSignal histogram, long time) {
        double[] counts =
                histogram.bucketCounts().stream().mapToDouble(Long::doubleValue).toArray();
        return new CumulativePoint(
                Source.of(histogram),
                histogram.startTimeUnixNano(),
                time,
                histogram.bounds(),
                counts,
                Double.isFinite(histogram.sum()) ? histogram.sum() : Double.NaN);
    }

    /** Whether it tells something that the other, from the same series, does not. */
    boolean isNewerThan(CumulativePoint other) {
        return beganAfter(other) || (start >= other.start && time > other.time);
    }

    /** Whether its producer began to count anew since the other. */
    boolean beganAfter(CumulativePoint other) {
        return other.start != 0 && start > other.start;
    }

    boolean hasBoundsOf(CumulativePoint other) {
        return bounds.equals(other.bounds) && counts.length == other.counts.length;
    }

    /** Whether a count is smaller, which only one that began anew can be. Measurements may be negative, so their sum may fall. */
    boolean fellBelow(CumulativePoint other) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < other.counts[i]) {
                return true;
            }
        }
        return false;
    }

    double[] countsSince(CumulativePoint other) {
        double[] since = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            since[i] = counts[i] - other.counts[i];
        }
        return since;
    }
}
