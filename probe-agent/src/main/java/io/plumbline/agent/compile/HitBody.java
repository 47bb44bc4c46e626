package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.Tap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Writes a site's method: the gate, and behind it the call of what {@link TakenBody} wrote; whatever is thrown ends here. It is
 * kept short, so that the JIT inlines it at every line and a hit that is not taken costs the program no call.
 */
final class HitBody {
    private final GeneratorAdapter code;
    private final HitParts parts;
    private final Scope scope;
    private final ArmedProbe armed;

    HitBody(GeneratorAdapter code, HitParts parts, Scope scope, ArmedProbe armed) {
        this.code = code;
        this.parts = parts;
        this.scope = scope;
        this.armed = armed;
    }

    /**
     * @param taken the method of the same class for what is behind the gate; the arguments are the site's and the lane
     */
    void write(Method taken) throws RejectedException {
        var start = code.mark();
        var out = code.newLabel();
        cheapCondition(out);
        exceptionKind(out);
        hit(taken, out);
        code.goTo(out);
        var end = code.mark();
        swallow(start, end, out);
        code.mark(out);
        code.returnValue();
    }

    private boolean countsHitsOnly() {
        return IntStream.range(0, armed.sinks().size()).allMatch(armed.tap()::countsHits);
    }

    /** A condition that calls nothing comes before the gate, as it costs less. */
    private void cheapCondition(Label out) throws RejectedException {
        Typed condition = parts.condition();
        if (condition != null && Cheapness.isCheap(condition)) {
            parts.test(code, condition, out);
        }
    }

    private void hit(Method taken, Label out) {
        int lane = code.newLocal(Type.getType(Lane.class));
        enter(); // l
        code.storeLocal(lane); //
        code.loadLocal(lane); // l
        code.ifNull(out); //
        if (countsHitsOnly()) {
            code.loadLocal(lane); // l
            HitHost.call(code, HitHost.BEGIN); //
            return;
        }
        code.loadArgs(); // a...
        code.loadLocal(lane); // a... l
        HitHost.call(code, taken); //
    }

    /** Leaves the lane, or null. */
    private void enter() {
        code.visitLdcInsn(parts.constants().of(armed.tap(), Tap.class)); // p
        code.invokeVirtual(Type.getType(Tap.class), new Method("enter", Type.getType(Lane.class), new Type[0])); // l
    }

    /** Whatever was thrown goes to the tap; what that throws goes nowhere. */
    private void swallow(Label start, Label end, Label out) {
        code.catchException(start, end, Type.getType(Throwable.class)); // t
        var telling = code.mark();
        parts.failed(code);
        code.goTo(out);
        var told = code.mark();
        code.catchException(telling, told, Type.getType(Throwable.class)); // t
        code.pop(); //
    }

    /** A location such as {@code catch(IOException)} asks for exceptions of one type. */
    private void exceptionKind(Label out) {
        String kind = armed.probe().location().spot().exception().orElse(null);
        Scope.Binding exception = scope.variable("$exception");
        if (kind == null || exception == null) {
            return;
        }
        parts.tap(code, "boolean isOpen()"); // i
        code.ifZCmp(Opcodes.IFEQ, out); //
        code.visitLdcInsn(parts.constants().of(new ExceptionKind(kind), Predicate.class)); // p
        code.visitVarInsn(Opcodes.ALOAD, exception.slot()); // p t
        code.invokeInterface(Type.getType(Predicate.class), Method.getMethod("boolean test(Object)")); // i
        code.ifZCmp(Opcodes.IFEQ, out); //
    }
}
