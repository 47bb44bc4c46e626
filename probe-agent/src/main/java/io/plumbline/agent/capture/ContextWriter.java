package io.plumbline.agent.capture;

import io.plumbline.agent.capture.context.PairGate;
import io.plumbline.agent.capture.context.PairSink;
import io.plumbline.agent.capture.context.Surroundings;

/**
 * Writes what surrounds a hit into its record: the MDC, the attributes of the current span, the baggage; each a map, in
 * this order. Used again for each record; owned by one thread at a time.
 */
final class ContextWriter implements PairSink {
    /** Of each kind. */
    private static final int MAX_PAIRS = 32;

    static final String[] NAMES = {"mdc", "span", "baggage"};

    private final Surroundings surroundings;
    private final ValueWriter writer;
    private final PairGate gate;

    /**
     * @param surroundings null where there is nothing to read
     */
    ContextWriter(Surroundings surroundings, ValueWriter writer) {
        this.surroundings = surroundings;
        this.writer = writer;
        this.gate = surroundings == null ? null : surroundings.gate(this);
    }

    void write() {
        for (int kind = 0; kind < NAMES.length; kind++) {
            if (writer.beginContext()) {
                boolean all = surroundings == null || read(kind);
                writer.endContext(all);
            }
        }
    }

    private boolean read(int kind) {
        gate.begin(MAX_PAIRS);
        return switch (kind) {
            case 0 -> surroundings.mdc().forEach(gate);
            case 1 -> surroundings.spans().attributes(surroundings.spans().current(), gate);
            default -> surroundings.spans().baggage(gate);
        };
    }

    @Override
    public void pair(String name, Object value) {
        writer.pair(name, value);
    }
}
