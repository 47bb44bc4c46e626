package io.plumbline.agent.capture.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.capture.Opener;
import io.plumbline.config.probe.Limits;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.text.YamlText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A gate as threads hit it; turns are told the time, so nothing waits. */
class GateTest {
    private static final long TURN_NANOS = 100_000_000;
    private static final Budgets PLENTY =
            new Budgets(100, 10_000, 10_000, Limits.MAX_PER_SECOND, Limits.MAX_PER_SECOND);

    private final SumMeter sum = new SumMeter();
    private long now = System.nanoTime();

    @BeforeAll
    static void open() {
        ProbeTap.openThreadsWith(Opener::open);
    }

    /** A counter with a part for each thread. */
    private static final class SumMeter implements Meter {
        private final List<LaneSum> parts = new ArrayList<>();
        private double folded;
        private int refused;

        private Part part = Part.SUM;

        @Override
        public Part part() {
            return part;
        }

        @Override
        public synchronized LaneSum newSum() {
            LaneSum part = new LaneSum();
            parts.add(part);
            return part;
        }

        @Override
        public LaneHistogram newHistogram() {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized void fold(LaneSum part) {
            parts.remove(part);
            folded += part.sum();
        }

        @Override
        public void fold(LaneHistogram part) {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized void refuse(double value) {
            refused++;
        }

        @Override
        public synchronized void addShared(double value, long weight) {
            folded += value * weight;
        }

        @Override
        public void example(double value) {
            // no trace here
        }

        @Override
        public synchronized void standIn(long hits) {
            folded += hits;
        }

        synchronized double sum() {
            return folded + parts.stream().mapToDouble(LaneSum::sum).sum();
        }
    }

    private ProbeTap tap(String limits, Budgets budgets) {
        return tap(limits, new ProcessBudget(budgets));
    }

    private ProbeTap tap(String limits, ProcessBudget process) {
        return new ProbeTap(probe(limits, ""), Redaction.standard(), List.of(sum), 0, process);
    }

    private static Probe probe(String limits, String condition) {
        String yaml = "{id: p, at: 'shop.Order:1', count: hits" + condition + ", limits: {series: 1" + limits + "}}";
        return ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.systemUTC());
    }

    private static boolean hit(ProbeTap tap) {
        Lane lane = Hit.enter(tap);
        if (lane == null || (tap.hasLimits() && !tap.admit(lane))) {
            return false;
        }
        lane.add(0, 1L);
        Hit.leave(lane, true);
        return true;
    }

    /** A hit that takes as long as the budget notices. */
    private static void slowHit(ProbeTap tap, long nanos) {
        Lane lane = Hit.enter(tap);
        if (lane != null) {
            long until = CpuClock.nanos() + nanos; // waiting for a core on a busy machine is no work
            while (CpuClock.nanos() < until) {
                Thread.onSpinWait();
            }
            lane.add(0, 1L);
            Hit.leave(lane, true);
        }
    }

    private void turn(ProbeTap tap) {
        now += TURN_NANOS;
        tap.turn(now);
    }

    private static void inThreads(int count, Runnable task) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    task.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void hits_ofManyThreads_areCountedExactly() throws InterruptedException {
        ProbeTap tap = tap("", PLENTY);

        inThreads(50, () -> {
            for (int i = 0; i < 20_000; i++) {
                hit(tap);
            }
        });

        assertThat(tap.hits()).isEqualTo(1_000_000);
        assertThat(tap.emitted()).isBetween(999_000L, 1_000_000L);
        assertThat(sum.sum()).isEqualTo(1_000_000);
    }

    @Test
    void lanes_ofThreadsThatEnded_areFolded() throws InterruptedException {
        ProbeTap tap = tap("", PLENTY);
        for (int round = 0; round < 20; round++) {
            inThreads(20, () -> hit(tap));
            for (int i = 0; i < 50; i++) {
                turn(tap);
            }
        }

        assertThat(sum.parts).hasSizeLessThan(21);
        assertThat(tap.hits()).isEqualTo(400);
        assertThat(sum.sum()).isEqualTo(400);
    }

    @Test
    void sampling_weightsAddUpToTheHits() throws InterruptedException {
        ProbeTap tap = tap(", per-second: 1000", PLENTY);
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 10; i++) {
                inThreads(2, () -> {
                    for (int hit = 0; hit < 50_000; hit++) {
                        hit(tap);
                    }
                });
                turn(tap);
            }
            tap.second(now);
        }

        int every = (int) tap.cost().every();
        assertThat(every).isBetween(1_000, 2_000);
        assertThat(tap.hits()).isEqualTo(10_000_000);
        assertThat(tap.emitted()).isLessThanOrEqualTo(11_000);
        for (int i = 0; i < 60; i++) {
            turn(tap);
        }

        // nobody came by any more: what the threads that ended left behind is as their last example
        assertThat(sum.sum()).isEqualTo(10_000_000.0);
        assertThat(tap.cost().sampledOut() + tap.emitted()).isBetween(8_800_000L, 10_010_000L);
    }

    @Test
    void sampling_whatIsLeftUnderACondition_isAsTheOthersWere() {
        Probe probe = probe(", per-second: 100", ", if: odd");
        ProbeTap tap = new ProbeTap(probe, Redaction.standard(), List.of(sum), 0, new ProcessBudget(PLENTY));
        long open = 0;
        for (int i = 0; i < 100; i++) {
            for (int hit = 0; hit < 20_000; hit++) {
                open += 1 - conditionalHit(tap, hit % 4 == 1);
            }
            turn(tap);
            if (i % 10 == 9) {
                tap.second(now);
            }
        }
        for (int hit = 0; open < 100; hit++) {
            open += 1 - conditionalHit(tap, hit % 4 == 1);
        }
        double before = sum.sum();

        tap.end();
        tap.end();

        // a quarter of them, as for some thousand hits before
        assertThat(sum.sum() - before).isBetween(0.2 * open, 0.3 * open);
        assertThat(sum.sum()).isBetween(400_000.0, 600_000.0);
    }

    /** Returns how many hits it stood for. */
    private static long conditionalHit(ProbeTap tap, boolean holds) {
        Lane lane = Hit.enter(tap);
        if (lane == null) {
            return 0;
        }
        if (!holds) {
            long weight = lane.weight();
            lane.pass();
            return weight;
        }
        if (!tap.admit(lane)) {
            return 0;
        }
        long weight = lane.weight();
        lane.add(0, 1L);
        Hit.leave(lane, true);
        return weight;
    }

    @Test
    void enter_shutFromElsewhere_isNullFromThenOn() throws InterruptedException {
        for (int i = 0; i < 2_000; i++) {
            ProbeTap tap = tap("", PLENTY);
            CountDownLatch seen = new CountDownLatch(1);
            Thread alone = new Thread(() -> {
                while (hit(tap)) {
                    Thread.onSpinWait();
                }
                seen.countDown();
            });
            alone.start();
            if (i % 2 == 0) {
                while (tap.hits() == 0) {
                    Thread.onSpinWait();
                }
            }
            tap.close();

            assertThat(seen.await(30, TimeUnit.SECONDS)).as("round %s", i).isTrue();
            alone.join();
            assertThat(Hit.enter(tap)).isNull();
        }
    }

    /** A thread that has looked already when its lane is let go of, or the gate is shut. */
    @Test
    void moveIn_tooLate_staysOut() {
        ProbeTap tap = tap("", PLENTY);
        ThreadLane lane = (ThreadLane) Hit.enter(tap);
        Hit.leave(lane, true);
        for (int i = 0; i < 50; i++) {
            turn(tap);
        }
        tap.moveIn(lane);
        ThreadLane next = (ThreadLane) Hit.enter(tap);
        assertThat(next).isNotNull().isNotSameAs(lane);
        Hit.leave(next, true);

        tap.close();
        tap.moveIn(next);

        assertThat(Hit.enter(tap)).isNull();
    }

    @Test
    void enter_openAgain_goesOn() {
        ProbeTap tap = tap(", hits: 2", PLENTY);
        assertThat(hit(tap)).isTrue();
        Lane second = Hit.enter(tap);
        assertThat(tap.admit(second)).isTrue();
        assertThat(Hit.enter(tap)).isNull();

        Hit.leave(second, false); // it left nothing, so there is one more

        assertThat(hit(tap)).isTrue();
        assertThat(hit(tap)).isFalse();
        assertThat(tap.isExhausted()).isTrue();
    }

    /** A thread alone has its lane at hand; it must not go on in one that was let go of. */
    @Test
    void lane_letGoOf_isNotGoneOnWith() {
        ProbeTap tap = tap("", PLENTY);
        for (int round = 1; round <= 5; round++) {
            for (int hit = 0; hit < 1_000; hit++) {
                hit(tap);
            }
            for (int i = 0; i < 50; i++) {
                turn(tap);
            }
            assertThat(tap.hits()).isEqualTo(1_000 * round);
            assertThat(sum.sum()).isEqualTo(1_000 * round);
            assertThat(sum.parts).isEmpty();
        }
    }

    @Test
    void sampling_endsWithTheProbe_nothingIsMissing() {
        ProbeTap tap = tap(", per-second: 100", PLENTY);
        for (int i = 0; i < 20; i++) {
            for (int hit = 0; hit < 20_000; hit++) {
                hit(tap);
            }
            turn(tap);
        }
        assertThat(sum.sum()).isLessThan(400_000);

        tap.end();

        assertThat(sum.sum()).isEqualTo(400_000);
        turn(tap);
        assertThat(sum.sum()).isEqualTo(400_000);
    }

    @Test
    void sampling_ofAPattern_isNotBiased() {
        ProbeTap tap = tap(", per-second: 100", PLENTY);
        long odd = 0;
        long all = 0;
        for (int second = 0; second < 40; second++) {
            for (int i = 0; i < 10; i++) {
                for (int hit = 0; hit < 20_000; hit++) {
                    Lane lane = Hit.enter(tap);
                    if (lane != null && tap.admit(lane)) {
                        odd += hit % 2 == 1 ? lane.weight() : 0;
                        all += lane.weight();
                        Hit.leave(lane, true);
                    }
                }
                turn(tap);
            }
            tap.second(now);
        }

        assertThat(all).isBetween(7_900_000L, 8_000_000L);
        // about 3,000 taken hits: half of them, within four standard deviations
        assertThat((double) odd / all).isBetween(0.44, 0.56);
    }

    @Test
    void slowHits_costTheBudgetAndNoMore() {
        ProbeTap tap = tap("", new Budgets(1, 5, 2, 1_000, 1_000));
        long spent = 0;
        for (int i = 0; i < 300; i++) {
            long before = CpuClock.nanos();
            for (int hit = 0; hit < 20; hit++) {
                slowHit(tap, 2_000_000);
            }
            spent += CpuClock.nanos() - before;
            turn(tap);
        }

        // thirty seconds at 1 %, what may be used in one go, and one hit that was begun with nothing left
        assertThat(spent / 1e6).isLessThan(300 + 50 + 50);
        assertThat(tap.cost().every()).isGreaterThan(1);
        assertThat(tap.cost().nanosPerHit()).isGreaterThan(1_900_000);
        assertThat(tap.cost().hits()).isBetween(5_000L, 7_000L);
        assertThat(sum.sum()).isBetween(4_500.0, 7_000.0);
    }

    /** They load classes, in the interpreter; nothing says that the next one will be as dear. */
    @Test
    void firstHits_slowOnce_areNotSampled() {
        ProbeTap tap = tap("", Budgets.DEFAULT);
        slowHit(tap, 40_000_000);
        slowHit(tap, 20_000_000);
        for (int i = 0; i < 20; i++) {
            assertThat(hit(tap)).isTrue();
        }
        turn(tap);
        assertThat(hit(tap)).isTrue();
        assertThat(sum.sum()).isEqualTo(23);
        assertThat(tap.cost().sampledOut()).isZero();
    }

    @Test
    void overBudget_disable_suspendsWithReason() {
        ProbeTap tap = tap(", over-budget: disable", new Budgets(1, 5, 2, 1_000, 1_000));
        for (int i = 0; i < 20; i++) {
            for (int hit = 0; hit < 20; hit++) {
                slowHit(tap, 2_000_000);
            }
            turn(tap);
        }

        assertThat(tap.isOpen()).isFalse();
        assertThat(tap.suspension()).contains("of a core where 1% is allowed").contains("over-budget: disable");
    }

    @Test
    void processBudget_hotProbe_starvesNobody() {
        ProcessBudget process = new ProcessBudget(new Budgets(2, 5, 2, 1_000, 1_000));
        ProbeTap hot = tap(", cpu: 5%", process);
        ProbeTap mild = tap("", process);
        for (int i = 0; i < 100; i++) {
            for (int hit = 0; hit < 30; hit++) {
                slowHit(hot, 1_000_000);
            }
            slowHit(mild, 20_000);
            process.turn(List.of(hot, mild), TURN_NANOS);
            now += TURN_NANOS;
            hot.turn(now);
            mild.turn(now);
        }

        assertThat(hot.cost().every()).isGreaterThan(1);
        assertThat(mild.cost().every()).isEqualTo(1);
        assertThat(mild.emitted()).isEqualTo(100);
    }

    @Test
    void countOfHits_costsCountingOnly() {
        sum.part = Meter.Part.HITS;
        ProbeTap tap = tap(", over-budget: disable", new Budgets(1, 5, 2, 1_000, 1_000));
        for (int i = 0; i < 20; i++) {
            for (int hit = 0; hit < 10_000; hit++) {
                Hit.enter(tap);
            }
            turn(tap);
        }

        assertThat(tap.suspension()).isNull();
        assertThat(tap.emitted()).isEqualTo(200_000);
        assertThat(tap.cost().share()).isBetween(0.000_01, 0.000_2);
    }

    @Test
    void deploymentsCeiling_wins() {
        ProbeTap tap = tap(", cpu: 50%", new Budgets(1, 5, 100, 1_000, 1_000));

        assertThat(tap.demand()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void slowCaptures_suspend() {
        ProbeTap tap = tap("", PLENTY);
        for (int i = 0; i < 5; i++) {
            tap.slowCapture();
        }
        turn(tap);

        assertThat(tap.isOpen()).isFalse();
        assertThat(tap.suspension()).startsWith("its captures were cut for taking longer than their time 5 times");
        assertThat(tap.dropped()).containsEntry("cut-by-time", 5L);
    }

    @Test
    void add_whatNoCounterHolds_isRefused() {
        ProbeTap tap = tap("", PLENTY);
        Lane lane = Hit.enter(tap);
        lane.add(0, -1L);
        lane.add(0, Double.NaN);
        lane.add(0, Double.POSITIVE_INFINITY);
        lane.add(0, -0.5);
        lane.add(0, 2.5);
        Hit.leave(lane, true);

        assertThat(sum.refused).isEqualTo(4);
        assertThat(sum.sum()).isEqualTo(2.5);
    }

    @Test
    void lane_thatWaitsForTooLong_isLetGo() {
        ProbeTap tap = tap(", per-second: 1", PLENTY);
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 10; i++) {
                for (int hit = 0; hit < 10_000; hit++) {
                    hit(tap);
                }
                turn(tap);
            }
            tap.second(now);
        }
        assertThat(tap.cost().every()).isGreaterThan(10_000);
        for (int i = 0; i < 400; i++) {
            turn(tap);
        }
        tap.second(now);

        assertThat(tap.cost().every()).isEqualTo(1);
        assertThat(hit(tap)).as("the first hit after the surge is taken").isTrue();
        assertThat(sum.sum()).isBetween(1_900_000.0, 2_000_001.0);
    }
}
