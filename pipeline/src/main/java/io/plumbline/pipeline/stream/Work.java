package io.plumbline.pipeline.stream;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.signal.Decoded;
import io.plumbline.exporters.signal.MalformedRecordException;
import io.plumbline.exporters.signal.OtlpDecoder;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one poll on their way: decoded one by one, cut into batches, delivered in order. A record is settled
 * when the batch with its last signal is.
 *
 * <p>Threads: run by the worker, watched by the poller.
 */
final class Work implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final Intake intake;
    private final Routing routing;
    private final BatchLimits limits;
    private final Delivery delivery;
    private final DeadLetters deadLetters;
    private final DeliveryCounts counts;
    private final Settled settled = new Settled();
    private final CountDownLatch ended = new CountDownLatch(1);

    private final List<Item> batch = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> complete = new ArrayList<>();
    private long batchBytes;
    /** Passed over since the last batch, and counted with it. */
    private int passedOver;

    Work(
            List<ConsumerRecord<byte[], byte[]>> records,
            Intake intake,
            Routing routing,
            BatchLimits limits,
            Delivery delivery,
            DeadLetters deadLetters,
            DeliveryCounts counts) {
        this.records = List.copyOf(records);
        this.intake = intake;
        this.routing = routing;
        this.limits = limits;
        this.delivery = delivery;
        this.deadLetters = deadLetters;
        this.counts = counts;
    }

    @Override
    public void run() {
        try {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                take(record);
            }
            flush();
        } catch (InterruptedException e) {
            // Given up by the poller; what is not settled will be read again.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a defect of the pipeline broke off the work on {} records", open().size(), e);
        } finally {
            ended.countDown();
        }
    }

    Settled settled() {
        return settled;
    }

    /** Records not settled yet, in the order in which they were polled. */
    List<ConsumerRecord<byte[], byte[]>> open() {
        return records.subList(settled.records(), records.size());
    }

    boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        List<Signal> signals = decode(record);
        for (int i = 0; i < signals.size(); i++) {
            Optional<Signal> routed = routing.route(signals.get(i));
            if (routed.isEmpty()) {
                passedOver++;
                continue;
            }
            Signal signal = routed.get();
            if (batch.size() == limits.maxSignals() || batchBytes + signal.wireBytes() > limits.maxBytes()) {
                flush();
            }
            batch.add(new Item(signal, record, i));
            batchBytes += signal.wireBytes();
        }
        complete.add(record);
    }

    private void flush() throws InterruptedException {
        if (!batch.isEmpty()) {
            delivery.deliver(List.copyOf(batch));
        }
        counts.filtered(passedOver);
        passedOver = 0;
        complete.forEach(settled::add);
        batch.clear();
        complete.clear();
        batchBytes = 0;
    }

    private List<Signal> decode(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        Optional<SignalKind> kind = intake.kindOf(record);
        if (kind.isEmpty() || record.value() == null) {
            return List.of();
        }
        try {
            Decoded decoded = OtlpDecoder.decode(kind.get(), record.value());
            decoded.refused()
                    .forEach(refusal -> counts.lost(
                            LossCause.UNSUPPORTED, refusal.points(), refusal.name() + ": " + refusal.reason()));
            return decoded.signals();
        } catch (MalformedRecordException e) {
            deadLetters.put(List.of(Loss.unreadable(record, e.getMessage())));
            counts.lost(LossCause.MALFORMED, 1, e.getMessage());
            return List.of();
        }
    }
}
