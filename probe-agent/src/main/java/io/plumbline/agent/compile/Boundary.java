package io.plumbline.agent.compile;

import java.lang.invoke.MethodHandle;
import java.util.function.Consumer;

/**
 * Where what the receiver's class decides comes back into an expression: a null met inside makes the expression null, and
 * so does a class that can't be read, whose reason is told the first time. Run by application threads.
 */
final class Boundary {
    private static final int MAX_TOLD = 16;
    private static final MethodHandle CAUGHT =
            Handles.of(Boundary.class, "caught", void.class, NullPointerException.class);

    private final Consumer<RuntimeException> told;

    /** What was told already. Racy: a reason told twice does no harm. */
    private final Unproven[] known = new Unproven[MAX_TOLD];

    private int count;

    private Boundary(Consumer<RuntimeException> told) {
        this.told = told;
    }

    /** A new boundary; takes what was thrown. */
    static MethodHandle handle(Consumer<RuntimeException> told) {
        return CAUGHT.bindTo(new Boundary(told));
    }

    private void caught(NullPointerException thrown) {
        if (thrown instanceof Unproven unproven && isNew(unproven)) {
            told.accept(new UnsupportedOperationException(unproven.getMessage()));
        }
    }

    private boolean isNew(Unproven unproven) {
        for (Unproven one : known) {
            if (one == unproven) {
                return false;
            }
        }
        int place = count;
        if (place >= MAX_TOLD) {
            return false;
        }
        known[place] = unproven;
        count = place + 1;
        return true;
    }
}
