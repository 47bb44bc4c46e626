package io.plumbline.agent.capture;

import io.plumbline.agent.capture.context.Surroundings;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The buffers that hits write to: made with the first probe that needs them, let go when no probe is left. Made and let go by the
 * control thread.
 */
final class Buffers {
    private static final long LAST_HIT_NANOS = 1_000_000_000L;

    private final Renderer renderer;
    private final Shapes shapes;
    private final Surroundings surroundings;
    private final int ringSlots;

    /** Read by the send thread. */
    private volatile SignalRing ring;

    /** Control thread only. */
    private SnapshotPool pool;

    /** Since when there is no probe. Control thread only. */
    private boolean idle;

    private long idleNanos;

    /** Records for which rings that are gone were too full. */
    private final AtomicLong fullBefore = new AtomicLong();

    /** @param ringSlots a power of two */
    Buffers(Renderer renderer, Shapes shapes, Surroundings surroundings, int ringSlots) {
        this.renderer = renderer;
        this.shapes = shapes;
        this.surroundings = surroundings;
        this.ringSlots = ringSlots;
    }

    SnapshotPool pool() {
        if (pool == null) {
            pool = new SnapshotPool(shapes, surroundings);
            pool.rehearse();
        }
        return pool;
    }

    SignalRing ring() {
        if (ring == null) {
            ring = new SignalRing(renderer, System::nanoTime, ringSlots);
        }
        return ring;
    }

    /** Null while no probe needed one. Any thread. */
    SignalRing ringIfThere() {
        return ring;
    }

    /**
     * Lets go of the buffers when no probe is left. A hit that was under way when the last one went has a second to end;
     * then nothing is written any more, and what was written has been read.
     */
    void releaseIf(boolean noProbeIsLeft, long nowNanos) {
        if (!noProbeIsLeft || (ring != null && !ring.isEmpty())) {
            idle = false;
        } else if (!idle) {
            idle = true;
            idleNanos = nowNanos;
        } else if (ring != null && nowNanos - idleNanos >= LAST_HIT_NANOS) {
            fullBefore.addAndGet(ring.dropped());
            ring = null;
            pool = null;
        }
    }

    /** Records that found the ring full, of all probes. Any thread. */
    Map<String, Long> dropped() {
        Map<String, Long> counts = new TreeMap<>();
        SignalRing current = ring;
        long full = fullBefore.get() + (current == null ? 0 : current.dropped());
        if (full > 0) {
            counts.put("buffer-full", full);
        }
        return counts;
    }
}
