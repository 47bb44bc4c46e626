package io.plumbline.config.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.YamlText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TrailTest {
    private final List<String> pairs = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private long now;

    @Test
    void hits_inOrder_pairWithTheNext() {
        Trail trail = trail("{A: 'S.java:1', B: 'S.java:2', C: 'S.java:3'}", "");

        add(trail, "A1", "B1", "C1");

        assertThat(pairs).containsExactly("A1→B1", "B1→C1");
        assertThat(trail.isEmpty()).isTrue();
    }

    @Test
    void loop_pairsEachWithItsNext() {
        Trail trail = trail("{A: 'S.java:1', B: 'S.java:2'}", "");

        add(trail, "A1", "B1", "A2", "B2", "A3", "B3");

        assertThat(pairs).containsExactly("A1→B1", "A2→B2", "A3→B3");
    }

    @Test
    void retry_onOneThread_isTimedFromTheLastAttempt() {
        Trail trail = trail("{A: 'S.java:1', B: 'S.java:2'}", "");

        add(trail, "A1", "A2", "B1");
        trail.expire(Long.MAX_VALUE, this::lose);

        assertThat(pairs).containsExactly("A2→B1");
        assertThat(lost).containsExactly("A1 without B");
    }

    @Test
    void parallelBranches_pairInTheirOrder_orByTheirThread() {
        Trail other = trail("{A: 'S.java:1', B: 'S.java:2'}", "");
        other.add(hit("A1", "t1"), now++, this::pair);
        other.add(hit("A2", "t2"), now++, this::pair);
        other.add(hit("B1", "t3"), now++, this::pair);
        other.add(hit("B2", "t2"), now++, this::pair);

        assertThat(pairs).containsExactly("A1→B1", "A2→B2");
    }

    @Test
    void branches_aSpanForEachPair() {
        Trail trail = trail("{A: 'S.java:1', B: 'S.java:2', C: 'S.java:3'}", "['A->B', 'A->C']");

        add(trail, "A1", "C1");
        add(trail, "A2", "B2", "C2");

        assertThat(pairs).containsExactly("A1→C1", "A2→B2", "A2→C2");
        trail.expire(Long.MAX_VALUE, this::lose);
        assertThat(lost).as("A1 came to C, so it is not missed").isEmpty();
    }

    @Test
    void missedPoint_endsTheWay_andIsTold() {
        Trail trail = trail("{A: 'S.java:1', B: 'S.java:2', C: 'S.java:3'}", "");

        add(trail, "A1", "C1");
        trail.expire(Long.MAX_VALUE, this::lose);

        assertThat(pairs).isEmpty();
        assertThat(lost).containsExactly("A1 without B", "C1 without what leads to it");
    }

    @Test
    void pointsBehindOneThatWasNotPassed_countNothing() {
        Trail trail = trail("{A: 'S.java:1', B: 'S.java:2', C: 'S.java:3'}", "");

        add(trail, "B1", "C1");

        assertThat(pairs).as("the condition at A held for no request").isEmpty();
    }

    @Test
    void hits_thatComeInTheWrongOrder_findTheirPlace() {
        Trail trail = trail("{A: 'S.java:1', B: 'S.java:2', C: 'S.java:3'}", "");
        PointHit a = hit("A1", "t");
        PointHit b = hit("B1", "t");
        PointHit c = hit("C1", "t");

        trail.add(c, now++, this::pair);
        trail.add(b, now++, this::pair);
        trail.add(a, now++, this::pair);

        assertThat(pairs).containsExactly("A1→B1", "B1→C1");
        assertThat(trail.isEmpty()).isTrue();
    }

    @Test
    void earlierHit_isNoEndForALaterOne_whereClocksCompare() {
        Trail trail = trail("{A: 'S.java:1', B: 'S.java:2'}", "");
        PointHit b = hit("B1", "t");
        PointHit a = hit("A1", "t");

        trail.add(b, now++, this::pair);
        trail.add(a, now++, this::pair);

        assertThat(pairs).isEmpty();
        assertThat(trail.size()).isEqualTo(2);
    }

    @Test
    void weight_isTheStricterOfBoth() {
        PointHit a = hit("A1", "t");
        PointHit b = new PointHit("B1", "B", "k", "", "", 0, 9, "c", "t", 8, Map.of(), "");

        assertThat(new Pairing(null, a, b).weight()).isEqualTo(8);
    }

    private void add(Trail trail, String... hits) {
        for (String hit : hits) {
            trail.add(hit(hit, "t"), now, this::pair);
        }
    }

    private PointHit hit(String uid, String thread) {
        return new PointHit(uid, uid.substring(0, 1), "k", "", "", 0, ++now, "c", thread, 1, Map.of(), "");
    }

    private void pair(Pairing pairing) {
        pairs.add(pairing.from().uid() + "→" + pairing.to().uid());
    }

    private void lose(Trail.Lost one) {
        lost.add(one.hit().uid()
                + (one.missed().isEmpty()
                        ? " without what leads to it"
                        : " without " + String.join(" or ", one.missed())));
    }

    private static Trail trail(String points, String pairs) {
        String yaml =
                "{id: s, span: {by: trace, points: " + points + (pairs.isEmpty() ? "" : ", pairs: " + pairs) + "}}";
        Action.Span span = ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.systemUTC())
                .span()
                .orElseThrow();
        return new Trail(span);
    }
}
