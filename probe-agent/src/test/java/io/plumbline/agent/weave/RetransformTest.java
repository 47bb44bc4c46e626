package io.plumbline.agent.weave;

import static io.plumbline.agent.weave.WeaveFixture.armed;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.Pauses;
import io.plumbline.config.wire.ProbeState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What has the JVM transform loaded classes again, and what does not: each time, all threads stand still for a moment. Each
 * test has classes of its own name, as those of earlier ones may still be loaded.
 */
class RetransformTest {
    private final WeaveFixture fixture = new WeaveFixture();
    private final Weaver weaver = fixture.weaver;
    private final MadeClasses loader = new MadeClasses();

    @AfterEach
    void restore() {
        fixture.close();
    }

    private long batches() {
        return weaver.pauses().batches();
    }

    private static void run(LongUnaryOperator made) {
        assertThat(made.applyAsLong(1)).isEqualTo(5);
    }

    private static String probe(String id, String type, String rest) {
        return "{id: %s, at: '%s:11', %s}".formatted(id, type, rest);
    }

    @Test
    void apply_oneClass_isOneBatch() {
        MadeClasses.call(loader.define("made.First"));

        fixture.set(probe("p", "made.First", "count: n"));

        Pauses pauses = weaver.pauses();
        assertThat(pauses.batches()).isEqualTo(1);
        assertThat(pauses.longestNanos()).isPositive().isEqualTo(pauses.totalNanos());
    }

    @Test
    void apply_conditionActionAndLimitsChange_noneIsNeeded() {
        LongUnaryOperator made = MadeClasses.call(loader.define("made.Changed"));
        fixture.set(probe("p", "made.Changed", "count: n"));
        run(made);
        long before = batches();

        fixture.set(probe("p", "made.Changed", "if: a > 1, count: n"));
        fixture.set(probe("p", "made.Changed", "if: a > 1, log: '{a}'"));
        var last = fixture.set(probe("p", "made.Changed", "log: '{a}', limits: {hits: 7, per-second: 3}"));
        run(made);

        assertThat(batches()).isEqualTo(before);
        assertThat(last.events).containsExactly("2L");
    }

    @Test
    void apply_secondProbeAtALine_noneIsNeeded() {
        LongUnaryOperator made = MadeClasses.call(loader.define("made.Second"));
        var first = fixture.set(probe("p", "made.Second", "count: n"));
        long before = batches();

        var second = fixture.set(probe("q", "made.Second", "log: '{a}'"));
        run(made);
        weaver.apply(List.of(), List.of("p"));
        run(made);

        assertThat(batches()).isEqualTo(before);
        assertThat(first.events).hasSize(1);
        assertThat(second.events).hasSize(2);
    }

    @Test
    void apply_classThatIsNotLoaded_noneIsNeeded() {
        var tap = fixture.set(probe("p", "made.Later", "count: n"));

        LongUnaryOperator made = MadeClasses.call(loader.define("made.Later"));
        weaver.notice();
        run(made);

        assertThat(batches()).isZero();
        assertThat(tap.events).hasSize(1);
        assertThat(fixture.standing(probe("p", "made.Later", "count: n")).state())
                .isEqualTo(ProbeState.INSTALLED);
    }

    @Test
    void apply_manyClasses_fewBatchesAndAllAreInPlace() {
        int many = 300;
        List<LongUnaryOperator> calls = new ArrayList<>();
        List<ArmedProbe> probes = new ArrayList<>();
        var tap = new WeaveFixture.RecordingTap();
        for (int i = 0; i < many; i++) {
            calls.add(MadeClasses.call(loader.define("made.Many" + i)));
            probes.add(armed(probe("p" + i, "made.Many" + i, "count: n"), tap));
        }

        weaver.apply(probes, List.of());
        calls.forEach(RetransformTest::run);

        assertThat(tap.events).hasSize(many);
        assertThat(batches()).isBetween(2L, (long) many);
    }

    @Test
    void apply_interruptedThread_stillSetsAll() {
        List<LongUnaryOperator> calls = new ArrayList<>();
        List<ArmedProbe> probes = new ArrayList<>();
        var tap = new WeaveFixture.RecordingTap();
        for (int i = 0; i < 20; i++) {
            calls.add(MadeClasses.call(loader.define("made.Stopped" + i)));
            probes.add(armed(probe("p" + i, "made.Stopped" + i, "count: n"), tap));
        }

        Thread.currentThread().interrupt();
        weaver.apply(probes, List.of());
        boolean interrupted = Thread.interrupted();
        calls.forEach(RetransformTest::run);

        assertThat(interrupted).isTrue();
        assertThat(tap.events).hasSize(20);
    }

    @Test
    void lines_askedAgain_oneIsNeeded() {
        MadeClasses.call(loader.define("made.Asked"));

        LinesReply first = weaver.lines("r1", "i", "made.Asked");
        LinesReply second = weaver.lines("r2", "i", "made.Asked");

        assertThat(batches()).isEqualTo(1);
        assertThat(second.lines()).isEqualTo(first.lines()).isNotEmpty();
    }

    @Test
    void lines_afterAProbeWasSet_areThoseWithoutIt() {
        MadeClasses.call(loader.define("made.Woven"));
        LinesReply before = weaver.lines("r1", "i", "made.Woven");

        fixture.set(probe("p", "made.Woven", "count: n"));

        assertThat(weaver.lines("r2", "i", "made.Woven").lines()).isEqualTo(before.lines());
        assertThat(batches()).isEqualTo(2);
    }
}
