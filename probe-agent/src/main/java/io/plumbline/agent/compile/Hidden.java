package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Calls;
import io.plumbline.config.expression.Code;
import io.plumbline.config.redaction.Redaction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps an expression from what redaction hides. It is refused as a whole, for a comparison or a length would tell of a
 * value that is not shown.
 */
final class Hidden {
    private final Code code;
    private final Redaction redaction;

    Hidden(Code code, Redaction redaction) {
        this.code = code;
        this.redaction = redaction;
    }

    /** A variable or field. */
    void refuse(String name, Class<?> type, int at) {
        refuse(redaction.refusal(name, type), at);
    }

    /** What has a name only: a map's key, a method. */
    void refuseName(String name, int at) {
        refuse(redaction.refusal(name), at);
    }

    /** An object of a hidden class, reached by a cast or a field of its own. */
    void refuseType(Class<?> type, int at) {
        refuse(redaction.refusal(type), at);
    }

    private void refuse(Optional<String> reason, int at) {
        if (reason.isPresent()) {
            throw code.error(at, reason.get());
        }
    }

    /** {@code map.get(key)} for a key that is known only at the hit: a hidden one gives null. */
    MethodHandle guardedGet() {
        return handle("get", MethodType.methodType(Object.class, Redaction.class, Object.class, Object.class));
    }

    /** A concatenation whose parts show nothing of hidden classes, also where a variable of a wider type holds such. */
    Typed.Concat guarded(Typed.Concat concat) {
        List<Typed> parts = new ArrayList<>();
        for (Typed part : concat.parts()) {
            parts.add(isOpen(part.type()) ? new Typed.Call(shownText(), List.of(part), String.class) : part);
        }
        return new Typed.Concat(parts);
    }

    private static boolean isOpen(Class<?> type) {
        return !type.isPrimitive() && !Modifier.isFinal(type.getModifiers());
    }

    private MethodHandle shownText() {
        return handle("shownText", MethodType.methodType(Object.class, Redaction.class, Object.class));
    }

    private MethodHandle handle(String name, MethodType type) {
        try {
            return MethodHandles.lookup().findStatic(Hidden.class, name, type).bindTo(redaction);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("UnusedMethod") // by method handle
    private static Object shownText(Redaction redaction, Object value) {
        return redaction.hidesType(value.getClass()) ? Redaction.HIDDEN : Calls.text(value);
    }

    @SuppressWarnings("UnusedMethod") // by method handle
    private static Object get(Redaction redaction, Object map, Object key) {
        String name = Redaction.nameOf(key);
        return name != null && redaction.hidesName(name) ? null : Calls.get(map, key);
    }
}
