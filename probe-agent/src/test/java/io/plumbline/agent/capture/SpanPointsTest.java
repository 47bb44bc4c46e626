package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.cases.Requests;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.wire.PointAttributes;
import io.plumbline.config.wire.SignalAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Span probes from the woven line to what the send thread takes. */
class SpanPointsTest {
    private static final String CASES = Requests.class.getName();
    private static final String POINTS = "points: {A: '" + CASES + "#begin', B: {at: '" + CASES
            + "#arrive', attributes: {n: number}}, C: '" + CASES + "#end'}";

    private final Capture capture = new Capture(
            Redaction.standard(),
            Probes.NO_MATTER,
            Resource.create(Attributes.of(AttributeKey.stringKey("service.instance.id"), "here")),
            WeaveFixture::open,
            WeaveFixture.INSTRUMENTATION::getAllLoadedClasses);
    private final WeaveFixture fixture = new WeaveFixture(capture.specials());
    private final Requests requests = new Requests();
    private final List<LogRecordData> sent = new ArrayList<>();

    @AfterEach
    void restore() {
        fixture.close();
    }

    private List<Capture.Prepared> set(String span) {
        Probe whole = Probes.of("{id: way, " + span + "}");
        List<Capture.Prepared> all = new ArrayList<>();
        List<ArmedProbe> armed = new ArrayList<>();
        for (Probe part : whole.parts()) {
            Capture.Prepared prepared = capture.prepare(part);
            capture.use(prepared);
            all.add(prepared);
            armed.add(new ArmedProbe(part, prepared.tap(), prepared.sinks()));
        }
        fixture.weaver.apply(armed, List.of());
        return all;
    }

    private List<SpanData> drain() {
        while (capture.drainLogs(sent::add, 100) > 0) {
            // until there is no more
        }
        return capture.takeSpans();
    }

    @Test
    void thread_spansAreExact_andHaveWhatPointsSay() {
        set("span: {by: thread, " + POINTS + "}");

        for (int i = 0; i < 20; i++) {
            requests.pass("o-" + i, 100 + i);
        }
        List<SpanData> spans = drain();

        assertThat(sent).as("paired here").isEmpty();
        assertThat(spans).hasSize(40);
        for (int i = 0; i < 20; i++) {
            SpanData first = spans.get(2 * i);
            assertThat(first.getName()).isEqualTo("way A→B");
            assertThat(spans.get(2 * i + 1).getName()).isEqualTo("way B→C");
            long took = first.getEndEpochNanos() - first.getStartEpochNanos();
            assertThat(took).isPositive().isLessThan(requests.took().get(i) + TimeUnit.MILLISECONDS.toNanos(5));
            assertThat(first.getAttributes().get(AttributeKey.stringKey("B.n"))).isEqualTo(String.valueOf(100 + i));
            assertThat(first.getAttributes().get(AttributeKey.stringKey(SignalAttributes.LATENCY_BASIS)))
                    .isEqualTo("process");
            assertThat(first.getTraceId())
                    .as("one request's spans share a trace of their own")
                    .isEqualTo(spans.get(2 * i + 1).getTraceId());
        }
        assertThat(spans.stream().map(SpanData::getSpanId).distinct()).hasSize(40);
        assertThat(durations("A", "B").getCount()).isEqualTo(20);
        assertThat(durations("B", "C").getCount()).isEqualTo(20);
    }

    @Test
    void thread_to_isOnSpansAndDurations() {
        set("to: audit, span: {by: thread, " + POINTS + "}");

        requests.pass("o-1", 1);

        AttributeKey<String> to = AttributeKey.stringKey(SignalAttributes.TO);
        assertThat(drain())
                .isNotEmpty()
                .allSatisfy(span -> assertThat(span.getAttributes().get(to)).isEqualTo("audit"));
        assertThat(durations("A", "B").getAttributes().get(to)).isEqualTo("audit");
    }

    private HistogramPointData durations(String from, String to) {
        for (MetricData metric : capture.collectMetrics(true)) {
            if (metric.getName().equals("plumbline.span.duration")) {
                for (HistogramPointData point : metric.getHistogramData().getPoints()) {
                    if (from.equals(point.getAttributes().get(AttributeKey.stringKey("plumbline.span.from")))
                            && to.equals(point.getAttributes().get(AttributeKey.stringKey("plumbline.span.to")))) {
                        return point;
                    }
                }
            }
        }
        throw new AssertionError("no durations from " + from + " to " + to);
    }

    @Test
    void thread_retryIsTimedFromTheLastAttempt_andLostHitsAreCounted() {
        set("span: {by: thread, within: 1s, points: {A: '" + CASES + "#begin', B: '" + CASES + "#arrive'}}");

        requests.retry("r", 5);
        requests.lose("l");
        List<SpanData> spans = drain();

        assertThat(spans).hasSize(1);
        assertThat(unclosed()).as("they still may come").isZero();
        capture.second();
        pause(1_200);
        capture.second();
        assertThat(unclosed()).as("four attempts and one that was lost").isEqualTo(5);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private double unclosed() {
        return capture.collectMetrics(true).stream()
                .filter(metric -> metric.getName().equals("plumbline.span.unclosed"))
                .flatMap(metric -> metric.getDoubleSumData().getPoints().stream())
                .mapToDouble(point -> point.getValue())
                .sum();
    }

    @Test
    void key_hitsAreSentInOneBucketEach_withTheirClocks() {
        set("span: {by: order, " + POINTS + "}");

        requests.pass("o-1", 10);
        requests.pass("card 4111 1111 1111 1111", 10);
        drain();

        assertThat(sent).hasSize(6).allSatisfy(data -> {
            assertThat(data.getEventName()).isEqualTo(PointAttributes.EVENT_POINT);
            assertThat(text(data, SignalAttributes.PROBE_ID)).isEqualTo("way");
            assertThat(text(data, PointAttributes.CLOCK)).isEqualTo(HostClock.id("here"));
        });
        assertThat(sent.stream().map(data -> text(data, PointAttributes.POINT)))
                .containsExactly("A", "B", "C", "A", "B", "C");
        assertThat(text(sent.get(0), PointAttributes.KEY)).isEqualTo("o-1");
        assertThat(text(sent.get(3), PointAttributes.KEY))
                .as("a secret is a digest of it, the same at each point")
                .isEqualTo(text(sent.get(5), PointAttributes.KEY))
                .doesNotContain("4111");
    }

    private static String text(LogRecordData data, String name) {
        return data.getAttributes().get(AttributeKey.stringKey(name));
    }

    @Test
    void key_nullBelongsToNoRequest() {
        set("span: {by: 'order.isEmpty() ? null : order', points: {A: '" + CASES + "#begin', B: '" + CASES + "#end'}}");

        requests.pass("", 1);
        drain();

        assertThat(sent).isEmpty();
        assertThat(capture.dropped("way/A")).isEqualTo(Map.of("no-key", 1L));
    }

    @Test
    void trace_withoutATracer_isCounted() {
        set("span: {by: trace, " + POINTS + "}");

        requests.pass("o", 1);
        drain();

        assertThat(sent).isEmpty();
        assertThat(capture.dropped("way/B")).isEqualTo(Map.of("no-trace", 1L));
    }

    @Test
    void condition_atTheFirstPoint_decides() {
        set("span: {by: thread, points: {A: {at: '" + CASES + "#begin', if: 'order == \"vip\"'}, B: '" + CASES
                + "#arrive', C: '" + CASES + "#end'}}");

        requests.pass("o-1", 1);
        requests.pass("vip", 1);
        requests.pass("o-2", 1);

        assertThat(drain()).extracting(SpanData::getName).containsExactly("way A→B", "way B→C");
    }

    @Test
    void lostHits_makeNoWrongPairs() {
        set("span: {by: thread, " + POINTS + "}, limits: {per-second: 30}");

        for (int i = 0; i < 500; i++) {
            requests.pass("o-" + i, 1 + i % 7);
        }
        List<SpanData> spans = drain();

        assertThat(spans)
                .isNotEmpty()
                .allSatisfy(span -> assertThat(span.getEndEpochNanos() - span.getStartEpochNanos())
                        .as("no span from one pass to the next but one")
                        .isLessThan(TimeUnit.MILLISECONDS.toNanos(200)));
        assertThat(spans.size()).isLessThan(100);
    }

    @Test
    void sampling_leavesOutWholeRequests() {
        List<Capture.Prepared> parts = set("span: {by: order, " + POINTS + "}, limits: {per-second: 50}");

        ProbeTap tap = parts.get(0).tap();
        for (int round = 0; round < 500 && tap.everyRequest() == 1; round++) {
            pass(round);
        }
        assertThat(tap.everyRequest()).as("more hits come than may be left").isGreaterThan(1);
        sent.clear();
        for (int round = 500; round < 520; round++) {
            pass(round);
        }

        assertThat(Integer.bitCount(tap.everyRequest())).as("a power of two").isEqualTo(1);
        assertThat(sent)
                .filteredOn(data -> data.getAttributes().get(AttributeKey.longKey(PointAttributes.EVERY)) != null)
                .isNotEmpty()
                .allSatisfy(data -> assertThat(PointAttributes.isTaken(
                                text(data, PointAttributes.KEY),
                                data.getAttributes()
                                        .get(AttributeKey.longKey(PointAttributes.EVERY))
                                        .intValue()))
                        .isTrue());
    }

    /** Forty requests, and the agent's turn; the credit of records is full each time. */
    private void pass(int round) {
        for (int i = 0; i < 40; i++) {
            requests.pass("o-" + round + "-" + i, 1);
        }
        drain();
        pause(20);
        capture.second();
        capture.turn();
    }
}
