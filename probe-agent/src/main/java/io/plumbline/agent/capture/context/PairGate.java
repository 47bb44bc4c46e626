package io.plumbline.agent.capture.context;

import java.util.function.BiConsumer;

/**
 * Lets at most so many pairs through, hidden ones with {@code ***} for a value. For one reading after the other; owned by one thread
 * at a time.
 */
public final class PairGate implements BiConsumer<Object, Object> {
    static final String HIDDEN = "***";

    private final HiddenKeys hidden;
    private final PairSink out;
    private int left;
    private boolean complete;

    PairGate(HiddenKeys hidden, PairSink out, int max) {
        this.hidden = hidden;
        this.out = out;
        begin(max);
    }

    /** A new reading begins, which gives so many pairs at most. */
    public PairGate begin(int max) {
        left = max;
        complete = true;
        return this;
    }

    /** Names that are no texts, and nulls, are passed over. */
    @Override
    public void accept(Object name, Object value) {
        if (!(name instanceof String text) || value == null) {
            return;
        }
        if (left <= 0) {
            complete = false;
            return;
        }
        left--;
        out.pair(text, hidden.hides(text) ? HIDDEN : value);
    }

    /** A text's pair; a value of another class could be anyone's. */
    void text(Object name, Object value) {
        if (value instanceof String) {
            accept(name, value);
        }
    }

    boolean isComplete() {
        return complete;
    }
}
