package io.plumbline.agent.capture.context;

import io.plumbline.agent.capture.context.SpanShapes.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.util.HashMap;

/**
 * Reads the current span of the application's OpenTelemetry API, or of the OpenTelemetry agent's: ids, attributes,
 * baggage. Read by fields of OpenTelemetry's own classes, known by name; a span, context or storage of another class
 * reads as none. Values of hidden names read as {@code ***}.
 *
 * <p>Any thread. Takes no lock and copies nothing; the ids allocate nothing, the pairs a small object or two. Never throws.
 * The span must not be kept beyond the hit.
 */
public final class SpanReader {
    private final Sources<OtelSource> sources;
    private final ThreadLocals locals;
    private final SpanShapes shapes;
    private final HiddenKeys hidden;
    private final WeakReference<ClassLoader> near;

    SpanReader(
            Sources<OtelSource> sources,
            ThreadLocals locals,
            SpanShapes shapes,
            HiddenKeys hidden,
            WeakReference<ClassLoader> near) {
        this.sources = sources;
        this.locals = locals;
        this.shapes = shapes;
        this.hidden = hidden;
        this.near = near;
    }

    /** A reader for hits in a class of that loader: where there are several APIs, that which the class sees comes first. */
    public SpanReader in(ClassLoader loader) {
        return new SpanReader(sources, locals, shapes, hidden, new WeakReference<>(loader));
    }

    /** The current span, if it has valid ids; else null. */
    public Object current() {
        OtelSource nearest = nearest();
        Object span = nearest == null ? null : valid(nearest);
        for (int i = 0; span == null && i < sources.size(); i++) {
            OtelSource source = sources.get(i);
            span = source == null || source == nearest ? null : valid(source);
        }
        return span;
    }

    private OtelSource nearest() {
        ClassLoader loader = near == null ? null : near.get();
        return loader == null ? null : sources.nearest(loader);
    }

    private Object valid(OtelSource source) {
        try {
            Object span = source.span(locals);
            Object context = context(span);
            MethodHandle isValid = context == null ? null : shapes.of(context).third();
            return isValid != null && Boolean.TRUE.equals((Object) isValid.invokeExact(context)) ? span : null;
        } catch (Throwable t) {
            return null;
        }
    }

    private Object context(Object span) throws Throwable {
        MethodHandle getter = span == null ? null : shapes.of(span).first();
        return getter == null ? null : (Object) getter.invokeExact(span);
    }

    /** 32 hex digits; empty if the object is no span. */
    public String traceId(Object span) {
        return id(span, true);
    }

    /** 16 hex digits; empty if the object is no span. */
    public String spanId(Object span) {
        return id(span, false);
    }

    private String id(Object span, boolean trace) {
        try {
            Object context = context(span);
            if (context == null) {
                return "";
            }
            Shape shape = shapes.of(context);
            MethodHandle getter = trace ? shape.first() : shape.second();
            Object id = getter == null ? null : (Object) getter.invokeExact(context);
            return id instanceof String text ? text : "";
        } catch (Throwable t) {
            return "";
        }
    }

    /**
     * The attributes of a span of the SDK; none for a span that came from elsewhere.
     *
     * @return whether that was all; false when there were more than the maximum, or another thread wrote some
     */
    public boolean attributes(Object span, PairSink out, int max) {
        return attributes(span, new PairGate(hidden, out, max));
    }

    /** The same through a gate that is there already. */
    public boolean attributes(Object span, PairGate gate) {
        try {
            MethodHandle getter = span == null ? null : shapes.of(span).second();
            Object attributes = getter == null ? null : (Object) getter.invokeExact(span);
            if (attributes == null || !SpanShapes.isAttributes(attributes)) {
                return true;
            }
            pass(attributes, gate);
            return gate.isComplete();
        } catch (Throwable t) {
            return false;
        }
    }

    private void pass(Object attributes, PairGate gate) throws Throwable {
        Shape shape = shapes.of(attributes);
        if (shape.first() != null && shape.second() != null) {
            Object[] keys = (Object[]) (Object) shape.first().invokeExact(attributes);
            Object[] values = (Object[]) (Object) shape.second().invokeExact(attributes);
            for (int i = 0; i < Math.min(keys.length, values.length); i++) {
                gate.accept(text(keys[i]), values[i]);
            }
        } else if (attributes instanceof HashMap<?, ?> map) {
            for (var entry : map.entrySet()) {
                gate.accept(text(entry.getKey()), entry.getValue());
            }
        }
    }

    /**
     * The baggage of the current context.
     *
     * @return whether that was all; false when there was more than the maximum
     */
    public boolean baggage(PairSink out, int max) {
        return baggage(new PairGate(hidden, out, max));
    }

    /** The same through a gate that is there already. */
    public boolean baggage(PairGate gate) {
        OtelSource nearest = nearest();
        boolean any = nearest != null && baggage(nearest, gate);
        for (int i = 0; !any && i < sources.size(); i++) {
            OtelSource source = sources.get(i);
            any = source != null && source != nearest && baggage(source, gate);
        }
        return gate.isComplete();
    }

    private boolean baggage(OtelSource source, PairGate gate) {
        try {
            Object baggage = source.baggage(locals);
            MethodHandle data = baggage == null ? null : shapes.of(baggage).first();
            if (data == null || !((Object) data.invokeExact(baggage) instanceof Object[] pairs)) {
                return false;
            }
            for (int i = 0; i + 1 < pairs.length; i += 2) {
                gate.text(pairs[i], text(pairs[i + 1]));
            }
            return pairs.length > 0;
        } catch (Throwable t) {
            return false;
        }
    }

    /** The name of an attribute key, the value of a baggage entry; null for anything else. */
    private Object text(Object object) throws Throwable {
        MethodHandle getter = object == null ? null : shapes.of(object).first();
        return getter == null ? null : (Object) getter.invokeExact(object);
    }
}
