package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Tap;
import io.plumbline.config.expression.Code;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/** What the methods of one hit share: constants, the meaning of expressions, the condition, calls of the tap. */
final class HitParts {
    private final Constants constants;
    private final Scope scope;
    private final ArmedProbe armed;
    private final Fields fields;
    private final Receivers receivers;
    private final Typed condition;

    /**
     * @throws RejectedException when the condition does not fit this site
     */
    HitParts(Constants constants, Scope scope, ArmedProbe armed, Fields fields, PureMethods methods)
            throws RejectedException {
        this.constants = constants;
        this.scope = scope;
        this.armed = armed;
        this.fields = fields;
        this.receivers = new Receivers(fields, methods, armed.tap()::failed, scope.declaring());
        this.condition = armed.probe().condition().isPresent()
                ? condition(armed.probe().condition().get())
                : null;
    }

    Constants constants() {
        return constants;
    }

    Typed typed(Code expression, String where) throws RejectedException {
        return Typer.typed(expression, where, scope, fields, receivers);
    }

    Captured captured() {
        return new Captured(scope, fields, receivers);
    }

    private Typed condition(Code expression) throws RejectedException {
        Typed typed = typed(expression, "the condition");
        if (!Types.isBoolean(typed.type()) && !Types.mayHoldTruth(typed.type())) {
            throw new RejectedException(
                    "the condition must be true or false; '" + expression + "' is " + Types.name(typed.type()));
        }
        return Operators.convert(typed, boolean.class);
    }

    /** Null when there is none. */
    Typed condition() {
        return condition;
    }

    /** Goes on where the condition holds. */
    void test(GeneratorAdapter code, Typed condition, Label no) {
        var yes = code.newLabel();
        var isNull = code.newLabel();
        new Emitter(code, constants).jump(condition, yes, no, isNull);
        code.mark(isNull);
        tap(code, "void conditionIsNull()"); //
        code.goTo(no);
        code.mark(yes);
    }

    /** Takes what was thrown from the stack. */
    void failed(GeneratorAdapter code) {
        int thrown = code.newLocal(Type.getType(Throwable.class));
        code.storeLocal(thrown); //
        code.visitLdcInsn(constants.of(armed.tap(), Tap.class)); // p
        code.loadLocal(thrown); // p t
        code.invokeVirtual(Type.getType(Tap.class), Method.getMethod("void failed(Throwable)")); //
    }

    /** Leaves the call's result. */
    void tap(GeneratorAdapter code, String method) {
        code.visitLdcInsn(constants.of(armed.tap(), Tap.class)); // p
        code.invokeVirtual(Type.getType(Tap.class), Method.getMethod(method)); // result
    }
}
