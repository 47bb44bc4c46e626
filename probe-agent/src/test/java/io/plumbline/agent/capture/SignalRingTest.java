package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignalRingTest {
    private final AtomicLong nanoTime = new AtomicLong(1);
    private final SignalRing ring = new SignalRing(Probes.renderer(), nanoTime::get, SignalRing.SLOTS);
    private final LogRecords records = Probes.records(ring, 1);

    private void write(int value) {
        var record = Probes.claim(records);
        record.put(value);
        record.commit();
    }

    private List<Integer> drain(int max) {
        List<Integer> lengths = new ArrayList<>();
        ring.drain(slot -> lengths.add((int) slot.bytes()[1]), max);
        return lengths;
    }

    @Test
    void drain_keepsTheOrderOfClaims() {
        for (int i = 0; i < 5; i++) {
            write(i);
        }

        assertThat(drain(3)).containsExactly(0, 1, 2);
        assertThat(drain(3)).containsExactly(3, 4);
        assertThat(drain(3)).isEmpty();
    }

    @Test
    void claim_fullRing_isDroppedAndCounted() {
        for (int i = 0; i < SignalRing.SLOTS; i++) {
            write(i);
        }

        assertThat(Probes.claim(records)).isNull();
        assertThat(Probes.claim(records)).isNull();
        assertThat(ring.dropped()).isEqualTo(2);

        assertThat(drain(1)).hasSize(1);
        assertThat(Probes.claim(records)).isNotNull();
    }

    @Test
    void claim_manyThreads_nothingIsLostUncounted() throws InterruptedException {
        AtomicInteger written = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicLong sum = new AtomicLong();
        AtomicInteger drained = new AtomicInteger();
        Thread drain = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                drained.addAndGet(ring.drain(slot -> sum.addAndGet(number(slot)), 64));
            }
        });
        drain.start();

        ProbeTapTest.inEightThreads(() -> {
            for (int i = 0; i < 20_000; i++) {
                var record = Probes.claim(records);
                if (record == null) {
                    refused.incrementAndGet();
                } else {
                    record.put(1);
                    record.commit();
                    written.incrementAndGet();
                }
            }
        });
        drain.interrupt();
        drain.join();
        drained.addAndGet(ring.drain(slot -> sum.addAndGet(number(slot)), Integer.MAX_VALUE));

        assertThat(written.get() + refused.get()).isEqualTo(160_000);
        assertThat(drained).hasValue(written.get());
        assertThat(sum).hasValue(written.get());
        assertThat(ring.dropped()).isEqualTo(refused.get());
    }

    private static int number(Slot slot) {
        assertThat(slot.length()).isEqualTo(9);
        return slot.bytes()[1];
    }

    @Test
    void drain_stalledSlot_isReplacedAndRestGoesOn() {
        var vanished = Probes.claim(records);
        write(1);
        write(2);

        assertThat(drain(10)).isEmpty();
        nanoTime.addAndGet(SignalRing.STALLED_NANOS);
        assertThat(drain(10)).isEmpty();
        nanoTime.addAndGet(2);
        assertThat(drain(10)).isEmpty();
        assertThat(drain(10)).containsExactly(1, 2);
        assertThat(ring.dropped()).isEqualTo(1);

        vanished.put(9);
        vanished.commit();
        for (int i = 0; i < SignalRing.SLOTS; i++) {
            write(7);
        }
        assertThat(drain(Integer.MAX_VALUE)).hasSize(SignalRing.SLOTS).containsOnly(7);
    }

    @Test
    void drain_slowButAlive_isWaitedFor() {
        var slow = Probes.claim(records);
        drain(1);
        nanoTime.addAndGet(SignalRing.STALLED_NANOS / 2);
        slow.put(3);
        slow.commit();

        assertThat(drain(10)).containsExactly(3);
        assertThat(ring.dropped()).isZero();
    }

    @Test
    void abort_isPassedOver() {
        var failed = Probes.claim(records);
        failed.put(1);
        failed.abort(new IllegalStateException("on purpose"));
        write(2);

        assertThat(drain(10)).containsExactly(2);
        assertThat(records.tap().dropped()).containsEntry("error", 1L);
    }

    @Test
    void drain_idle_letsGoOfWhatHitsReferredTo() throws InterruptedException {
        WeakReference<Thread> gone = writeElsewhere();
        assertThat(drain(10)).containsExactly(7);
        for (int second = 0; second < 10; second++) {
            records.tap().turn(System.nanoTime() + TimeUnit.SECONDS.toNanos(second)); // the gate's lane goes too
        }

        for (int i = 0; i < 2 * SignalRing.SLOTS && gone.get() != null; i++) {
            assertThat(drain(10)).isEmpty();
            if (i % 32 == 0) {
                System.gc();
            }
        }

        assertThat(gone.get()).isNull();
        assertThat(ring.isEmpty()).isTrue();
        write(8);
        assertThat(drain(10)).containsExactly(8);
    }

    private WeakReference<Thread> writeElsewhere() throws InterruptedException {
        Thread thread = new Thread(() -> write(7));
        thread.start();
        thread.join();
        return new WeakReference<>(thread);
    }

    @Test
    void drain_consumerThrows_slotIsFreeAgain() {
        write(1);
        write(2);
        try {
            ring.drain(
                    slot -> {
                        throw new IllegalStateException("on purpose");
                    },
                    10);
        } catch (IllegalStateException e) {
            // the next one is not lost
        }

        assertThat(drain(10)).containsExactly(2);
    }
}
