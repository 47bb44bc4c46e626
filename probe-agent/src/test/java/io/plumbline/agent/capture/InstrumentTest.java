package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.exporter.internal.otlp.metrics.MetricsRequestMarshaler;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.bridge.Series;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Numbers from hits to OTLP, decoded with OpenTelemetry's own classes. */
class InstrumentTest {

    private static Instrument instrument(String action) {
        return instrument(action, 1_000);
    }

    private static Instrument instrument(String action, int series) {
        Probe probe = Probes.of("{id: p, at: 'shop.Order:1', " + action + ", limits: {series: " + series + "}}");
        Action.Metric metric = probe.metrics().get(0);
        return new Instrument(
                probe,
                metric,
                series,
                new TraceReader(),
                new AnchoredClock(),
                new Points(Resource.empty()),
                Redaction.standard());
    }

    private static List<Metric> sent(Instrument instrument, boolean all) {
        List<Metric> sent = new ArrayList<>();
        for (MetricData data : instrument.collect(all)) {
            sent.addAll(decoded(MetricsRequestMarshaler.create(List.of(data))));
        }
        return sent;
    }

    private static List<Metric> decoded(Marshaler marshaler) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            marshaler.writeBinaryTo(out);
            return MetricsData.parseFrom(out.toByteArray())
                    .getResourceMetrics(0)
                    .getScopeMetrics(0)
                    .getMetricsList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Double> values(List<Metric> metrics) {
        Map<String, Double> values = new TreeMap<>();
        for (Metric metric : metrics) {
            List<NumberDataPoint> points = metric.hasSum()
                    ? metric.getSum().getDataPointsList()
                    : metric.getGauge().getDataPointsList();
            for (NumberDataPoint point : points) {
                String labels = point.getAttributesList().stream()
                        .filter(pair -> !pair.getKey().startsWith("plumbline"))
                        .map(pair -> pair.getKey() + "=" + pair.getValue().getStringValue())
                        .sorted()
                        .toList()
                        .toString();
                values.put(labels, point.getAsDouble());
            }
        }
        return values;
    }

    private static Map<String, Long> dropped(Instrument instrument) {
        Map<String, Long> counts = new HashMap<>();
        instrument.addDropped(counts);
        return counts;
    }

    @Test
    void count_withoutLabels_isCumulativeFromZero() {
        Instrument instrument = instrument("count: hits");
        Metric zero = sent(instrument, false).get(0);
        instrument.root().increment(1);
        instrument.root().record(4L, 1);
        instrument.root().record(0.5, 1);
        Metric later = sent(instrument, false).get(0);

        assertThat(zero.getName()).isEqualTo("hits");
        assertThat(zero.getSum().getIsMonotonic()).isTrue();
        assertThat(zero.getSum().getAggregationTemporality().getNumber()).isEqualTo(2);
        assertThat(zero.getSum().getDataPoints(0).getAsDouble()).isZero();
        assertThat(later.getSum().getDataPoints(0).getAsDouble()).isEqualTo(5.5);
        assertThat(later.getSum().getDataPoints(0).getStartTimeUnixNano())
                .isEqualTo(zero.getSum().getDataPoints(0).getStartTimeUnixNano())
                .isPositive();
    }

    @Test
    void to_isOnEveryPoint() {
        Instrument instrument = instrument("to: [errors, audit], count: {name: c, labels: {a: x}}");
        instrument.root().child("one").increment(1);

        assertThat(sent(instrument, false).get(0).getSum().getDataPoints(0).getAttributesList())
                .anySatisfy(pair -> {
                    assertThat(pair.getKey()).isEqualTo("plumbline.to");
                    assertThat(pair.getValue().getStringValue()).isEqualTo("errors,audit");
                });
    }

    @Test
    void collect_unchanged_isNotSentAgainUnlessAll() {
        Instrument instrument = instrument("count: {name: c, labels: {a: x}}");
        instrument.root().child("one").increment(1);
        instrument.root().child("two").increment(1);

        assertThat(values(sent(instrument, false))).hasSize(2);
        assertThat(sent(instrument, false)).isEmpty();
        instrument.root().child("two").increment(1);
        assertThat(values(sent(instrument, false))).containsExactly(Map.entry("[a=two]", 2.0));
        assertThat(values(sent(instrument, true))).hasSize(2);
    }

    @Test
    void count_negativeOrNotFinite_isLeftOutAndCounted() {
        Instrument instrument = instrument("count: {name: c, value: x}");
        instrument.root().record(-1L, 1);
        instrument.root().record(-0.5, 1);
        instrument.root().record(Double.NaN, 1);
        instrument.root().valueIsNull();

        assertThat(values(sent(instrument, false))).containsExactly(Map.entry("[]", 0.0));
        assertThat(dropped(instrument))
                .containsOnly(
                        Map.entry("negative-value", 2L),
                        Map.entry("not-finite-value", 1L),
                        Map.entry("null-value", 1L));
    }

    @Test
    void labels_overTheCap_shareOverflow() {
        Instrument instrument = instrument("count: {name: c, labels: {a: x, b: y}}", 2);
        for (int i = 0; i < 100; i++) {
            instrument.root().child("a" + i).child(i).increment(1);
        }
        instrument.root().child("a0").child(0L).increment(1);
        instrument.root().child("a0").child("new").increment(1);
        instrument.root().child("__overflow__").child("__overflow__").increment(1);

        assertThat(values(sent(instrument, true)))
                .containsOnly(
                        Map.entry("[a=a0, b=0]", 2.0),
                        Map.entry("[a=a1, b=1]", 1.0),
                        Map.entry("[a=__overflow__, b=__overflow__]", 100.0));
        assertThat(dropped(instrument)).containsEntry("overflow-label", 100L);
    }

    @Test
    void labels_threeLevelsOverTheCap_doNotGrowInside() {
        Instrument instrument = instrument("count: {name: c, labels: {a: x, b: y, c: z}}", 1);
        Series root = instrument.root();
        root.child("a").child("b").child("c").increment(1);

        assertThat(root.child("other")).isSameAs(instrument.overflow());
        assertThat(root.child("a").child("other")).isSameAs(instrument.overflow());
        root.child("other").child("__overflow__").child("x").increment(1);

        assertThat(values(sent(instrument, true))).hasSize(2);
    }

    @Test
    void labels_longNullAndOfEachType_areTexts() {
        Instrument instrument = instrument("count: {name: c, labels: {a: x}}");
        String longText = "x".repeat(200);
        instrument.root().child(longText).increment(1);
        instrument.root().child(longText + "y").increment(1);
        instrument.root().child((Object) null).increment(1);
        instrument.root().child(1.5).increment(1);
        instrument.root().child(true).increment(1);
        instrument.root().child('c').increment(1);
        instrument.root().child((Object) 7).increment(1);

        assertThat(values(sent(instrument, true)))
                .containsOnly(
                        Map.entry("[a=" + "x".repeat(127) + "…]", 2.0),
                        Map.entry("[a=null]", 1.0),
                        Map.entry("[a=1.5]", 1.0),
                        Map.entry("[a=true]", 1.0),
                        Map.entry("[a=c]", 1.0),
                        Map.entry("[a=7]", 1.0));
    }

    @Test
    void gauge_isTheLastValueAndUnsetAtFirst() {
        Instrument instrument = instrument("gauge: {name: g, value: x, unit: ms}");
        assertThat(sent(instrument, true)).isEmpty();

        instrument.root().record(3L, 1);
        instrument.root().record(-2.5, 1);

        Metric metric = sent(instrument, false).get(0);
        assertThat(metric.getUnit()).isEqualTo("ms");
        assertThat(values(List.of(metric))).containsExactly(Map.entry("[]", -2.5));
        assertThat(sent(instrument, false)).isEmpty();
    }

    @Test
    void histogram_boundsAreInclusiveAbove() {
        Instrument instrument = instrument("histogram: {name: h, value: x, buckets: [0, 1, 10]}");
        for (double value : new double[] {-1, 0, -0.0, 0.5, 1, 1.0001, 10, 11}) {
            instrument.root().record(value, 1);
        }
        instrument.root().record(10L, 1);

        HistogramDataPoint point = sent(instrument, false).get(0).getHistogram().getDataPoints(0);
        assertThat(point.getExplicitBoundsList()).containsExactly(0.0, 1.0, 10.0);
        assertThat(point.getBucketCountsList()).containsExactly(3L, 2L, 3L, 1L);
        assertThat(point.getCount()).isEqualTo(9);
        assertThat(point.getSum()).isEqualTo(32.5001);
        assertThat(sent(instrument, false)).isEmpty();
    }

    /** A record of all series would be more than Kafka takes. */
    @Test
    void collect_manySeries_inPartsUnderAMegabyte() {
        Instrument instrument = instrument("histogram: {name: h, value: x, labels: {a: y}}", 5_000);
        for (int i = 0; i < 5_000; i++) {
            instrument.root().child((long) i).record(1.0, 1);
        }

        List<MetricData> parts = instrument.collect(false);

        assertThat(parts).hasSize(25);
        assertThat(parts)
                .allSatisfy(part -> assertThat(
                                MetricsRequestMarshaler.create(List.of(part)).getBinarySerializedSize())
                        .isLessThan(900_000));
    }

    @Test
    void count_eightThreads_sumIsExact() throws InterruptedException {
        Instrument instrument = instrument("count: {name: c, labels: {a: x}}");
        ProbeTapTest.inEightThreads(() -> {
            for (int i = 0; i < 10_000; i++) {
                instrument.root().child((long) (i % 10)).increment(1);
            }
        });

        assertThat(values(sent(instrument, true)).values()).hasSize(10).containsOnly(8_000.0);
    }
}
