package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.Series;
import io.plumbline.agent.bridge.Tap;
import io.plumbline.config.expression.Code;
import io.plumbline.config.probe.Action;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/** Writes what a hit does that was let through: a condition that costs something, credit, then each action. */
final class TakenBody {
    private final GeneratorAdapter code;
    private final HitParts parts;
    private final ArmedProbe armed;
    private final RecordBody records;
    private final MetricBody metrics;

    TakenBody(GeneratorAdapter code, HitParts parts, Scope scope, ArmedProbe armed) {
        this.code = code;
        this.parts = parts;
        this.armed = armed;
        Emitter emitter = new Emitter(code, parts.constants());
        this.records = new RecordBody(code, parts.constants(), scope, emitter);
        this.metrics = new MetricBody(code, parts.constants(), emitter, armed.tap(), parts::typed);
    }

    /** Whether it only adds to numbers of the lane, by expressions that call nothing: less than a call with its arguments. */
    boolean isShort() throws RejectedException {
        if (armed.tap().hasLimits()) {
            return false;
        }
        Typed condition = parts.condition();
        if (condition != null && !Cheapness.isCheap(condition)) {
            return false;
        }
        for (int i = 0; i < armed.sinks().size(); i++) {
            if (!armed.tap().countsHits(i) && !(armed.tap().isInLane(i) && hasCheapValue(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean hasCheapValue(int action) throws RejectedException {
        Action.Metric metric = (Action.Metric) armed.probe().actions().get(action);
        return metric.value().isEmpty()
                || Cheapness.isCheap(parts.typed(metric.value().get(), "the value of " + metric.name()));
    }

    void write() throws RejectedException {
        Label out = code.newLabel();
        int lane = code.newLocal(Type.getType(Lane.class));
        code.loadArg(code.getArgumentTypes().length - 1); // l
        code.storeLocal(lane); //
        seldom("boolean isDue()", HitHost.BEGIN, lane);
        Typed condition = parts.condition();
        if (condition != null && !Cheapness.isCheap(condition)) {
            condition(condition, lane, out);
        }
        admit(lane, out);
        actions(lane);
        code.mark(out);
        code.returnValue();
    }

    /** Calls a method of the generated class if the lane says that it is to be. */
    private void seldom(String question, Method method, int lane) {
        Label not = code.newLabel();
        code.loadLocal(lane); // l
        code.invokeVirtual(Type.getType(Lane.class), Method.getMethod(question)); // i
        code.ifZCmp(Opcodes.IFEQ, not); //
        code.loadLocal(lane); // l
        HitHost.call(code, method); //
        code.mark(not);
    }

    private void condition(Typed condition, int lane, Label out) {
        Label no = code.newLabel();
        Label yes = code.newLabel();
        parts.test(code, condition, no);
        code.goTo(yes);
        code.mark(no);
        code.loadLocal(lane); // l
        code.invokeVirtual(Type.getType(Lane.class), Method.getMethod("void pass()")); //
        code.goTo(out);
        code.mark(yes);
    }

    private void admit(int lane, Label out) {
        if (armed.tap().hasLimits()) {
            code.visitLdcInsn(parts.constants().of(armed.tap(), Tap.class)); // p
            code.loadLocal(lane); // p l
            code.invokeVirtual(
                    Type.getType(Tap.class),
                    new Method("admit", Type.BOOLEAN_TYPE, new Type[] {Type.getType(Lane.class)})); // i
            code.ifZCmp(Opcodes.IFEQ, out); //
        }
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
        seldom("boolean isUnsettled()", HitHost.SETTLE, lane);
    }

    private List<RecordValue> contents(Action action) throws RejectedException {
        if (action instanceof Action.Capturing capturing) {
            return parts.captured().of(capturing);
        }
        List<RecordValue> holes = new ArrayList<>();
        String where =
                action instanceof Action.Point hit ? "point " + hit.point().name() : "the template";
        for (Code hole : action.expressions()) {
            holes.add(new RecordValue("", parts.typed(hole, where)));
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
        parts.failed(code);
        code.mark(done);
    }
}
