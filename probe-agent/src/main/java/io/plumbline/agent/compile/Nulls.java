package io.plumbline.agent.compile;

import io.plumbline.agent.compile.Typed.And;
import io.plumbline.agent.compile.Typed.Argument;
import io.plumbline.agent.compile.Typed.Arithmetic;
import io.plumbline.agent.compile.Typed.Compare;
import io.plumbline.agent.compile.Typed.Constant;
import io.plumbline.agent.compile.Typed.Convert;
import io.plumbline.agent.compile.Typed.FieldRead;
import io.plumbline.agent.compile.Typed.IsInstance;
import io.plumbline.agent.compile.Typed.Not;
import io.plumbline.agent.compile.Typed.Or;
import io.plumbline.agent.compile.Typed.Same;
import io.plumbline.agent.compile.Typed.Sign;

/** Tells which primitive expressions can come out as null. */
final class Nulls {

    private Nulls() {}

    static boolean possible(Typed expression) {
        if (!expression.isPrimitive()) {
            return true;
        }
        if (expression instanceof Constant || expression instanceof Argument || isTotal(expression)) {
            return false;
        }
        if (expression instanceof Convert convert) {
            return possible(convert.operand());
        }
        if (expression instanceof Sign sign) {
            return possible(sign.operand());
        }
        if (expression instanceof Not not) {
            return possible(not.operand());
        }
        if (expression instanceof FieldRead read) {
            return read.target() != null;
        }
        return possibleInEither(expression);
    }

    private static boolean isTotal(Typed expression) {
        return expression instanceof Same || expression instanceof IsInstance;
    }

    private static boolean possibleInEither(Typed expression) {
        if (expression instanceof Compare compare) {
            return possible(compare.left()) || possible(compare.right());
        }
        if (expression instanceof Arithmetic arithmetic) {
            return possible(arithmetic.left()) || possible(arithmetic.right());
        }
        if (expression instanceof And and) {
            return possible(and.left()) || possible(and.right());
        }
        if (expression instanceof Or or) {
            return possible(or.left()) || possible(or.right());
        }
        return true;
    }
}
