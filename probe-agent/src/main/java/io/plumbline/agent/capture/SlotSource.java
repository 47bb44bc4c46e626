package io.plumbline.agent.capture;

/** Claims slots of the ring for hits, stamped with the time and the trace that the calling thread is in. Thread-safe. */
record SlotSource(SignalRing ring, AnchoredClock clock, TraceReader traces) {

    /**
     * A slot for the caller's thread, or null when the ring is full.
     *
     * @param weight how many hits the record stands for
     */
    Slot claim(Records source, long weight) {
        return claim(source, weight, traces.current());
    }

    /**
     * The same for a trace context that was read already.
     *
     * @param context as {@link TraceReader#current} gave it
     */
    Slot claim(Records source, long weight, Object context) {
        long now = System.nanoTime();
        Slot slot = ring.claim(source, weight, clock.epochNanos(now), traces.traceId(context), traces.spanId(context));
        if (slot != null) {
            slot.at(now);
        }
        return slot;
    }
}
