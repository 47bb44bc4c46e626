package io.plumbline.pipeline.stream;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.signal.Decoded;
import io.plumbline.exporters.signal.MalformedRecordException;
import io.plumbline.exporters.signal.OtlpDecoder;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.pipeline.stream.OffsetTracker.Tracked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Carries records from the backlog to the exporter: decodes them one by one, cuts their signals into batches, has these delivered.
 * A record is settled when the batch with its last signal is.
 *
 * <p>Threads: belongs to one lane.
 */
final class Carrier {
    private final Intake intake;
    private final Routing routing;
    private final BatchLimits limits;
    private final Delivery delivery;
    private final DeadLetters deadLetters;
    private final DeliveryCounts counts;

    private final List<Item> batch = new ArrayList<>();
    private final List<Tracked> complete = new ArrayList<>();
    private long batchBytes;
    private int passedOver;
    /** Whether a limit cut a batch since it was last asked. */
    private boolean wasFull;

    Carrier(
            Intake intake,
            Routing routing,
            BatchLimits limits,
            Delivery delivery,
            DeadLetters deadLetters,
            DeliveryCounts counts) {
        this.intake = intake;
        this.routing = routing;
        this.limits = limits;
        this.delivery = delivery;
        this.deadLetters = deadLetters;
        this.counts = counts;
    }

    /**
     * Returns when all that the turn gave is settled.
     *
     * @throws InterruptedException when told to give up; what was not settled may or may not have arrived
     */
    void carry(Lanes.Turn turn) throws InterruptedException {
        try {
            for (Tracked next = turn.next(false); next != null; next = turn.next(wasFull)) {
                wasFull = false;
                take(next, turn);
            }
            flush(turn);
        } finally {
            forget();
        }
    }

    private void take(Tracked tracked, Lanes.Turn turn) throws InterruptedException {
        List<Signal> signals = decode(tracked.origin());
        for (int i = 0; i < signals.size(); i++) {
            Optional<Signal> routed = routing.route(signals.get(i));
            if (routed.isEmpty()) {
                passedOver++;
                continue;
            }
            Signal signal = routed.get();
            if (batch.size() == limits.maxSignals() || batchBytes + signal.wireBytes() > limits.maxBytes()) {
                flush(turn);
                wasFull = true;
            }
            batch.add(new Item(signal, tracked.origin(), i));
            batchBytes += signal.wireBytes();
        }
        complete.add(tracked);
    }

    private void flush(Lanes.Turn turn) throws InterruptedException {
        if (!batch.isEmpty()) {
            delivery.deliver(List.copyOf(batch));
        }
        counts.filtered(passedOver);
        turn.settle(complete);
        forget();
    }

    private void forget() {
        batch.clear();
        complete.clear();
        batchBytes = 0;
        passedOver = 0;
    }

    private List<Signal> decode(ConsumerRecord<byte[], byte[]> origin) throws InterruptedException {
        Optional<SignalKind> kind = intake.kindOf(origin);
        if (kind.isEmpty() || origin.value() == null) {
            return List.of();
        }
        try {
            Decoded decoded = OtlpDecoder.decode(kind.get(), origin.value());
            decoded.refused()
                    .forEach(refusal -> counts.lost(
                            LossCause.UNSUPPORTED, refusal.points(), refusal.name() + ": " + refusal.reason()));
            return decoded.signals();
        } catch (MalformedRecordException e) {
            deadLetters.put(List.of(Loss.unreadable(origin, e.getMessage())));
            counts.lost(LossCause.MALFORMED, 1, e.getMessage());
            return List.of();
        }
    }
}
