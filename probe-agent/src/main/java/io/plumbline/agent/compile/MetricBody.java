package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.Series;
import io.plumbline.agent.bridge.Tap;
import io.plumbline.config.expression.Code;
import io.plumbline.config.probe.Action;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Writes the part of a hit that gives a metric its value: into the thread's lane where there are no labels, else into the series
 * that the labels lead to.
 */
final class MetricBody {
    private final GeneratorAdapter code;
    private final Constants constants;
    private final Emitter emitter;
    private final Tap tap;
    private final Resolver typed;

    /** Gives an expression its types. */
    interface Resolver {
        Typed typed(Code expression, String where) throws RejectedException;
    }

    /**
     * One action, and the locals around it.
     *
     * @param index of the action
     * @param lane the local with the lane
     * @param emitted the local that becomes 1 when there was a value
     */
    record Place(Action.Metric metric, Series sink, int index, int lane, int emitted) {}

    MetricBody(GeneratorAdapter code, Constants constants, Emitter emitter, Tap tap, Resolver typed) {
        this.code = code;
        this.constants = constants;
        this.emitter = emitter;
        this.tap = tap;
        this.typed = typed;
    }

    void write(Place place) throws RejectedException {
        Action.Metric metric = place.metric();
        int series = code.newLocal(Type.getType(Series.class));
        code.visitLdcInsn(constants.of(place.sink(), Series.class)); // s
        code.storeLocal(series); //
        for (var label : metric.labels().entrySet()) {
            label(typed.typed(label.getValue(), "the label '" + label.getKey() + "'"), series);
        }
        if (metric.value().isEmpty()) {
            increment(place, series);
        } else {
            value(place, typed.typed(metric.value().get(), "the value of " + metric.name()), series);
        }
    }

    private void increment(Place place, int series) {
        if (tap.isInLane(place.index())) {
            code.loadLocal(place.lane()); // l
            code.push(place.index()); // l i
            code.push(1L); // l i v
            code.invokeVirtual(Type.getType(Lane.class), Method.getMethod("void add(int, long)")); //
        } else {
            code.loadLocal(series); // s
            weight(place); // s w
            code.invokeVirtual(Type.getType(Series.class), Method.getMethod("void increment(long)")); //
        }
        emitted(place);
    }

    private void weight(Place place) {
        code.loadLocal(place.lane()); // l
        code.invokeVirtual(Type.getType(Lane.class), Method.getMethod("long weight()")); // w
    }

    private void emitted(Place place) {
        code.push(true); // i
        code.storeLocal(place.emitted()); //
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

    private void value(Place place, Typed expression, int series) throws RejectedException {
        Action.Metric metric = place.metric();
        if (!Types.isNumeric(expression.type()) && !Types.mayHoldNumber(expression.type())) {
            throw new RejectedException("the value of " + metric.name() + " must be a number; '"
                    + metric.value().get() + "' is " + Types.name(expression.type()));
        }
        boolean isWhole = Types.isWhole(expression.type()) && !isObserved(place);
        Class<?> kind = isWhole ? long.class : double.class;
        var isNull = code.newLabel();
        var done = code.newLabel();
        emitter.primitive(Operators.convert(expression, kind), isNull); // v
        int value = code.newLocal(Type.getType(kind));
        code.storeLocal(value); //
        take(place, series, value, kind);
        emitted(place);
        code.goTo(done);
        code.mark(isNull);
        code.loadLocal(series); // s
        code.invokeVirtual(Type.getType(Series.class), Method.getMethod("void valueIsNull()")); //
        code.mark(done);
    }

    private boolean isObserved(Place place) {
        return tap.isInLane(place.index()) && place.metric() instanceof Action.Histogram;
    }

    private void take(Place place, int series, int value, Class<?> kind) {
        if (tap.isInLane(place.index())) {
            code.loadLocal(place.lane()); // l
            code.push(place.index()); // l i
            code.loadLocal(value); // l i v
            code.invokeVirtual(
                    Type.getType(Lane.class),
                    new Method(
                            isObserved(place) ? "observe" : "add",
                            Type.VOID_TYPE,
                            new Type[] {Type.INT_TYPE, Type.getType(kind)})); //
        } else {
            code.loadLocal(series); // s
            code.loadLocal(value); // s v
            weight(place); // s v w
            code.invokeVirtual(
                    Type.getType(Series.class),
                    new Method("record", Type.VOID_TYPE, new Type[] {Type.getType(kind), Type.LONG_TYPE})); //
        }
    }
}
