package io.plumbline.agent.weave;

import java.util.List;

/**
 * Tells where control comes back from code that Kotlin has inlined into a statement: the compiler may have emptied the
 * operand stack for it, so that only the variables it marks such code with tell.
 */
final class InlinedCode {
    /** Instructions in front of an inlined stretch: a store of its argument, {@code iconst_0}, a store into the mark. */
    private static final int MARK_SETTING = 3;

    private final MethodModel model;
    private final List<MethodModel.Range> ranges;

    InlinedCode(MethodModel model) {
        this.model = model;
        this.ranges = model.inlined();
    }

    /** Whether all ways to an instruction lead back into a statement of the line that the inlined code was part of. */
    boolean isReturnTo(int instruction, int line) {
        for (MethodModel.Range range : ranges) {
            boolean comesFromThere = !range.has(instruction)
                    && !model.predecessors(instruction).isEmpty()
                    && model.predecessors(instruction).stream()
                            .allMatch(from -> isOutOf(range, from) || model.line(from) == line);
            if (comesFromThere && startsOn(range, line)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an instruction lies in the range, or behind it on the same line: what was put aside is fetched there. */
    private boolean isOutOf(MethodModel.Range range, int from) {
        int i = from;
        while (i >= range.end() && i > from - MARK_SETTING && model.line(i - 1) == model.line(from)) {
            i--;
        }
        return range.has(i);
    }

    /** Whether the line was left to enter the range; in between lies the setting of the mark. */
    private boolean startsOn(MethodModel.Range range, int line) {
        for (int i = range.start() - 1; i >= Math.max(0, range.start() - MARK_SETTING); i--) {
            if (model.line(i) == line) {
                return true;
            }
        }
        return false;
    }
}
