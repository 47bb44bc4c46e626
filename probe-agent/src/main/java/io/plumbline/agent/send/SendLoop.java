package io.plumbline.agent.send;

import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.exporter.internal.otlp.logs.LowAllocationLogsRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.metrics.MetricsRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.plumbline.agent.quiet.NoMemory;
import io.plumbline.config.wire.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The send thread: takes log records out of the ring, collects metrics, encodes both as OTLP and gives them to Kafka; and
 * since it comes by anyway, refills the credits of all probes. Without probes it wakes for reports only.
 */
public final class SendLoop implements Runnable, AutoCloseable {
    private static final int MAX_RECORDS = 1_024;

    /** A turn ends at some time, also when hits leave records faster than they are sent. */
    private static final int MAX_BATCHES = 16;

    /** Below the megabyte that brokers and producers take by default. */
    private static final int MAX_PARCEL_BYTES = 900_000;

    private static final long BUSY_MILLIS = 10;

    /** Where so many came in one turn that the ring could fill before the next. */
    private static final long CROWDED_MILLIS = 2;

    private static final long QUIET_MILLIS = 100;
    private static final long IDLE_MILLIS = 5_000;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(90);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** Unchanged series are sent again every so many collections, for a pipeline that was restarted. */
    private static final int ALL_EVERY = 15;

    private final Source source;
    private final Outbox outbox;
    private final KafkaSender sender;
    private final String metricsKey;
    private final long metricsNanos;
    private final Consumer<String> log;
    private final Thread thread;

    /** Set by whoever closes, read by the loop. */
    private volatile boolean closed;

    private long secondAt = System.nanoTime();
    private long turnAt = System.nanoTime();
    private long metricsAt = System.nanoTime();
    private int collections;
    private boolean isCrowded;
    /** Of the send thread alone; keeps what it needs from one batch to the next. */
    private final LowAllocationLogsRequestMarshaler logsMarshaler = new LowAllocationLogsRequestMarshaler();

    private final NoMemory noMemory = new NoMemory();

    /** Where signals come from. All methods are called by the send thread. */
    public interface Source {
        /** A new second begins. */
        void second();

        /** A new turn begins: about ten a second while there are probes. */
        void turn();

        /** So many bytes of a probe's signals are on their way. */
        void sent(String probe, long bytes);

        /** Hands over at most so many log records; returns how many. */
        int drainLogs(Consumer<LogRecordData> consumer, int max);

        /** The metric points to send; those that did not change only if all are wanted. */
        List<MetricData> collectMetrics(boolean all);

        /** The spans that have closed in this process since the last call. */
        default List<SpanData> takeSpans() {
            return List.of();
        }

        boolean hasLogs();

        boolean isIdle();
    }

    /**
     * @param client settings of Kafka clients
     * @param clientId the producer's, of this instance alone; also the key of its metrics, so that they are in one partition
     * @param metricsInterval between two collections
     * @param log told of trouble, rarely
     */
    public SendLoop(
            Source source,
            Outbox outbox,
            Map<String, Object> client,
            String clientId,
            Duration metricsInterval,
            Consumer<String> log) {
        this.source = source;
        this.outbox = outbox;
        this.sender = new KafkaSender(client, clientId, outbox, log);
        this.metricsKey = clientId;
        this.log = log;
        this.metricsNanos = metricsInterval.toNanos();
        this.thread = new Thread(null, this, "plumbline-send", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(SendLoop.class.getClassLoader());
    }

    public void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                roundOrRest();
            }
            drain();
            collect(false);
            sender.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sender.close();
        }
    }

    /** Where the program has used up the heap, this thread waits until there is some again. */
    private void roundOrRest() throws InterruptedException {
        try {
            if (noMemory.isToBeTold()) {
                log.accept(noMemory.toString());
                noMemory.settle();
            }
            safeTurn();
            outbox.await(restMillis());
        } catch (OutOfMemoryError e) {
            closed |= !noMemory.rest();
        }
    }

    private long restMillis() {
        if (isCrowded) {
            return CROWDED_MILLIS;
        }
        return source.isIdle() ? IDLE_MILLIS : source.hasLogs() ? BUSY_MILLIS : QUIET_MILLIS;
    }

    /** One bad signal must not end the thread that serves all. */
    private void safeTurn() {
        try {
            turn();
        } catch (Exception | LinkageError e) {
            log.accept("the send thread met an error and goes on: " + e);
        }
    }

    private void turn() {
        long now = System.nanoTime();
        if (now - secondAt >= SECOND_NANOS) {
            secondAt = now;
            source.second();
        }
        if (now - turnAt >= TURN_NANOS) {
            turnAt = now;
            source.turn();
        }
        drain();
        if (now - metricsAt >= metricsNanos) {
            metricsAt = now;
            collect(++collections % ALL_EVERY == 0);
        }
        sender.flush();
    }

    private void drain() {
        List<LogRecordData> batch = new ArrayList<>();
        int drained = 0;
        int last = MAX_RECORDS;
        for (int i = 0; i < MAX_BATCHES && last > 0; i++) {
            last = source.drainLogs(batch::add, MAX_RECORDS);
            drained += last;
            if (!batch.isEmpty()) {
                ByTopic sorted = ByTopic.of(batch);
                logs(Topics.LOGS, null, sorted.logs());
                sorted.points().forEach((bucket, points) -> logs(Topics.POINTS, bucket, points));
                batch.clear();
            }
        }
        isCrowded = drained >= MAX_RECORDS;
        List<SpanData> spans = source.takeSpans();
        for (int from = 0; from < spans.size(); from += MAX_RECORDS) {
            parcels(
                    Topics.SPANS,
                    null,
                    spans.subList(from, Math.min(spans.size(), from + MAX_RECORDS)),
                    TraceRequestMarshaler::create,
                    Shares::ofSpans);
        }
    }

    private void logs(String topic, String key, List<LogRecordData> records) {
        if (!records.isEmpty()) {
            parcels(topic, key, records, this::logsMarshaler, Shares::ofLogs);
            logsMarshaler.reset();
        }
    }

    private Marshaler logsMarshaler(List<LogRecordData> records) {
        logsMarshaler.reset();
        logsMarshaler.initialize(records);
        return logsMarshaler;
    }

    private void collect(boolean all) {
        metrics(source.collectMetrics(all));
    }

    /** Sends metrics out of turn. Called by the control thread when a probe goes. */
    public void metrics(List<MetricData> metrics) {
        if (!metrics.isEmpty()) {
            parcels(Topics.METRICS, metricsKey, metrics, MetricsRequestMarshaler::create, Shares::ofMetrics);
        }
    }

    /** Halves what Kafka would refuse for its size. */
    private <T> void parcels(
            String topic,
            String key,
            List<T> signals,
            Function<List<T>, Marshaler> marshaler,
            Function<List<T>, Shares> shares) {
        Marshaler all = marshaler.apply(signals);
        if (all.getBinarySerializedSize() <= MAX_PARCEL_BYTES || signals.size() == 1) {
            byte[] bytes = encoded(all);
            shares.apply(signals).tell(bytes.length, source::sent);
            outbox.signals(topic, key, bytes, signals.size());
            return;
        }
        int middle = signals.size() / 2;
        parcels(topic, key, signals.subList(0, middle), marshaler, shares);
        parcels(topic, key, signals.subList(middle, signals.size()), marshaler, shares);
    }

    private static byte[] encoded(Marshaler marshaler) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(marshaler.getBinarySerializedSize());
        try {
            marshaler.writeBinaryTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Sends what is there and ends the thread, within {@link #CLOSE_TIMEOUT}; at once while Kafka is away. */
    @Override
    public void close() {
        closed = true;
        outbox.wake();
        if (!sender.isReachable()) {
            return;
        }
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
