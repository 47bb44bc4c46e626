package io.plumbline.agent.compile;

import io.plumbline.agent.compile.Typed.And;
import io.plumbline.agent.compile.Typed.Compare;
import io.plumbline.agent.compile.Typed.IsInstance;
import io.plumbline.agent.compile.Typed.Not;
import io.plumbline.agent.compile.Typed.Or;
import io.plumbline.agent.compile.Typed.Same;
import io.plumbline.agent.compile.Typed.Truth;
import io.plumbline.config.expression.BinaryOperator;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Writes what is true, false, or null, as jumps. Null is neither: {@code null || true} is true, {@code null && false} is
 * false, everything else with a null is null (Kleene's logic, as in SQL).
 */
final class Truths {
    /** A right operand is written twice where the left may be null; nesting must not make that grow without end. */
    private static final int MAX_JUMPS = 4_000;

    private final GeneratorAdapter code;
    private final Constants constants;
    private final Emitter values;
    private int jumps;

    Truths(GeneratorAdapter code, Constants constants, Emitter values) {
        this.code = code;
        this.constants = constants;
        this.values = values;
    }

    void jump(Typed expression, Label yes, Label no, Label isNull) {
        if (++jumps > MAX_JUMPS) {
            throw new IllegalStateException("the expression is too large; write it as several probes");
        }
        if (expression instanceof And and) {
            and(and, yes, no, isNull);
        } else if (expression instanceof Or or) {
            or(or, yes, no, isNull);
        } else if (expression instanceof Not not) {
            jump(not.operand(), no, yes, isNull);
        } else if (expression instanceof Compare compare) {
            compare(compare, yes, no, isNull);
        } else if (expression instanceof Same same) {
            same(same, yes, no);
        } else if (expression instanceof IsInstance test) {
            isInstance(test, yes, no);
        } else {
            values.primitive(expression, isNull); // i
            code.ifZCmp(Opcodes.IFNE, yes); //
            code.goTo(no);
        }
    }

    /** Leaves 1 or 0. */
    void value(Truth truth, Label isNull) {
        Label yes = code.newLabel();
        Label no = code.newLabel();
        Label end = code.newLabel();
        int result = code.newLocal(Type.BOOLEAN_TYPE);
        jump(truth, yes, no, isNull);
        code.mark(yes);
        code.push(true); // i
        code.storeLocal(result); //
        code.goTo(end);
        code.mark(no);
        code.push(false); // i
        code.storeLocal(result); //
        code.mark(end);
        code.loadLocal(result); // i
    }

    private void and(And and, Label yes, Label no, Label isNull) {
        Label leftYes = code.newLabel();
        Label leftNull = Nulls.possible(and.left()) ? code.newLabel() : isNull;
        jump(and.left(), leftYes, no, leftNull);
        code.mark(leftYes);
        jump(and.right(), yes, no, isNull);
        if (leftNull != isNull) {
            code.mark(leftNull);
            jump(and.right(), isNull, no, isNull);
        }
    }

    private void or(Or or, Label yes, Label no, Label isNull) {
        Label leftNo = code.newLabel();
        Label leftNull = Nulls.possible(or.left()) ? code.newLabel() : isNull;
        jump(or.left(), yes, leftNo, leftNull);
        code.mark(leftNo);
        jump(or.right(), yes, no, isNull);
        if (leftNull != isNull) {
            code.mark(leftNull);
            jump(or.right(), yes, isNull, isNull);
        }
    }

    private void compare(Compare compare, Label yes, Label no, Label isNull) {
        Type type = Emitter.type(compare.left());
        values.primitive(compare.left(), isNull); // v
        int left = code.newLocal(type);
        code.storeLocal(left); //
        values.primitive(compare.right(), isNull); // v
        int right = code.newLocal(type);
        code.storeLocal(right); //
        code.loadLocal(left); // v
        code.loadLocal(right); // v w
        if (type.getSort() == Type.FLOAT || type.getSort() == Type.DOUBLE) {
            floating(compare.operator(), type, yes);
        } else {
            code.ifCmp(type, mode(compare.operator()), yes); //
        }
        code.goTo(no);
    }

    /** With a NaN every comparison but {@code !=} is false, so the compare instruction is chosen by the operator. */
    private void floating(BinaryOperator operator, Type type, Label yes) {
        boolean less = operator == BinaryOperator.LESS || operator == BinaryOperator.LESS_OR_EQUAL;
        int whenLess = type.getSort() == Type.FLOAT ? Opcodes.FCMPG : Opcodes.DCMPG;
        int otherwise = type.getSort() == Type.FLOAT ? Opcodes.FCMPL : Opcodes.DCMPL;
        code.visitInsn(less ? whenLess : otherwise); // i
        code.ifZCmp(mode(operator), yes); //
    }

    private static int mode(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> GeneratorAdapter.EQ;
            case NOT_EQUAL -> GeneratorAdapter.NE;
            case LESS -> GeneratorAdapter.LT;
            case LESS_OR_EQUAL -> GeneratorAdapter.LE;
            case GREATER -> GeneratorAdapter.GT;
            case GREATER_OR_EQUAL -> GeneratorAdapter.GE;
            default -> throw new IllegalArgumentException("no comparison: " + operator);
        };
    }

    private void same(Same same, Label yes, Label no) {
        values.reference(same.left()); // a
        int left = code.newLocal(Type.getType(Object.class));
        code.storeLocal(left); //
        values.reference(same.right()); // a
        int right = code.newLocal(Type.getType(Object.class));
        code.storeLocal(right); //
        code.loadLocal(left); // a
        code.loadLocal(right); // a b
        if (same.as() != Typed.Sameness.IDENTITY) {
            String test = same.as() == Typed.Sameness.TEXT ? "sameText" : "sameValue";
            code.invokeStatic(
                    Type.getObjectType("io/plumbline/agent/bridge/Calls"),
                    Method.getMethod("boolean " + test + "(Object, Object)")); // i
            code.ifZCmp(Opcodes.IFNE, same.negated() ? no : yes); //
        } else {
            code.visitJumpInsn(Opcodes.IF_ACMPEQ, same.negated() ? no : yes); //
        }
        code.goTo(same.negated() ? yes : no);
    }

    private void isInstance(IsInstance test, Label yes, Label no) {
        values.reference(test.operand()); // a
        int object = code.newLocal(Type.getType(Object.class));
        code.storeLocal(object); //
        code.visitLdcInsn(constants.of(test.of(), Class.class)); // c
        code.loadLocal(object); // c a
        code.invokeVirtual(Type.getType(Class.class), Method.getMethod("boolean isInstance(Object)")); // i
        code.ifZCmp(Opcodes.IFNE, yes); //
        code.goTo(no);
    }
}
