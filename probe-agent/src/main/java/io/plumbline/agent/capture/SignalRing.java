package io.plumbline.agent.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A bounded queue of preallocated log records, from many application threads to the agent's one: Dmitry Vyukov's array
 * queue, whose every slot carries a sequence that says whose turn it is. A claim never waits: where the ring is full, the
 * record is dropped and counted.
 *
 * <p>A thread can vanish between claim and commit only by dying of an error in between; a slot that stays claimed for
 * {@link #STALLED_NANOS} is replaced by a new one, so that the rest goes on. The late thread then writes into the old one,
 * which nobody reads.
 */
final class SignalRing {
    /** Of rings in tests. */
    static final int SLOTS = 4_096;

    private static final int MAX_TOTAL_BYTES = 8 << 20;
    private static final int FORGOTTEN_AT_ONCE = 256;
    static final long STALLED_NANOS = 5_000_000_000L;
    private static final VarHandle SEQUENCE;

    static {
        try {
            SEQUENCE = MethodHandles.lookup().findVarHandle(Slot.class, "sequence", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Renderer renderer;
    private final LongSupplier nanoTime;
    private final int size;
    private final AtomicReferenceArray<Slot> slots;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong totalBytes = new AtomicLong();
    private final LongAdder full = new LongAdder();

    // the agent's thread only
    private long head;

    /** Places that may still refer to what their last hits did. */
    private int unforgotten;

    private long stalledSince;

    SignalRing(Renderer renderer) {
        this(renderer, System::nanoTime, SLOTS);
    }

    /**
     * @param nanoTime tells when a slot is stalled
     * @param size in slots, a power of two
     */
    SignalRing(Renderer renderer, LongSupplier nanoTime, int size) {
        this.renderer = renderer;
        this.nanoTime = nanoTime;
        this.size = size;
        this.slots = new AtomicReferenceArray<>(size);
        for (int i = 0; i < size; i++) {
            slots.set(i, new Slot(this, i));
        }
    }

    Renderer renderer() {
        return renderer;
    }

    /** A slot for the caller's thread, or null when the ring is full. */
    Slot claim(Records source, long weight, long epochNanos, String traceId, String spanId) {
        while (true) {
            long position = tail.get();
            Slot slot = slots.getAcquire((int) (position & (size - 1)));
            long turn = (long) SEQUENCE.getAcquire(slot) - position;
            if (turn == 0 && tail.compareAndSet(position, position + 1)) {
                slot.begin(source, weight, position, epochNanos, traceId, spanId);
                return slot;
            }
            if (turn < 0) {
                full.increment();
                return null;
            }
        }
    }

    void publish(Slot slot, long position) {
        SEQUENCE.setRelease(slot, position + 1);
    }

    boolean mayGrow(int bytes) {
        return totalBytes.addAndGet(bytes) <= MAX_TOTAL_BYTES || totalBytes.addAndGet(-bytes) < 0;
    }

    /** Hands the committed records to the consumer, in order of claiming. Returns their number. */
    int drain(Consumer<Slot> consumer, int max) {
        int drained = 0;
        while (drained < max) {
            int index = (int) (head & (size - 1));
            Slot slot = slots.get(index);
            if ((long) SEQUENCE.getAcquire(slot) != head + 1) {
                replaceIfStalled(index);
                break;
            }
            try {
                if (!slot.isAborted()) {
                    consumer.accept(slot);
                }
            } finally {
                slot.clear();
                SEQUENCE.setRelease(slot, head + size);
                head++;
            }
            stalledSince = 0;
            drained++;
        }
        if (drained == 0) {
            forgetSome();
        } else {
            unforgotten = size;
        }
        return drained;
    }

    /**
     * While there is nothing to do, this thread claims slots itself and clears them, so that none keeps a class or a thread of the
     * program's alive for long.
     */
    private void forgetSome() {
        for (int i = 0; i < FORGOTTEN_AT_ONCE && unforgotten > 0; i++) {
            if (!tail.compareAndSet(head, head + 1)) {
                return; // a hit came
            }
            Slot slot = slots.get((int) (head & (size - 1)));
            slot.forget();
            SEQUENCE.setRelease(slot, head + size);
            head++;
            unforgotten--;
        }
    }

    /** Whether everything that was claimed has been drained. Any thread. */
    boolean isEmpty() {
        long position = tail.get();
        return position == 0
                || (long) SEQUENCE.getAcquire(slots.get((int) ((position - 1) & (size - 1)))) == position - 1 + size;
    }

    private void replaceIfStalled(int index) {
        if (tail.get() == head) {
            stalledSince = 0;
            return;
        }
        long now = nanoTime.getAsLong();
        if (stalledSince == 0) {
            stalledSince = now;
        } else if (now - stalledSince > STALLED_NANOS) {
            slots.get(index).abandon();
            slots.setRelease(index, new Slot(this, head + size));
            head++;
            stalledSince = 0;
            full.increment();
        }
    }

    /** Records that found the ring full. */
    long dropped() {
        return full.sum();
    }
}
