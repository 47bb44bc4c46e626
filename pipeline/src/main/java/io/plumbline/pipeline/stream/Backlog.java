package io.plumbline.pipeline.stream;

import io.plumbline.pipeline.stream.OffsetTracker.Tracked;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one assignment of partitions, from the poll to the backend's answer. It is dropped with the assignment: what is
 * settled in it later counts for nothing.
 *
 * <p>Threads: none of its own; {@link Lanes} guards it.
 */
final class Backlog {
    /** Records that are settled behind one that is not; some forty bytes each. */
    private static final int MAX_KEPT = 100_000;

    private final OffsetTracker offsets = new OffsetTracker();
    private final Deque<Tracked> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long bytesUnderWay;
    private boolean isBroken;

    void add(Iterable<ConsumerRecord<byte[], byte[]>> polled) {
        for (ConsumerRecord<byte[], byte[]> origin : polled) {
            Tracked tracked = offsets.add(origin);
            waiting.addLast(tracked);
            waitingBytes += tracked.bytes();
        }
    }

    /** The next record; null if none waits. */
    Tracked next() {
        Tracked next = waiting.pollFirst();
        if (next != null) {
            waitingBytes -= next.bytes();
            bytesUnderWay += next.bytes();
        }
        return next;
    }

    void settle(List<Tracked> records) {
        for (Tracked each : records) {
            bytesUnderWay -= each.bytes();
            offsets.settle(each);
        }
    }

    /** Gives up what has not begun. */
    void stop() {
        waiting.clear();
        waitingBytes = 0;
    }

    /** A defect of ours ended work on it: what is open has to be read again. */
    void broke() {
        isBroken = true;
        stop();
    }

    boolean isBroken() {
        return isBroken;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    boolean isFull(long bytes) {
        return waitingBytes >= bytes || offsets.kept() >= MAX_KEPT;
    }

    long waitingBytes() {
        return waitingBytes;
    }

    /** Of records that were taken and are not settled. */
    long bytesUnderWay() {
        return bytesUnderWay;
    }

    OffsetTracker offsets() {
        return offsets;
    }
}
