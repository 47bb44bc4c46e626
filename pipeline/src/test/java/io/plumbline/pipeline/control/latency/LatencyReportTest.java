package io.plumbline.pipeline.control.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.probe.SpanPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class LatencyReportTest {
    private static final Way ABC = way("A", "B", "C");
    private static final long MILLI = 1_000_000;

    @Test
    void requestThroughTwoServices_isPutTogetherFromItsSpans() {
        // pay's clock is 3 s ahead; durations are known by hops, within a millisecond
        List<Leg> legs = List.of(
                leg("t1", "A", "B", "shop-1", "pay-1", 1_000_000, 40 * MILLI, MILLI, "hops"),
                leg("t1", "B", "C", "pay-1", "pay-1", 1_000_000 + 50_000, 2 * MILLI, 0, "process"));

        Map<String, Object> report = new LatencyReport(legs, ABC, instance -> "service of " + instance).map();

        Map<?, ?> whole = (Map<?, ?>) report.get("whole");
        assertThat(whole.get("count")).isEqualTo(1L);
        assertThat(whole.get("p99")).isEqualTo(42 * MILLI);
        assertThat(whole.get("bound")).isEqualTo(MILLI);
        Map<?, ?> slowest = (Map<?, ?>) ((List<?>) report.get("slowest")).get(0);
        assertThat(slowest.get("whole")).isEqualTo(true);
        assertThat(slowest.get("points").toString())
                .contains("point=A, service=svc, instance=shop-1, offsetMicros=0")
                .contains("point=B, service=service of pay-1, instance=pay-1, offsetMicros=40000")
                .contains("point=C, service=svc, instance=pay-1, offsetMicros=42000");
    }

    @Test
    void requestsOfOneThread_areToldApartByTime() {
        List<Leg> legs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            legs.add(leg("one", "A", "B", "x", "x", i * 10_000L, MILLI, 0, "process"));
            if (i % 2 == 0) { // every second one ends at B
                legs.add(leg("one", "B", "C", "x", "x", i * 10_000L + 1_000, 2 * MILLI, 0, "process"));
            }
        }

        List<Journey> journeys = Journeys.of(legs, ABC.chain());

        assertThat(journeys).hasSize(100);
        assertThat(journeys)
                .filteredOn(each -> each.legs().size() == 2)
                .hasSize(50)
                .allSatisfy(each -> assertThat(each.last().startMicros())
                        .isEqualTo(each.first().endMicros()));
    }

    @Test
    void spanWithoutTheOneBefore_isNoWholeRequest() {
        List<Leg> legs = List.of(leg("t", "B", "C", "x", "x", 0, MILLI, 0, "process"));

        Map<String, Object> report = new LatencyReport(legs, ABC, any -> "").map();

        assertThat(report.get("whole").toString()).isEqualTo("{from=A, to=C, count=0, seen=0}");
        assertThat(report.get("slowest").toString()).contains("whole=false");
    }

    @Test
    void pairsThatLeadNowhere_haveFiguresAndNoWhole() {
        Way star = new Way(List.of("A", "B", "C"), List.of(new SpanPair("A", "B")));
        List<Leg> legs = List.of(leg("t", "A", "B", "x", "x", 0, MILLI, -1, "unbounded"));

        Map<String, Object> report = new LatencyReport(legs, star, any -> "").map();

        assertThat(report).doesNotContainKey("whole");
        assertThat(report.get("pairs").toString()).contains("bound=0, unbounded=1");
    }

    @Test
    void waterfall_standsByDurations_andTellsWhatNeverCame() {
        List<Map<String, Object>> spans = List.of(
                form("t", "A", "B", "shop-1", "pay-1", 1_000, 5 * MILLI, "hops"),
                form("t", "B", "C", "pay-1", "pay-1", 9_000, MILLI, "process"));

        Map<String, Object> map = new Waterfall(spans, way("A", "B", "C", "D"), any -> "pay").map();

        assertThat(map.get("missing")).isEqualTo(List.of("D"));
        assertThat(map.get("micros")).isEqualTo(6_000L); // by their own clocks 9
        assertThat(((Map<?, ?>) ((List<?>) map.get("spans")).get(1)).get("offsetMicros"))
                .isEqualTo(5_000L);
    }

    @Property(tries = 200)
    void figures_coverWhatWasSeen(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 0, max = 1L << 50) Long> nanos,
            @ForAll @IntRange(min = 1, max = 64) int weight) {
        Latencies latencies = new Latencies(
                nanos.stream().map(each -> new Latencies.One(each, 0, weight)).toList());
        Map<String, Object> map = latencies.map();
        Map<?, ?> histogram = (Map<?, ?>) map.get("histogram");
        List<?> bounds = (List<?>) histogram.get("bounds");
        List<?> counts = (List<?>) histogram.get("counts");

        assertThat(counts.stream().mapToLong(each -> (Long) each).sum()).isEqualTo((long) nanos.size() * weight);
        assertThat(bounds).hasSize(counts.size() + 1).hasSizeLessThanOrEqualTo(LogBuckets.MAX_BUCKETS + 2);
        assertThat((Long) bounds.get(0)).isLessThanOrEqualTo((Long) map.get("min"));
        assertThat((Long) bounds.get(bounds.size() - 1)).isGreaterThanOrEqualTo((Long) map.get("max"));
        List<Long> sorted = nanos.stream().sorted().toList();
        assertThat(map.get("p50")).isEqualTo(sorted.get((nanos.size() - 1) / 2));
        assertThat(map.get("p99")).isEqualTo(sorted.get((int) Math.ceil(0.99 * nanos.size()) - 1));
    }

    private static Way way(String... points) {
        List<SpanPair> pairs = new ArrayList<>();
        for (int i = 1; i < points.length; i++) {
            pairs.add(new SpanPair(points[i - 1], points[i]));
        }
        return new Way(List.of(points), pairs);
    }

    private static Leg leg(
            String trace,
            String from,
            String to,
            String fromInstance,
            String toInstance,
            long startMicros,
            long nanos,
            long bound,
            String basis) {
        return new Leg(
                trace + from + to + startMicros,
                trace,
                "",
                from,
                to,
                "svc",
                fromInstance,
                toInstance,
                startMicros,
                nanos,
                bound,
                basis,
                1);
    }

    private static Map<String, Object> form(
            String trace,
            String from,
            String to,
            String fromInstance,
            String toInstance,
            long startMicros,
            long nanos,
            String basis) {
        return Map.of(
                "spanId",
                from + to,
                "traceId",
                trace,
                "name",
                from + "→" + to,
                "service",
                "shop",
                "instance",
                fromInstance,
                "startMicros",
                startMicros,
                "nanos",
                nanos,
                "duration",
                "some ms",
                "attributes",
                Map.of(
                        "plumbline.span.from", from,
                        "plumbline.span.to", to,
                        "plumbline.span.from.instance", fromInstance,
                        "plumbline.span.to.instance", toInstance,
                        "plumbline.latency.basis", basis));
    }
}
