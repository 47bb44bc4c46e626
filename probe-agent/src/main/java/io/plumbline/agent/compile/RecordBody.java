package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/** Writes the part of a hit that fills one record: claims it, puts the values in, and commits it or gives it back. */
final class RecordBody {
    private final GeneratorAdapter code;
    private final Constants constants;
    private final Scope scope;
    private final Emitter emitter;

    RecordBody(GeneratorAdapter code, Constants constants, Scope scope, Emitter emitter) {
        this.code = code;
        this.constants = constants;
        this.scope = scope;
        this.emitter = emitter;
    }

    /** Leaves 1 in the local when a record was committed. */
    void write(List<RecordValue> values, LogEntries sink, int lane, int emitted) {
        Label dropped = code.newLabel();
        int record = code.newLocal(Type.getType(LogEntry.class));
        code.visitLdcInsn(constants.of(here(sink, values), LogEntries.class)); // s
        code.loadLocal(lane); // s l
        code.invokeVirtual(
                Type.getType(LogEntries.class),
                new Method("claim", Type.getType(LogEntry.class), new Type[] {Type.getType(Lane.class)})); // r
        code.storeLocal(record); //
        code.loadLocal(record); // r
        code.ifNull(dropped); //
        Label start = code.mark();
        values.forEach(value -> put(value, record));
        code.loadLocal(record); // r
        code.invokeVirtual(Type.getType(LogEntry.class), Method.getMethod("void commit()")); //
        code.push(true); // i
        code.storeLocal(emitted); //
        code.goTo(dropped);
        Label end = code.mark();
        giveBack(start, end, record);
        code.mark(dropped);
    }

    private LogEntries here(LogEntries sink, List<RecordValue> values) {
        return sink.in(
                scope.declaring(),
                scope.method(),
                scope.line(),
                values.stream().map(RecordValue::name).toArray(String[]::new));
    }

    private void put(RecordValue value, int record) {
        if (value.isHidden()) {
            code.loadLocal(record); // r
            code.invokeVirtual(Type.getType(LogEntry.class), Method.getMethod("void redacted()")); //
        } else if (value.expression() instanceof Typed.Argument argument
                && (argument.isPrimitive() || value.isNamed())) {
            variable(argument, record);
        } else {
            hole(value.expression(), record);
        }
    }

    /**
     * To read a variable neither throws nor meets a null, and a snapshot takes whatever is in it; a method may have hundreds, so
     * their code is kept short.
     */
    private void variable(Typed.Argument argument, int record) {
        code.loadLocal(record); // r
        if (argument.isPrimitive()) {
            emitter.primitive(argument, null); // r v
            put(widened(argument.type()));
        } else {
            emitter.reference(argument); // r a
            put(Object.class);
        }
    }

    /** A record that was claimed and not committed would stand in the way of all behind it. */
    private void giveBack(Label start, Label end, int record) {
        code.catchException(start, end, Type.getType(Throwable.class)); // t
        int thrown = code.newLocal(Type.getType(Throwable.class));
        code.storeLocal(thrown); //
        code.loadLocal(record); // r
        code.loadLocal(thrown); // r t
        code.invokeVirtual(Type.getType(LogEntry.class), Method.getMethod("void abort(Throwable)")); //
    }

    /** What a hole's expression throws becomes the hole's value; the record goes on. */
    private void hole(Typed expression, int record) {
        var done = code.newLabel();
        var isNull = code.newLabel();
        var start = code.mark();
        if (expression.isPrimitive()) {
            emitter.primitive(expression, isNull); // v
            put(record, widened(expression.type()));
        } else {
            emitter.reference(expression); // a
            put(record, Object.class);
        }
        code.goTo(done);
        code.mark(isNull);
        code.push((String) null); // a
        put(record, Object.class);
        code.goTo(done);
        var end = code.mark();
        code.catchException(start, end, Type.getType(RuntimeException.class)); // t
        int thrown = code.newLocal(Type.getType(Throwable.class));
        code.storeLocal(thrown); //
        code.loadLocal(record); // r
        code.loadLocal(thrown); // r t
        code.invokeVirtual(Type.getType(LogEntry.class), Method.getMethod("void error(Throwable)")); //
        code.mark(done);
    }

    private static Class<?> widened(Class<?> primitive) {
        return primitive == byte.class || primitive == short.class ? int.class : primitive;
    }

    /** Takes the value from the stack. */
    private void put(int record, Class<?> type) {
        int value = code.newLocal(Type.getType(type));
        code.storeLocal(value); //
        code.loadLocal(record); // r
        code.loadLocal(value); // r v
        put(type);
    }

    /** Takes the record and the value from the stack. */
    private void put(Class<?> type) {
        code.invokeVirtual(
                Type.getType(LogEntry.class), new Method("put", Type.VOID_TYPE, new Type[] {Type.getType(type)})); //
    }
}
