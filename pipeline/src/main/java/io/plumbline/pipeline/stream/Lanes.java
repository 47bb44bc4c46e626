package io.plumbline.pipeline.stream;

import com.netflix.concurrency.limits.limit.AIMDLimit;
import io.plumbline.pipeline.stream.OffsetTracker.Tracked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads {@code exporter-NAME-export-1} and so on, which alone call the exporter: one while it keeps up, more while records
 * wait, as many as the exporter allows and its backend bears. How many that is follows its answers: one more with each that is
 * good, half as many with each that is not (AIMD, as TCP does).
 *
 * <p>The bargain: with one lane the records of a partition are delivered in their order; with more they are not. Memory is bounded
 * by the bytes of records that wait, and by those of records under way: a lane begins another record only while they are below the budget,
 * or when it is the only one.
 *
 * <p>Threads: each method says whose it is; all state is guarded by this.
 */
final class Lanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final double BACK_OFF = 0.5;

    /** An answer that takes longer is no good one. */
    private static final Duration SLOW = Duration.ofSeconds(20);

    private final String name;
    private final ClassLoader context;
    private final int most;
    private final long budgetBytes;
    private final BiFunction<Lanes, Integer, Carrier> carriers;
    private final AIMDLimit limit;
    private final Map<Thread, Backlog> working = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private Backlog backlog = new Backlog();
    /** Whether a call was full, and records waited still, when one was last looked for. */
    private boolean isBehind;

    private boolean isClosed;

    /**
     * @param context where the exporter's own libraries look for classes by name: the loader that it came from
     * @param most calls at once that the exporter allows
     * @param budgetBytes of records that wait, and again of records under way
     * @param carriers makes what a lane works with, by its number from 1
     */
    Lanes(String name, ClassLoader context, int most, long budgetBytes, BiFunction<Lanes, Integer, Carrier> carriers) {
        this.name = name;
        this.context = context;
        this.most = most;
        this.budgetBytes = budgetBytes;
        this.carriers = carriers;
        this.limit = AIMDLimit.newBuilder()
                .initialLimit(1)
                .minLimit(1)
                .maxLimit(most)
                .backoffRatio(BACK_OFF)
                .timeout(SLOW.toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    // The poller's.

    synchronized void add(Iterable<ConsumerRecord<byte[], byte[]>> polled) {
        backlog.add(polled);
        if (threads.isEmpty()) {
            startThread();
        }
        notifyAll();
    }

    /** Whether no more records should be polled for now. */
    synchronized boolean isFull() {
        return backlog.isFull(budgetBytes);
    }

    /** Whether so little waits that more should be polled. */
    synchronized boolean hasRoom() {
        return !backlog.isFull(budgetBytes / 2);
    }

    synchronized boolean isIdle() {
        return backlog.offsets().open() == 0;
    }

    /** Whether all records are settled within a time. */
    synchronized boolean awaitIdle(Duration time) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + time.toNanos();
        while (!isIdle() && !backlog.isBroken()) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return isIdle();
    }

    synchronized boolean isBroken() {
        return backlog.isBroken();
    }

    /** Records that are not settled, by partition. */
    synchronized Map<TopicPartition, Integer> open() {
        return backlog.offsets().openByPartition();
    }

    synchronized Map<TopicPartition, OffsetAndMetadata> takeSettled() {
        return backlog.offsets().take();
    }

    /** What waits is given up; what is under way goes on. */
    synchronized void stop() {
        backlog.stop();
    }

    /** Whether all that was under way has ended within a time. */
    synchronized boolean awaitEnd(Duration time) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + time.toNanos();
        while (working.containsValue(backlog)) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return true;
    }

    /** How many lanes have records of the assignment under way. */
    synchronized int working() {
        return (int) working.values().stream().filter(backlog::equals).count();
    }

    /** Interrupts what is under way. */
    synchronized void interrupt() {
        working.forEach((thread, at) -> {
            if (at == backlog) {
                thread.interrupt();
            }
        });
    }

    /**
     * Begins anew, with nothing. Work that goes on for what was there before still counts as a call under way, but settles nothing.
     *
     * @return where the partitions would have to be read again to miss nothing
     */
    synchronized Map<TopicPartition, Long> clear() {
        Map<TopicPartition, Long> open = backlog.offsets().firstOpen();
        backlog = new Backlog();
        isBehind = false;
        return open;
    }

    // Anyone's.

    /** How many calls may be under way at once, now. */
    int allowed() {
        return limit.getLimit();
    }

    synchronized long waitingBytes() {
        return backlog.waitingBytes();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        threads.forEach(Thread::interrupt);
        notifyAll();
    }

    // The lanes'.

    /** A call was answered; only those of a lane that is behind tell whether one more would help. */
    synchronized void answered(long startNanos, long nanos, boolean isRefused) {
        if (isRefused || isBehind) {
            limit.onSample(startNanos, nanos, working.size(), isRefused);
        }
        while (threads.size() < Math.min(most, limit.getLimit())) {
            startThread();
        }
        notifyAll();
    }

    /** The records that one lane takes, one after the other, until none waits or others should end. */
    final class Turn {
        private final Backlog from;
        private Tracked first;

        private Turn(Backlog from, Tracked first) {
            this.from = from;
            this.first = first;
        }

        /**
         * The next record, or null at the end.
         *
         * @param isFull whether a call was full just now
         */
        Tracked next(boolean isFull) {
            synchronized (Lanes.this) {
                if (first != null) {
                    Tracked taken = first;
                    first = null;
                    return taken;
                }
                if (from == backlog) {
                    isBehind = from.isWaiting() && (isBehind || isFull);
                }
                boolean goesOn = working.size() <= limit.getLimit() && isWithinBudget();
                Tracked next = goesOn ? from.next() : null;
                if (isBehind) {
                    Lanes.this.notifyAll();
                }
                return next;
            }
        }

        void settle(List<Tracked> records) {
            synchronized (Lanes.this) {
                from.settle(records);
                Lanes.this.notifyAll();
            }
        }
    }

    private boolean isWithinBudget() {
        return backlog.bytesUnderWay() < budgetBytes || working.size() <= 1;
    }

    private void startThread() {
        int number = threads.size() + 1;
        Carrier carrier = carriers.apply(this, number);
        Thread thread = new Thread(() -> run(carrier), "exporter-" + name + "-export-" + number);
        thread.setDaemon(true);
        thread.setContextClassLoader(context);
        threads.add(thread);
        thread.start();
    }

    private void run(Carrier carrier) {
        try {
            for (Turn turn = begin(); turn != null; turn = begin()) {
                carry(carrier, turn);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void carry(Carrier carrier, Turn turn) {
        try {
            carrier.carry(turn);
        } catch (InterruptedException e) {
            // Given up by the poller; what is not settled will be read again.
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{}: a defect of the pipeline broke work off, nothing is lost: it is read again", name, e);
            synchronized (this) {
                turn.from.broke();
            }
        } finally {
            end();
        }
    }

    private synchronized Turn begin() throws InterruptedException {
        while (!isClosed) {
            boolean isAllowed = working.isEmpty() || (isBehind && working.size() < limit.getLimit());
            if (isAllowed && isWithinBudget() && backlog.isWaiting()) {
                working.put(Thread.currentThread(), backlog);
                return new Turn(backlog, backlog.next());
            }
            wait();
        }
        return null;
    }

    /** An interrupt that was meant for this turn does not reach the next. */
    private synchronized void end() {
        working.remove(Thread.currentThread());
        boolean wasInterrupted = Thread.interrupted();
        if (wasInterrupted && isClosed) {
            Thread.currentThread().interrupt();
        }
        notifyAll();
    }
}
