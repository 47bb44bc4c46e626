package io.plumbline.pipeline.pairing;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.Recipients;
import io.plumbline.config.wire.SignalAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The numbers of this process: durations from point to point, and hits that were waited behind in vain. Cumulative since its
 * start; each process has series of its own, which add up. Pairing thread only.
 */
final class Tally {
    /** Seconds: three to a decade, from ten microseconds to the longest that a hit is waited for. */
    private static final double[] BOUNDS = {
        1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
        30, 60, 300, 3600
    };

    private static final double NANOS_PER_SECOND = 1e9;

    /** Of this process; also the key of its metrics. */
    private final String instance = UUID.randomUUID().toString();

    private final long startNanos = System.currentTimeMillis() * 1_000_000L;
    private final io.opentelemetry.proto.resource.v1.Resource resource =
            io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                    .addAttributes(Otlp.attribute("service.name", "plumbline-pairing"))
                    .addAttributes(Otlp.attribute("service.instance.id", instance))
                    .build();
    private Map<Map<String, String>, Durations> durations = new LinkedHashMap<>();
    private Map<Map<String, String>, Long> unclosed = new LinkedHashMap<>();
    private final LostHits lost = new LostHits();

    private boolean changed;

    // as of the last commit
    private Map<Map<String, String>, Durations> keptDurations = Map.of();
    private Map<Map<String, String>, Long> keptUnclosed = Map.of();

    /** One series. */
    private static final class Durations {
        private final long[] buckets = new long[BOUNDS.length + 1];
        private long count;
        private double sum;
        /** Pairs of which nobody knows by how much their duration may be off. */
        private long unbounded;

        /** Encoded only when it is sent. */
        private Closed example;

        Durations copy() {
            Durations copy = new Durations();
            System.arraycopy(buckets, 0, copy.buckets, 0, buckets.length);
            copy.count = count;
            copy.sum = sum;
            copy.unbounded = unbounded;
            copy.example = example;
            return copy;
        }
    }

    void closed(Closed pair) {
        Durations series = durations.computeIfAbsent(
                labels(
                        pair.probe(),
                        pair.to(),
                        pair.pairing().pair().from(),
                        SignalAttributes.SPAN_TO,
                        pair.pairing().pair().to()),
                any -> new Durations());
        double seconds = pair.latency().nanos() / NANOS_PER_SECOND;
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        int weight = pair.pairing().weight();
        series.buckets[bucket] += weight;
        series.count += weight;
        series.sum += seconds * weight;
        series.unbounded += pair.latency().hasBound() ? 0 : weight;
        series.example = pair;
        changed = true;
    }

    void unclosed(Probe probe, String point, String missed, long weight) {
        unclosed.merge(labels(probe.id(), probe.to(), point, "plumbline.span.missed", missed), weight, Long::sum);
        changed = true;
    }

    private static Map<String, String> labels(String probe, Recipients to, String from, String key, String value) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(SignalAttributes.PROBE_ID, probe);
        labels.put(SignalAttributes.SPAN_FROM, from);
        labels.put(key, value);
        if (!to.isAll()) {
            labels.put(SignalAttributes.TO, to.text());
        }
        return labels;
    }

    /** Hits that came to nothing, by cause and probe. */
    void lost(String cause, Probe probe, long hits) {
        lost.add(cause, probe.id(), probe.to(), hits);
        changed = true;
    }

    /** Hits of a probe that is not known but by its id. */
    void lost(String cause, String probe, long hits) {
        lost.add(cause, probe, Recipients.ALL, hits);
        changed = true;
    }

    /** A record whose hits can't be read, nor whose they are. */
    void malformed() {
        lost.add("malformed", 1);
        changed = true;
    }

    /** Of all probes together. */
    long lost(String cause) {
        return lost.of(cause);
    }

    /** What was counted until now is settled. */
    void keep() {
        keptDurations = copy(durations);
        keptUnclosed = new LinkedHashMap<>(unclosed);
        lost.keep();
    }

    /** What was counted since will be counted again. */
    void rollBack() {
        durations = copy(keptDurations);
        unclosed = new LinkedHashMap<>(keptUnclosed);
        lost.rollBack();
    }

    private static Map<Map<String, String>, Durations> copy(Map<Map<String, String>, Durations> series) {
        Map<Map<String, String>, Durations> copies = new LinkedHashMap<>();
        series.forEach((labels, one) -> copies.put(labels, one.copy()));
        return copies;
    }

    String instance() {
        return instance;
    }

    /** All series as one Kafka record's value; null when nothing has changed since. */
    byte[] take() {
        if (!changed) {
            return null;
        }
        changed = false;
        ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder().setScope(SpanForm.SCOPE);
        long now = System.currentTimeMillis() * 1_000_000L;
        if (!durations.isEmpty()) {
            metrics.addMetrics(durations(now));
        }
        MetricForm form = new MetricForm(startNanos, now);
        if (!durations.isEmpty()) {
            bounds(form, metrics);
        }
        if (!unclosed.isEmpty()) {
            metrics.addMetrics(
                    form.counter("plumbline.span.unclosed", "Hits of a point that no later point followed", unclosed));
        }
        if (!lost.series().isEmpty()) {
            metrics.addMetrics(form.counter(
                    "plumbline.pairing.lost",
                    "Hits of points that were not paired, by cause and probe",
                    lost.series()));
        }
        return MetricsData.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(metrics))
                .build()
                .toByteArray();
    }

    /** By how much the latest durations may be off, and how many may be off by anything. */
    private void bounds(MetricForm form, ScopeMetrics.Builder metrics) {
        Map<Map<String, String>, Double> known = new LinkedHashMap<>();
        Map<Map<String, String>, Long> unknown = new LinkedHashMap<>();
        durations.forEach((labels, series) -> {
            unknown.put(labels, series.unbounded);
            if (series.example != null && series.example.latency().hasBound()) {
                known.put(labels, series.example.latency().boundNanos() / NANOS_PER_SECOND);
            }
        });
        metrics.addMetrics(form.counter(
                "plumbline.span.unbounded",
                "Spans of which nobody knows by how much their duration is off, as clocks could not be compared",
                unknown));
        if (!known.isEmpty()) {
            metrics.addMetrics(form.gauge(
                    "plumbline.span.bound",
                    "s",
                    "By how much the latest span's duration may be off, either way",
                    known));
        }
    }

    private Metric durations(long now) {
        Histogram.Builder histogram = Histogram.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        durations.forEach((labels, series) -> {
            HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
                    .setStartTimeUnixNano(startNanos)
                    .setTimeUnixNano(now)
                    .setCount(series.count)
                    .setSum(series.sum);
            labels.forEach((name, value) -> point.addAttributes(Otlp.attribute(name, value)));
            for (double bound : BOUNDS) {
                point.addExplicitBounds(bound);
            }
            for (long bucket : series.buckets) {
                point.addBucketCounts(bucket);
            }
            if (series.example != null) {
                point.addExemplars(MetricForm.exemplar(series.example));
            }
            histogram.addDataPoints(point);
        });
        return Metric.newBuilder()
                .setName("plumbline.span.duration")
                .setDescription("From one point of a span probe to the next")
                .setUnit("s")
                .setHistogram(histogram)
                .build();
    }
}
