package io.plumbline.exporters.signal;

import java.util.List;

/** One point of one series. Counters and histograms are cumulative, so a lost or repeated point heals itself. */
public sealed interface MetricSignal extends Signal
        permits SumSignal, GaugeSignal, HistogramSignal, ExponentialHistogramSignal {

    MetricInfo metric();

    /** Since when it counts, nanoseconds since 1970; 0 if unknown, and for gauges. A later start is a restart from zero. */
    default long startTimeUnixNano() {
        return 0;
    }

    /** Single measurements behind the point, with the traces they were made in. Mostly empty. */
    List<Exemplar> exemplars();

    @Override
    default SignalKind kind() {
        return SignalKind.METRIC;
    }
}
