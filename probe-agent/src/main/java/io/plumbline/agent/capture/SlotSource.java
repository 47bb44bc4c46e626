package io.plumbline.agent.capture;

/** Claims slots of the ring for hits, stamped with the time and the trace that the calling thread is in. Thread-safe. */
record SlotSource(SignalRing ring, AnchoredClock clock, TraceReader traces) {

    /**
     * A slot for the caller's thread, or null when the ring is full.
     *
     * @param weight how many hits the record stands for
     */
    Slot claim(Records source, long weight) {
        Object context = traces.current();
        return ring.claim(source, weight, clock.nowEpochNanos(), traces.traceId(context), traces.spanId(context));
    }
}
