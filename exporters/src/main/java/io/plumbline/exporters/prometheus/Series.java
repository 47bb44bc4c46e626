package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.Source;
import io.plumbline.exporters.signal.MetricSignal;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import java.util.Map;

/**
 * The latest point of one series.
 *
 * @param attributes the original ones, by which two series that look alike to Prometheus are told apart
 * @param startTimeUnixNano 0 for gauges
 * @param source where it came from
 * @param arrivedNanos on the store's clock
 */
record Series(
        Map<String, Object> attributes,
        long startTimeUnixNano,
        long timeUnixNano,
        Source source,
        long arrivedNanos,
        DataPointSnapshot point) {

    static Series of(MetricSignal signal, Source source, DataPointSnapshot point, long nowNanos) {
        return new Series(
                signal.attributes(), signal.startTimeUnixNano(), signal.timeUnixNano(), source, nowNanos, point);
    }

    /** A later start is a restart and wins whatever the times say; else the later point wins, and equals repeat. */
    boolean isOlderThan(Series other) {
        int byStart = Long.compare(startTimeUnixNano, other.startTimeUnixNano);
        return byStart != 0 ? byStart < 0 : timeUnixNano < other.timeUnixNano;
    }
}
