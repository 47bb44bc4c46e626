package io.plumbline.agent.capture.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.text.YamlText;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who has turns, and that no hit goes unseen by whoever looks at those only. */
class AwakeTapsTest {
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TURNS_TO_SLEEP = 100;

    private final ProcessBudget process = new ProcessBudget(Budgets.DEFAULT);
    private final AwakeTaps taps = process.taps();
    private long now = System.nanoTime();

    private ProbeTap used(String more) {
        String yaml = "{id: p, at: 'shop.Order:1', count: hits" + more + "}";
        Probe probe = ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.systemUTC());
        ProbeTap tap = new ProbeTap(probe, Redaction.standard(), List.of(new NoMeter()), 0, process);
        taps.use(tap, null);
        return tap;
    }

    private static void hit(ProbeTap tap) {
        Lane lane = Hit.enter(tap);
        if (lane != null && (!tap.hasLimits() || tap.admit(lane))) {
            Hit.leave(lane, true);
        }
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            now += TURN_NANOS;
            taps.second(now);
            taps.turn(process, now);
        }
    }

    @Test
    void turn_nothingHappens_fallsAsleep() {
        ProbeTap tap = used("");

        assertThat(taps.now()).containsExactly(tap);
        turns(TURNS_TO_SLEEP);

        assertThat(taps.now()).isEmpty();
        assertThat(taps.sinceLastLook()).containsExactly(tap);
        assertThat(taps.sinceLastLook()).isEmpty();
    }

    @Test
    void hit_ofOneAsleep_wakesIt() {
        ProbeTap tap = used(", limits: {hits: 2}");
        ProbeTap other = used("");
        turns(TURNS_TO_SLEEP);
        hit(tap);

        assertThat(taps.now()).containsExactly(tap);
        assertThat(tap.emitted()).isEqualTo(1);
        hit(tap);
        assertThat(tap.isExhausted()).isTrue();
        assertThat(other.emitted()).isZero();
    }

    @Test
    void hit_againAndAgain_staysAwake() {
        ProbeTap tap = used("");
        for (int i = 0; i < TURNS_TO_SLEEP; i++) {
            hit(tap);
            turns(30);
        }

        assertThat(taps.now()).containsExactly(tap);
    }

    @Test
    void failure_ofOneAsleep_wakesIt() {
        ProbeTap tap = used("");
        turns(TURNS_TO_SLEEP);
        tap.failed(new LinkageError());

        assertThat(taps.now()).containsExactly(tap);
        assertThat(tap.suspension()).contains("LinkageError");
    }

    @Test
    void use_oneMore_wakesAllForTheirShare() {
        ProbeTap one = used("");
        turns(TURNS_TO_SLEEP);
        ProbeTap two = used("");

        assertThat(taps.now()).containsExactlyInAnyOrder(one, two);
        turns(TURNS_TO_SLEEP);
        taps.forget(two);
        hit(two);
        assertThat(taps.now()).containsExactly(one);
    }

    /** As if it had had its turns all the time. */
    @Test
    void turn_afterASleep_rateIsOfTheLastTurn() {
        ProbeTap tap = used("");
        for (int i = 0; i < 50; i++) {
            hit(tap);
            turns(1);
        }
        double busy = tap.cost().share();
        turns(10 * TURNS_TO_SLEEP);
        hit(tap);
        turns(1);

        assertThat(tap.cost().share()).isPositive().isLessThan(busy);
    }

    /**
     * Turns as far apart as it takes to fall asleep, so that gates are put to sleep while they are hit; but as no hit takes seconds, none
     * lasts for more than a turn.
     */
    @Test
    void sinceLastLook_whileGatesFallAsleep_missesNoHit() throws InterruptedException {
        ProbeTap tap = used("");
        AtomicLong begun = new AtomicLong();
        AtomicLong ended = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        Thread turning = new Thread(() -> {
            while (!done.get()) {
                long underWay = begun.get();
                now += TimeUnit.SECONDS.toNanos(10);
                taps.turn(process, now);
                while (ended.get() < underWay && !done.get()) {
                    Thread.onSpinWait();
                }
            }
        });
        turning.start();
        long wrong = 0;
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (System.nanoTime() - until < 0) {
            begun.incrementAndGet();
            hit(tap);
            wrong += taps.sinceLastLook().contains(tap) ? 0 : 1;
            ended.incrementAndGet();
        }
        done.set(true);
        turning.join();

        assertThat(begun.get()).isPositive();
        assertThat(wrong).isZero();
    }

    /** No metric. */
    private static final class NoMeter implements Meter {
        @Override
        public Part part() {
            return Part.NONE;
        }

        @Override
        public LaneSum newSum() {
            throw new UnsupportedOperationException();
        }

        @Override
        public LaneHistogram newHistogram() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void fold(LaneSum part) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void fold(LaneHistogram part) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void refuse(double value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addShared(double value, long weight) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void example(double value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void standIn(long hits) {
            // nothing to add to
        }
    }
}
