package io.plumbline.agent.capture;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.plumbline.agent.capture.beside.OwnSeries;
import java.util.List;

/**
 * The number behind one time series. Written by application threads without locks, read by the agent's thread, which sees
 * every write that ended before and perhaps some that go on.
 */
abstract class Cell {
    private final TraceReader traces;
    private final AnchoredClock clock;
    private final Instrument instrument;

    /** Set by the agent's thread once per collection, cleared by the first hit that leaves an exemplar. */
    private volatile boolean wantsExemplar = true;

    /** The last exemplar; taken away by the collection. */
    private volatile ExemplarData exemplar;

    /** The value of the last example, whether or not a trace belongs to it. */
    private volatile double exampleValue;

    Cell(TraceReader traces, AnchoredClock clock, Instrument instrument) {
        this.traces = traces;
        this.clock = clock;
        this.instrument = instrument;
    }

    /** An example of a value with the trace it belongs to. */
    record ExemplarData(double value, String traceId, String spanId, long epochNanos) {}

    /**
     * @param weight how often the value came
     */
    abstract void add(long value, long weight);

    /**
     * @param weight how often the value came
     */
    abstract void add(double value, long weight);

    /** Whether the value differs from the one that was collected last. */
    abstract boolean isChanged();

    /** Keeps one example for each collection, so its price is paid once an interval. */
    final void example(double value) {
        if (wantsExemplar) {
            wantsExemplar = false;
            exampleValue = value;
            instrument.exampleOf(this);
            Object context = traces.current();
            if (context != null) {
                exemplar =
                        new ExemplarData(value, traces.traceId(context), traces.spanId(context), clock.nowEpochNanos());
            }
        }
    }

    /** Adds the value of the last example so many times more. Not on an application's thread. */
    final void repeatExample(long weight) {
        add(exampleValue, weight);
    }

    /** The example since the last call, and a wish for another. */
    final List<DoubleExemplarData> takeExemplars() {
        ExemplarData taken = exemplar;
        exemplar = null;
        wantsExemplar = true;
        return taken == null ? List.of() : List.of(Points.exemplar(taken));
    }

    /**
     * The labels of a series together with its cell.
     *
     * @param labelValues as text, in the order of the definition
     */
    record Labelled(Attributes labels, List<String> labelValues, Cell cell) implements OwnSeries {
        @Override
        public double value() {
            return cell instanceof SumCell sum ? sum.sum() : cell instanceof GaugeCell gauge ? gauge.last() : 0;
        }

        @Override
        public Buckets buckets() {
            HistogramCell histogram = (HistogramCell) cell;
            return new Buckets(histogram.counts(), histogram.sum());
        }

        @Override
        public long takeValues(Values out) {
            return cell instanceof HistogramCell histogram ? histogram.takeValues(out) : 0;
        }

        /** Series are told apart by their cells. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Labelled labelled && labelled.cell == cell;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(cell);
        }
    }
}
