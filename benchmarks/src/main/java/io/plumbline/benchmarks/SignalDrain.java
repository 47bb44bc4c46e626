package io.plumbline.benchmarks;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.exporter.internal.otlp.logs.LogsRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.metrics.MetricsRequestMarshaler;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.plumbline.agent.capture.Capture;
import io.plumbline.config.wire.SignalAttributes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does what the agent's send thread does, up to the bytes that would go to Kafka: takes log records out of the ring,
 * collects metrics, encodes both as OTLP, refills credits. So the measured threads share the machine with it as they
 * would in production.
 */
final class SignalDrain implements Runnable, Sending {
    private static final AttributeKey<Long> WEIGHT = AttributeKey.longKey(SignalAttributes.WEIGHT);
    private static final int MAX_RECORDS = 256;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long HURRIED_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(90);
    private static final long CLOSE_MILLIS = 2_000;

    private final Capture capture;
    private final Thread thread = new Thread(this, "plumbline-send");
    private long secondAt = System.nanoTime();
    private long turnAt = System.nanoTime();

    /** Set by the drain, read by measured threads before a burst. */
    private volatile long drained;

    /** Hits that the drained records stand for. */
    private volatile long weights;

    /** Whether it rests between two turns; set by whoever warms up. */
    private volatile boolean rests = true;

    /** Set by whoever closes, read by the drain. */
    private volatile boolean closed;

    SignalDrain(Capture capture) {
        this.capture = capture;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public long drained() {
        return drained;
    }

    @Override
    public void rests(boolean does) {
        rests = does;
        LockSupport.unpark(thread);
    }

    /** Hits that those records stand for. */
    long weights() {
        return weights;
    }

    @Override
    public void run() {
        while (!closed) {
            turn();
            second();
            drain();
            LockSupport.parkNanos(rests ? PAUSE_NANOS : HURRIED_NANOS);
        }
        drain();
    }

    private void turn() {
        long now = System.nanoTime();
        if (now - turnAt >= TURN_NANOS) {
            turnAt = now;
            capture.turn();
        }
    }

    private void second() {
        long now = System.nanoTime();
        if (now - secondAt >= SECOND_NANOS) {
            secondAt = now;
            capture.second();
            List<MetricData> metrics = capture.collectMetrics(false);
            if (!metrics.isEmpty()) {
                encode(MetricsRequestMarshaler.create(metrics));
            }
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    private void drain() {
        List<LogRecordData> batch = new ArrayList<>();
        while (capture.drainLogs(batch::add, MAX_RECORDS) > 0) {
            encode(LogsRequestMarshaler.create(batch));
            drained += batch.size();
            weights += batch.stream().mapToLong(SignalDrain::weight).sum();
            batch.clear();
        }
    }

    private static long weight(LogRecordData record) {
        Long weight = record.getAttributes().get(WEIGHT);
        return weight == null ? 1 : weight;
    }

    private static void encode(Marshaler marshaler) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(marshaler.getBinarySerializedSize());
        try {
            marshaler.writeBinaryTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes out what is left, then ends. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
