package io.plumbline.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.Otlp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many calls of an exporter are under way, in what order, and what is kept in memory; without Kafka. */
class LanesTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.LOGS, 0);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final DeliveryCounts counts = new DeliveryCounts("test", new SimpleMeterRegistry());
    private final Backend backend = new Backend();
    private Lanes lanes;
    private int polled;

    /** Holds each call until it is let go, and sees how many are there at once. */
    private static final class Backend implements Exporter {
        private final Semaphore mayGo = new Semaphore(0);
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final ConcurrentLinkedQueue<String> delivered = new ConcurrentLinkedQueue<>();
        private volatile boolean refuses;

        @Override
        public Outcome export(List<Signal> batch) throws InterruptedException {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                mayGo.acquire();
                if (refuses) {
                    return Outcome.retry("429");
                }
                batch.forEach(signal -> delivered.add(String.valueOf(((LogSignal) signal).body())));
                return Outcome.delivered();
            } finally {
                inside.decrementAndGet();
            }
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void oneCallIsEnough_whileItKeepsUp() {
        lanes = lanes(8, 1_000, 1 << 20);
        backend.mayGo.release(1_000);
        for (int i = 0; i < 200; i++) {
            poll(1);
            Eventually.isTrue(lanes::isIdle);
        }
        assertThat(backend.most.get()).isEqualTo(1);
        assertThat(lanes.allowed()).isEqualTo(1);
    }

    @Test
    void whileRecordsWait_callsBecomeAsManyAsAreAllowed_andAllIsDeliveredOnce() {
        lanes = lanes(6, 2, 1 << 20);
        poll(400);
        Eventually.isTrue(() -> {
            backend.mayGo.release();
            return backend.inside.get() == 6;
        });
        backend.mayGo.release(400);
        Eventually.isTrue(lanes::isIdle);

        assertThat(backend.most.get()).isEqualTo(6);
        assertThat(backend.delivered).hasSize(400).doesNotHaveDuplicates();
        assertThat(lanes.takeSettled()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(400)));
    }

    @Test
    void aBackendThatRefuses_isLeftWithOneCall() {
        lanes = lanes(8, 2, 1 << 20);
        poll(400);
        Eventually.isTrue(() -> {
            backend.mayGo.release();
            return lanes.allowed() == 8;
        });
        backend.refuses = true;
        backend.mayGo.release(8);

        Eventually.isTrue(() -> lanes.allowed() == 1);
        assertThat(counts.standing().now().state()).isEqualTo(ExporterHealth.State.RETRYING);
        backend.refuses = false;
        backend.mayGo.release(1_000);
        Eventually.isTrue(lanes::isIdle);
        assertThat(backend.delivered).hasSize(400).doesNotHaveDuplicates();
        assertThat(counts.standing().now().state()).isEqualTo(ExporterHealth.State.DELIVERING);
    }

    @Test
    void withOneCallAllowed_recordsKeepTheirOrder() {
        lanes = lanes(1, 3, 1 << 20);
        backend.mayGo.release(1_000);
        List<String> expected = new ArrayList<>(poll(300));
        Eventually.isTrue(lanes::isIdle);

        assertThat(backend.delivered).containsExactlyElementsOf(expected);
    }

    @Test
    void whatWaits_isBoundedByBytes_andSoIsWhatIsUnderWay() {
        int size = bytes(0);
        lanes = lanes(8, 1, 10L * size);
        poll(9);
        Eventually.isTrue(() -> backend.inside.get() == 1);
        assertThat(lanes.isFull()).isFalse();
        poll(40);
        assertThat(lanes.isFull()).as("48 records wait").isTrue();
        assertThat(lanes.hasRoom()).isFalse();

        backend.mayGo.release(1_000);
        Eventually.isTrue(lanes::isIdle);
        assertThat(lanes.hasRoom()).isTrue();
    }

    @Test
    void underWay_isNoMoreThanTheBudget_whateverTheLimitOfCallsIs() {
        int size = bytes(0);
        lanes = lanes(8, 1, 3L * size);
        poll(100);
        for (int i = 1; i <= 60; i++) {
            int sofar = i;
            backend.mayGo.release();
            Eventually.isTrue(() -> backend.delivered.size() == sofar);
        }
        Eventually.isTrue(() -> backend.inside.get() > 1);

        // a lane takes the next record before it knows that its batch is full
        assertThat(backend.most.get()).isLessThanOrEqualTo(4);
        backend.mayGo.release(1_000);
        Eventually.isTrue(lanes::isIdle);
    }

    @Test
    void givenUp_settlesNothingAnyMore_andTheNextAssignmentGoesOn() throws Exception {
        lanes = lanes(4, 2, 1 << 20);
        poll(20);
        Eventually.isTrue(() -> backend.inside.get() > 0);
        lanes.stop();
        assertThat(lanes.awaitEnd(Duration.ofMillis(50))).isFalse();
        lanes.interrupt();
        assertThat(lanes.awaitEnd(LONG)).isTrue();
        assertThat(lanes.takeSettled()).isEmpty();
        assertThat(lanes.clear()).isEqualTo(Map.of(PARTITION, 0L));

        backend.mayGo.release(1_000);
        polled = 0;
        List<String> again = poll(20);
        Eventually.isTrue(lanes::isIdle);
        assertThat(backend.delivered).containsExactlyInAnyOrderElementsOf(again);
        assertThat(lanes.takeSettled()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(20)));
    }

    @Test
    void oneThatEndsLate_holdsTheCommitBack_andNothingElse() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        Set<String> seen = new HashSet<>();
        Exporter oneIsSlow = new Exporter() {
            @Override
            public Outcome export(List<Signal> batch) throws InterruptedException {
                String body = String.valueOf(((LogSignal) batch.get(0)).body());
                if (body.equals("3")) {
                    late.await();
                }
                synchronized (seen) {
                    seen.add(body);
                }
                return Outcome.delivered();
            }

            @Override
            public void close() {}
        };
        lanes = lanes(4, 1, 1 << 20, oneIsSlow);
        poll(200);
        Eventually.isTrue(() -> {
            synchronized (seen) {
                return seen.size() >= 198;
            }
        }); // the lane that has it has the next one in its hands
        Eventually.isTrue(() -> lanes.open().getOrDefault(PARTITION, 0) <= 2);
        assertThat(lanes.takeSettled().get(PARTITION).offset()).isLessThanOrEqualTo(3);

        late.countDown();
        Eventually.isTrue(lanes::isIdle);
        assertThat(lanes.takeSettled()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(200)));
    }

    private List<String> poll(int records) {
        List<String> bodies = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            bodies.add(String.valueOf(polled));
            some.add(origin(polled++));
        }
        lanes.add(some);
        return bodies;
    }

    private static int bytes(int number) {
        return origin(number).serializedValueSize();
    }

    private static ConsumerRecord<byte[], byte[]> origin(int number) {
        byte[] value = Otlp.logs("shop", "p", String.valueOf(number));
        return new ConsumerRecord<>(
                Topics.LOGS,
                0,
                number,
                0L,
                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                0,
                value.length,
                null,
                value,
                new org.apache.kafka.common.header.internals.RecordHeaders(),
                java.util.Optional.empty());
    }

    private Lanes lanes(int most, int maxSignals, long budget) {
        return lanes(most, maxSignals, budget, backend);
    }

    private Lanes lanes(int most, int maxSignals, long budget, Exporter exporter) {
        DeadLetters none = losses -> {
            throw new AssertionError("no dead letters: " + losses);
        };
        return new Lanes(
                "test",
                getClass().getClassLoader(),
                most,
                budget,
                (owner, number) -> new Carrier(
                        new Intake("test", Set.of(SignalKind.LOG)),
                        Routing.everything("test"),
                        new BatchLimits(maxSignals, 1 << 20),
                        new Delivery(
                                exporter,
                                none,
                                counts,
                                new Backoff(() -> 0),
                                duration -> Thread.sleep(5),
                                owner::answered),
                        none,
                        counts));
    }
}
