package io.plumbline.agent.capture.context;

import java.util.function.BiConsumer;

/** Lets at most so many pairs through, hidden ones with {@code ***} for a value. One reading; the thread that made it. */
final class PairGate implements BiConsumer<Object, Object> {
    static final String HIDDEN = "***";

    private final HiddenKeys hidden;
    private final PairSink out;
    private int left;
    private boolean complete = true;

    PairGate(HiddenKeys hidden, PairSink out, int max) {
        this.hidden = hidden;
        this.out = out;
        this.left = max;
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
