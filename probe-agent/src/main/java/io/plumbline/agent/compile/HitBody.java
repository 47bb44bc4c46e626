package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.Series;
import io.plumbline.agent.bridge.Tap;
import io.plumbline.config.expression.Code;
import io.plumbline.config.probe.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Writes the body of a site's method: gate, condition, credit, then each action; whatever is thrown ends here.
 */
final class HitBody {
    private final GeneratorAdapter code;
    private final Constants constants;
    private final Scope scope;
    private final ArmedProbe armed;
    private final Emitter emitter;
    private final RecordBody records;
    private final Fields fields;
    private final Receivers receivers;

    HitBody(
            GeneratorAdapter code,
            Constants constants,
            Scope scope,
            ArmedProbe armed,
            Fields fields,
            PureMethods methods) {
        this.fields = fields;
        this.receivers = new Receivers(fields, methods, armed.tap()::failed, scope.declaring());
        this.code = code;
        this.constants = constants;
        this.scope = scope;
        this.armed = armed;
        this.emitter = new Emitter(code, constants);
        this.records = new RecordBody(code, constants, scope, emitter);
    }

    void write() throws RejectedException {
        var start = code.mark();
        var out = code.newLabel();
        tap("boolean isOpen()"); // i
        code.ifZCmp(Opcodes.IFEQ, out); //
        exceptionKind(out);
        condition(out);
        tap("boolean admit()"); // i
        code.ifZCmp(Opcodes.IFEQ, out); //
        actions(out);
        code.goTo(out);
        var end = code.mark();
        swallow(start, end, out);
        code.mark(out);
        code.returnValue();
    }

    /** Whatever was thrown goes to the tap; what that throws goes nowhere. */
    private void swallow(Label start, Label end, Label out) {
        code.catchException(start, end, Type.getType(Throwable.class)); // t
        var telling = code.mark();
        failed();
        code.goTo(out);
        var told = code.mark();
        code.catchException(telling, told, Type.getType(Throwable.class)); // t
        code.pop(); //
    }

    /** Takes what was thrown from the stack. */
    private void failed() {
        int thrown = code.newLocal(Type.getType(Throwable.class));
        code.storeLocal(thrown); //
        code.visitLdcInsn(constants.of(armed.tap(), Tap.class)); // p
        code.loadLocal(thrown); // p t
        code.invokeVirtual(Type.getType(Tap.class), Method.getMethod("void failed(Throwable)")); //
    }

    private void tap(String method) {
        code.visitLdcInsn(constants.of(armed.tap(), Tap.class)); // p
        code.invokeVirtual(Type.getType(Tap.class), Method.getMethod(method)); // result
    }

    /** A location such as {@code catch(IOException)} asks for exceptions of one type. */
    private void exceptionKind(Label out) {
        String kind = armed.probe().location().spot().exception().orElse(null);
        Scope.Binding exception = scope.variable("$exception");
        if (kind == null || exception == null) {
            return;
        }
        code.visitLdcInsn(constants.of(new ExceptionKind(kind), Predicate.class)); // p
        code.visitVarInsn(Opcodes.ALOAD, exception.slot()); // p t
        code.invokeInterface(Type.getType(Predicate.class), Method.getMethod("boolean test(Object)")); // i
        code.ifZCmp(Opcodes.IFEQ, out); //
    }

    private void condition(Label out) throws RejectedException {
        if (armed.probe().condition().isEmpty()) {
            return;
        }
        Typed condition = typed(armed.probe().condition().get(), "the condition");
        if (!Types.isBoolean(condition.type()) && !Types.mayHoldTruth(condition.type())) {
            throw new RejectedException("the condition must be true or false; '"
                    + armed.probe().condition().get() + "' is " + Types.name(condition.type()));
        }
        var yes = code.newLabel();
        var isNull = code.newLabel();
        emitter.jump(Operators.convert(condition, boolean.class), yes, out, isNull);
        code.mark(isNull);
        tap("void conditionIsNull()"); //
        code.goTo(out);
        code.mark(yes);
    }

    /** A hit that left nothing behind is not counted against the limit. */
    private void actions(Label out) throws RejectedException {
        int emitted = code.newLocal(Type.BOOLEAN_TYPE);
        code.push(false); // i
        code.storeLocal(emitted); //
        for (int i = 0; i < armed.sinks().size(); i++) {
            Action action = armed.probe().actions().get(i);
            if (action instanceof Action.Metric metric) {
                guarded(metric, (Series) armed.sinks().get(i), emitted);
            } else {
                records.write(contents(action), (LogEntries) armed.sinks().get(i), emitted);
            }
        }
        code.loadLocal(emitted); // i
        code.ifZCmp(Opcodes.IFNE, out); //
        tap("void refund()"); //
    }

    private List<RecordValue> contents(Action action) throws RejectedException {
        if (action instanceof Action.Capturing capturing) {
            return new Captured(scope, fields, receivers).of(capturing);
        }
        List<RecordValue> holes = new ArrayList<>();
        for (Code hole : ((Action.Log) action).template().holes()) {
            holes.add(new RecordValue("", typed(hole, "the template")));
        }
        return holes;
    }

    /** What an expression of the metric throws is told to the tap; the actions behind it go on. */
    private void guarded(Action.Metric metric, Series sink, int emitted) throws RejectedException {
        Label done = code.newLabel();
        Label start = code.mark();
        metric(metric, sink, emitted);
        code.goTo(done);
        Label end = code.mark();
        code.catchException(start, end, Type.getType(RuntimeException.class)); // t
        failed();
        code.mark(done);
    }

    private void metric(Action.Metric metric, Series sink, int emitted) throws RejectedException {
        int series = code.newLocal(Type.getType(Series.class));
        code.visitLdcInsn(constants.of(sink, Series.class)); // s
        code.storeLocal(series); //
        for (var label : metric.labels().entrySet()) {
            label(typed(label.getValue(), "the label '" + label.getKey() + "'"), series);
        }
        if (metric.value().isEmpty()) {
            code.loadLocal(series); // s
            code.invokeVirtual(Type.getType(Series.class), Method.getMethod("void increment()")); //
            code.push(true); // i
            code.storeLocal(emitted); //
        } else {
            value(metric, typed(metric.value().get(), "the value of " + metric.name()), series, emitted);
        }
    }

    private void label(Typed expression, int series) {
        Class<?> kind = labelKind(expression.type());
        int value = code.newLocal(Type.getType(kind));
        if (kind == Object.class) {
            emitter.reference(expression); // a
            code.storeLocal(value); //
            child(series, value, kind);
            return;
        }
        var isNull = code.newLabel();
        var done = code.newLabel();
        emitter.primitive(Operators.convert(expression, kind), isNull); // v
        code.storeLocal(value); //
        child(series, value, kind);
        code.goTo(done);
        code.mark(isNull);
        int nothing = code.newLocal(Type.getType(Object.class));
        code.push((String) null); // a
        code.storeLocal(nothing); //
        child(series, nothing, Object.class);
        code.mark(done);
    }

    private static Class<?> labelKind(Class<?> type) {
        if (!type.isPrimitive()) {
            return Object.class;
        }
        if (type == boolean.class || type == char.class) {
            return type;
        }
        return Types.isWhole(type) ? long.class : double.class;
    }

    private void child(int series, int value, Class<?> kind) {
        code.loadLocal(series); // s
        code.loadLocal(value); // s v
        code.invokeVirtual(
                Type.getType(Series.class),
                new Method("child", Type.getType(Series.class), new Type[] {Type.getType(kind)})); // s
        code.storeLocal(series); //
    }

    private void value(Action.Metric metric, Typed expression, int series, int emitted) throws RejectedException {
        if (!Types.isNumeric(expression.type()) && !Types.mayHoldNumber(expression.type())) {
            throw new RejectedException("the value of " + metric.name() + " must be a number; '"
                    + metric.value().get() + "' is " + Types.name(expression.type()));
        }
        Class<?> kind = Types.isWhole(expression.type()) ? long.class : double.class;
        var isNull = code.newLabel();
        var done = code.newLabel();
        emitter.primitive(Operators.convert(expression, kind), isNull); // v
        int value = code.newLocal(Type.getType(kind));
        code.storeLocal(value); //
        code.loadLocal(series); // s
        code.loadLocal(value); // s v
        code.invokeVirtual(
                Type.getType(Series.class), new Method("record", Type.VOID_TYPE, new Type[] {Type.getType(kind)})); //
        code.push(true); // i
        code.storeLocal(emitted); //
        code.goTo(done);
        code.mark(isNull);
        code.loadLocal(series); // s
        code.invokeVirtual(Type.getType(Series.class), Method.getMethod("void valueIsNull()")); //
        code.mark(done);
    }

    private Typed typed(Code expression, String where) throws RejectedException {
        return Typer.typed(expression, where, scope, fields, receivers);
    }
}
