package io.plumbline.agent.compile;

/** Tells expressions that cost less than counting a hit: a few reads, comparisons and sums, and no call. */
final class Cheapness {
    private static final int MAX_PARTS = 24;

    private int parts;

    private Cheapness() {}

    static boolean isCheap(Typed expression) {
        return new Cheapness().isPlain(expression);
    }

    private boolean isPlain(Typed typed) {
        if (++parts > MAX_PARTS) {
            return false;
        }
        if (typed instanceof Typed.Constant || typed instanceof Typed.Argument) {
            return true;
        }
        if (typed instanceof Typed.FieldRead read) {
            return read.target() == null || isPlain(read.target());
        }
        if (typed instanceof Typed.Length length) {
            return isPlain(length.array());
        }
        if (typed instanceof Typed.Convert convert) {
            return convert.operand().isPrimitive() && isPlain(convert.operand());
        }
        if (typed instanceof Typed.Sign sign) {
            return isPlain(sign.operand());
        }
        if (typed instanceof Typed.Arithmetic sum) {
            return isPlain(sum.left()) && isPlain(sum.right());
        }
        return typed instanceof Typed.Truth truth && isPlainTruth(truth);
    }

    private boolean isPlainTruth(Typed.Truth truth) {
        if (truth instanceof Typed.Not not) {
            return isPlain(not.operand());
        }
        if (truth instanceof Typed.And and) {
            return isPlain(and.left()) && isPlain(and.right());
        }
        if (truth instanceof Typed.Or or) {
            return isPlain(or.left()) && isPlain(or.right());
        }
        if (truth instanceof Typed.Compare compare) {
            return isPlain(compare.left()) && isPlain(compare.right());
        }
        return truth instanceof Typed.Same same
                && same.as() == Typed.Sameness.IDENTITY
                && isPlain(same.left())
                && isPlain(same.right());
    }
}
