package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.capture.gate.Hit;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.config.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProbeTapTest {

    private static ProbeTap tap(String limits) {
        Probe probe = Probes.of("{id: p, at: 'shop.Order:1', count: hits, limits: " + limits + "}");
        return Probes.tap(probe);
    }

    /** A hit that emits. */
    private static boolean hit(ProbeTap tap) {
        return hit(tap, true);
    }

    private static boolean hit(ProbeTap tap, boolean emits) {
        Lane lane = Hit.enter(tap);
        if (lane == null || !tap.admit(lane)) {
            return false;
        }
        Hit.leave(lane, emits);
        return true;
    }

    @Test
    void admit_overRate_dropsAndCountsUntilTick() {
        ProbeTap tap = tap("{per-second: 2}");

        assertThat(List.of(hit(tap), hit(tap), hit(tap), hit(tap))).containsExactly(true, true, false, false);
        assertThat(tap.dropped()).containsEntry("rate", 2L);

        tap.second(System.nanoTime());
        assertThat(hit(tap)).isTrue();
        assertThat(tap.emitted()).isEqualTo(3);
    }

    @Test
    void admit_underEightThreads_limitIsExact() throws InterruptedException {
        ProbeTap tap = tap("{hits: 1000}");
        AtomicInteger admitted = new AtomicInteger();

        inEightThreads(() -> {
            for (int i = 0; i < 1_000; i++) {
                if (hit(tap)) {
                    admitted.incrementAndGet();
                }
            }
        });

        assertThat(admitted).hasValue(1_000);
        assertThat(tap.emitted()).isEqualTo(1_000);
        assertThat(tap.isExhausted()).isTrue();
        assertThat(tap.isOpen()).isFalse();
    }

    @Test
    void hit_thatEmitsNothing_underEightThreads_limitIsExact() throws InterruptedException {
        ProbeTap tap = tap("{hits: 1000}");
        AtomicInteger kept = new AtomicInteger();

        inEightThreads(() -> {
            for (int i = 0; i < 4_000; i++) {
                if (hit(tap, i % 2 != 0) && i % 2 != 0) {
                    kept.incrementAndGet();
                }
            }
        });

        assertThat(kept).hasValue(1_000);
        assertThat(tap.emitted()).isEqualTo(1_000);
        assertThat(tap.isExhausted()).isTrue();
    }

    @Test
    void hit_lastEmitsNothing_opensAgain() {
        ProbeTap tap = tap("{hits: 1}");

        assertThat(hit(tap, false)).isTrue();

        assertThat(tap.isExhausted()).isFalse();
        assertThat(hit(tap)).isTrue();
        assertThat(hit(tap)).isFalse();
        assertThat(tap.emitted()).isEqualTo(1);
    }

    @Test
    void failed_exception_isCountedAndGoesOn() {
        ProbeTap tap = tap("{hits: 5}");

        tap.failed(new ArithmeticException("/ by zero"));

        assertThat(tap.isOpen()).isTrue();
        assertThat(tap.suspension()).isNull();
        assertThat(tap.lastError()).isEqualTo("java.lang.ArithmeticException: / by zero");
        assertThat(tap.dropped()).containsEntry("error", 1L);
    }

    @Test
    void failed_error_suspends() {
        ProbeTap tap = tap("{hits: 5}");

        tap.failed(new VerifyError());

        assertThat(tap.isOpen()).isFalse();
        assertThat(tap.suspension()).isEqualTo("stopped by an error in the probe's own code: java.lang.VerifyError");
    }

    @Test
    void failed_exceptionOfApplication_isNotAsked() {
        ProbeTap tap = tap("{hits: 5}");

        tap.failed(new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new AssertionError("code of the application ran");
            }
        });

        assertThat(tap.lastError()).startsWith(getClass().getName());
    }

    @Test
    void close_letsNothingThrough() {
        ProbeTap tap = tap("{hits: 5}");

        tap.close();

        assertThat(tap.isOpen()).isFalse();
    }

    static void inEightThreads(Runnable task) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                task.run();
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
