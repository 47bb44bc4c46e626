package io.plumbline.benchmarks;

import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.plumbline.agent.capture.Capture;
import io.plumbline.agent.send.Outbox;
import io.plumbline.agent.send.SendLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The agent's own send thread, outbox and Kafka client. */
final class KafkaSending implements Sending {
    private static final long BUFFERED_BYTES = 8L << 20;

    private final Outbox outbox = new Outbox(BUFFERED_BYTES);
    private final SendLoop loop;

    /** Set by the send thread. */
    private volatile long drained;

    KafkaSending(Capture capture, String kafka) {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", kafka);
        loop = new SendLoop(
                source(capture),
                outbox,
                client,
                "plumbline-send-benchmark",
                Duration.ofSeconds(1),
                System.out::println);
        loop.start();
    }

    private SendLoop.Source source(Capture capture) {
        return new SendLoop.Source() {
            @Override
            public void second() {
                capture.second();
            }

            @Override
            public void turn() {
                capture.turn();
            }

            @Override
            public void sent(String probe, long bytes) {
                capture.sent(probe, bytes);
            }

            @Override
            @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
            public int drainLogs(Consumer<LogRecordData> consumer, int max) {
                int taken = capture.drainLogs(consumer, max);
                drained += taken;
                return taken;
            }

            @Override
            public List<MetricData> collectMetrics(boolean all) {
                return capture.collectMetrics(all);
            }

            @Override
            public boolean hasLogs() {
                return capture.hasLogs();
            }

            @Override
            public boolean isIdle() {
                return capture.isIdle();
            }
        };
    }

    /** Signals that found no room, by cause. */
    Map<String, Long> dropped() {
        return outbox.dropped();
    }

    @Override
    public long drained() {
        return drained;
    }

    @Override
    public void rests(boolean does) {
        // as the agent does
    }

    @Override
    public void close() {
        loop.close();
    }
}
