package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.Series;
import io.plumbline.agent.bridge.Tap;
import io.plumbline.config.expression.Code;
import io.plumbline.config.probe.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
    private final MetricBody metrics;
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
        this.metrics = new MetricBody(code, constants, emitter, armed.tap(), this::typed);
    }

    void write() throws RejectedException {
        var start = code.mark();
        var out = code.newLabel();
        tap("boolean isOpen()"); // i
        code.ifZCmp(Opcodes.IFEQ, out); //
        exceptionKind(out);
        if (countsHitsOnly()) {
            enter();
            code.pop(); //
        } else {
            hit(out);
        }
        code.goTo(out);
        var end = code.mark();
        swallow(start, end, out);
        code.mark(out);
        code.returnValue();
    }

    private boolean countsHitsOnly() {
        return IntStream.range(0, armed.sinks().size()).allMatch(armed.tap()::countsHits);
    }

    /** Gate, condition, credit, actions; a condition that calls nothing comes before the gate, as it costs less. */
    private void hit(Label out) throws RejectedException {
        Typed condition = condition();
        boolean isFirst = condition != null && Cheapness.isCheap(condition);
        if (isFirst) {
            test(condition, out);
        }
        int lane = code.newLocal(Type.getType(Lane.class));
        enter(); // l
        code.storeLocal(lane); //
        code.loadLocal(lane); // l
        code.ifNull(out); //
        if (condition != null && !isFirst) {
            Label passed = code.newLabel();
            Label holds = code.newLabel();
            test(condition, passed);
            code.goTo(holds);
            code.mark(passed);
            code.loadLocal(lane); // l
            code.invokeVirtual(Type.getType(Lane.class), Method.getMethod("void pass()")); //
            code.goTo(out);
            code.mark(holds);
        }
        admit(lane, out);
        actions(lane);
    }

    /** Leaves the lane, or null. */
    private void enter() {
        code.visitLdcInsn(constants.of(armed.tap(), Tap.class)); // p
        code.invokeVirtual(Type.getType(Tap.class), new Method("enter", Type.getType(Lane.class), new Type[0])); // l
    }

    private void admit(int lane, Label out) {
        if (armed.tap().hasLimits()) {
            code.visitLdcInsn(constants.of(armed.tap(), Tap.class)); // p
            code.loadLocal(lane); // p l
            code.invokeVirtual(
                    Type.getType(Tap.class),
                    new Method("admit", Type.BOOLEAN_TYPE, new Type[] {Type.getType(Lane.class)})); // i
            code.ifZCmp(Opcodes.IFEQ, out); //
        }
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

    /** Null when there is none. */
    private Typed condition() throws RejectedException {
        if (armed.probe().condition().isEmpty()) {
            return null;
        }
        Typed condition = typed(armed.probe().condition().get(), "the condition");
        if (!Types.isBoolean(condition.type()) && !Types.mayHoldTruth(condition.type())) {
            throw new RejectedException("the condition must be true or false; '"
                    + armed.probe().condition().get() + "' is " + Types.name(condition.type()));
        }
        return Operators.convert(condition, boolean.class);
    }

    /** Goes on where the condition holds. */
    private void test(Typed condition, Label no) {
        var yes = code.newLabel();
        var isNull = code.newLabel();
        emitter.jump(condition, yes, no, isNull);
        code.mark(isNull);
        tap("void conditionIsNull()"); //
        code.goTo(no);
        code.mark(yes);
    }

    /** A hit that left nothing behind is not counted against the limit. */
    private void actions(int lane) throws RejectedException {
        int emitted = code.newLocal(Type.BOOLEAN_TYPE);
        code.push(false); // i
        code.storeLocal(emitted); //
        for (int i = 0; i < armed.sinks().size(); i++) {
            Action action = armed.probe().actions().get(i);
            if (armed.tap().countsHits(i)) {
                code.push(true); // i
                code.storeLocal(emitted); //
            } else if (action instanceof Action.Metric metric) {
                guarded(new MetricBody.Place(metric, (Series) armed.sinks().get(i), i, lane, emitted));
            } else {
                records.write(contents(action), (LogEntries) armed.sinks().get(i), lane, emitted);
            }
        }
        code.loadLocal(lane); // l
        code.loadLocal(emitted); // l i
        code.invokeVirtual(Type.getType(Lane.class), Method.getMethod("void leave(boolean)")); //
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
    private void guarded(MetricBody.Place place) throws RejectedException {
        Label done = code.newLabel();
        Label start = code.mark();
        metrics.write(place);
        code.goTo(done);
        Label end = code.mark();
        code.catchException(start, end, Type.getType(RuntimeException.class)); // t
        failed();
        code.mark(done);
    }

    private Typed typed(Code expression, String where) throws RejectedException {
        return Typer.typed(expression, where, scope, fields, receivers);
    }
}
