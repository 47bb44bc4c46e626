package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.signal.HistogramSignal;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.SumSignal;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import java.util.Map;

/**
 * The latest point of one series.
 *
 * @param attributes the original ones, by which two series that look alike to Prometheus are told apart
 * @param startTimeUnixNano 0 for gauges
 * @param arrivedNanos on the store's clock
 */
record Series(
        Map<String, Object> attributes,
        long startTimeUnixNano,
        long timeUnixNano,
        long arrivedNanos,
        DataPointSnapshot point) {

    static Series of(MetricSignal signal, DataPointSnapshot point, long nowNanos) {
        return new Series(signal.attributes(), startTime(signal), signal.timeUnixNano(), nowNanos, point);
    }

    /** A later start is a restart and wins whatever the times say; else the later point wins, and equals repeat. */
    boolean isOlderThan(Series other) {
        int byStart = Long.compare(startTimeUnixNano, other.startTimeUnixNano);
        return byStart != 0 ? byStart < 0 : timeUnixNano < other.timeUnixNano;
    }

    private static long startTime(MetricSignal signal) {
        if (signal instanceof SumSignal sum) {
            return sum.startTimeUnixNano();
        }
        return signal instanceof HistogramSignal histogram ? histogram.startTimeUnixNano() : 0;
    }
}
