package io.plumbline.agent.capture;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.plumbline.agent.capture.beside.OwnMetric;
import io.plumbline.agent.capture.gate.Losses;
import io.plumbline.agent.capture.gate.Meter;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Limits;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.wire.SignalAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The metric of one action of a probe: all its series, under the cap on label combinations. What is over the cap goes
 * into one series whose labels read {@link Limits#OVERFLOW}. Lives on when the probe changes and the action does not, so
 * the numbers go on too.
 */
final class Instrument implements OwnMetric {
    /** A histogram's point with 200 buckets takes 4 KB. */
    static final int MAX_POINTS = 200;

    private final Probe probe;
    private final Action.Metric metric;
    private final int maxSeries;
    private final List<String> labelNames;
    private final TraceReader traces;
    private final AnchoredClock clock;
    private final Points points;
    private final Redaction redaction;
    private final long startEpochNanos;
    private final double[] bounds;
    private final AtomicInteger seriesCount = new AtomicInteger();
    private final AtomicInteger branchCount = new AtomicInteger();
    private final Queue<Cell.Labelled> cells = new ConcurrentLinkedQueue<>();
    private final LongAdder nullValues = new LongAdder();
    private final LongAdder negativeValues = new LongAdder();
    private final LongAdder infiniteValues = new LongAdder();
    private final LongAdder overflowed = new LongAdder();
    private final LongAdder redacted = new LongAdder();

    // guarded by this
    private final Set<ClassLoader> loaders = Collections.newSetFromMap(new WeakHashMap<>());
    private boolean hasSiteInTheJdk;

    /** Whether single values of a histogram are kept; written by a thread of the agent's, read by hits that begin a series. */
    private volatile boolean keepsValues;

    /** The series that was given an example last; null before the first. Set by application threads. */
    private volatile Cell exemplary;

    private final SeriesNode overflow;
    private final SeriesNode root;

    Instrument(
            Probe probe,
            Action.Metric metric,
            int maxSeries,
            TraceReader traces,
            AnchoredClock clock,
            Points points,
            Redaction redaction) {
        this.redaction = redaction;
        this.points = points;
        this.probe = probe;
        this.metric = metric;
        this.maxSeries = maxSeries;
        this.labelNames = List.copyOf(metric.labels().keySet());
        this.traces = traces;
        this.clock = clock;
        this.startEpochNanos = clock.nowEpochNanos();
        this.keepsValues = metric.beside();
        this.bounds = metric instanceof Action.Histogram histogram
                ? histogram.bounds().stream().mapToDouble(Double::doubleValue).toArray()
                : new double[0];
        this.overflow = SeriesNode.overflow(this);
        this.root = SeriesNode.root(this);
    }

    SeriesNode root() {
        return root;
    }

    SeriesNode overflow() {
        return overflow;
    }

    int labelCount() {
        return labelNames.size();
    }

    boolean isCounter() {
        return metric instanceof Action.Count;
    }

    /**
     * What threads write by themselves.
     *
     * @param countsHits whether every hit of the probe counts one
     */
    InstrumentMeter meter(boolean countsHits) {
        Meter.Part part = Meter.Part.NONE;
        if (labelNames.isEmpty() && metric instanceof Action.Histogram && !metric.beside()) {
            part = Meter.Part.HISTOGRAM;
        } else if (labelNames.isEmpty() && isCounter()) {
            part = countsHits && metric.value().isEmpty() ? Meter.Part.HITS : Meter.Part.SUM;
        }
        return new InstrumentMeter(this, part);
    }

    @Override
    public Action.Metric definition() {
        return metric;
    }

    @Override
    public List<Cell.Labelled> series() {
        return List.copyOf(cells);
    }

    @Override
    public synchronized List<ClassLoader> loaders() {
        List<ClassLoader> known = new ArrayList<>(loaders);
        if (hasSiteInTheJdk) {
            known.add(null);
        }
        return known;
    }

    synchronized void seenFrom(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null) {
            hasSiteInTheJdk = true;
        } else if (metric.beside()) {
            loaders.add(loader);
        }
    }

    @Override
    public void keepValues(boolean keep) {
        keepsValues = keep;
        for (Cell.Labelled labelled : cells) {
            if (labelled.cell() instanceof HistogramCell histogram) {
                histogram.keepValues(keep);
            }
        }
    }

    Action.Metric metric() {
        return metric;
    }

    /** Takes the right to one more series. */
    boolean mayGrow() {
        return seriesCount.getAndUpdate(count -> Math.min(maxSeries, count + 1)) < maxSeries;
    }

    /** Takes the right to one more inner branch of the label tree; none without a series that it could lead to. */
    boolean mayBranch() {
        int max = maxSeries * labelNames.size();
        return seriesCount.get() < maxSeries && branchCount.getAndUpdate(count -> Math.min(max, count + 1)) < max;
    }

    /** The cell of a new series. */
    Cell newCell(List<String> labels) {
        Cell cell = metric instanceof Action.Count
                ? new SumCell(traces, clock, this)
                : metric instanceof Action.Gauge
                        ? new GaugeCell(traces, clock, this)
                        : new HistogramCell(bounds, traces, clock, this);
        if (keepsValues && cell instanceof HistogramCell histogram) {
            histogram.keepValues(true);
        }
        cells.add(new Cell.Labelled(attributes(labels), labels, cell));
        return cell;
    }

    /** A series was given an example. */
    void exampleOf(Cell cell) {
        exemplary = cell;
    }

    /** So many hits are as the last example was, for there is no later one that could stand for them. */
    void standIn(long hits) {
        Cell last = exemplary;
        if (last != null) {
            last.repeatExample(hits);
        }
    }

    private Attributes attributes(List<String> labels) {
        AttributesBuilder builder = Attributes.builder();
        for (int i = 0; i < labelNames.size(); i++) {
            builder.put(AttributeKey.stringKey(labelNames.get(i)), labels.get(i));
        }
        if (!probe.to().isAll()) {
            builder.put(AttributeKey.stringKey(SignalAttributes.TO), probe.to().text());
        }
        return builder.put(AttributeKey.stringKey(SignalAttributes.PROBE_ID), probe.wholeId())
                .build();
    }

    void valueIsNull() {
        nullValues.increment();
    }

    void valueIsNegative() {
        negativeValues.increment();
    }

    /** NaN or infinite, which no series can hold. */
    void valueIsNotFinite() {
        infiniteValues.increment();
    }

    /** Whether objects of this very class must not be read. */
    boolean hides(Class<?> type) {
        return redaction.hidesType(type);
    }

    /** A label as it may leave the process. */
    String clean(String label) {
        String clean = redaction.clean(label);
        if (!clean.equals(label)) {
            redacted.increment();
        }
        return clean;
    }

    void overflows() {
        overflowed.increment();
    }

    /**
     * The points to send, in parts of at most {@link #MAX_POINTS}, so that each fits into a Kafka record.
     *
     * @param all also those that have not changed since the last collection
     */
    List<MetricData> collect(boolean all) {
        List<Cell.Labelled> wanted = new ArrayList<>();
        for (Cell.Labelled labelled : cells) {
            boolean changed = labelled.cell().isChanged();
            boolean unset = labelled.cell() instanceof GaugeCell gauge && Double.isNaN(gauge.last());
            if ((changed || all) && !unset) {
                wanted.add(labelled);
            }
        }
        List<MetricData> parts = new ArrayList<>();
        long now = clock.nowEpochNanos();
        for (int from = 0; from < wanted.size(); from += MAX_POINTS) {
            List<Cell.Labelled> part = wanted.subList(from, Math.min(wanted.size(), from + MAX_POINTS));
            parts.add(points.metric(metric, startEpochNanos, now, part));
        }
        return parts;
    }

    void addDropped(Map<String, Long> counts) {
        Losses.put(counts, "null-value", nullValues);
        Losses.put(counts, "negative-value", negativeValues);
        Losses.put(counts, "not-finite-value", infiniteValues);
        Losses.put(counts, "overflow-label", overflowed);
        Losses.put(counts, "redacted", redacted);
    }
}
