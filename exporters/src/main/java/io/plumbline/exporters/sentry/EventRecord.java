package io.plumbline.exporters.sentry;

import io.plumbline.config.code.OwnCode;
import io.plumbline.exporters.sentry.StackText.Head;
import io.plumbline.exporters.sentry.StackText.Thrown;
import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.LogSignal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what the agent, or a foreign producer, wrote into a log record about an exception or a snapshot. */
record EventRecord(LogSignal log) {

    static final String EXCEPTION = "exception";
    static final String SNAPSHOT = "plumbline.snapshot";

    private static final String CONTEXT = "@context";

    boolean isException() {
        return log.eventName().equals(EXCEPTION) && !text("exception.type").isEmpty();
    }

    /** An attribute as text, or "". */
    String text(String name) {
        Object value = log.attributes().get(name);
        return value == null ? "" : value.toString();
    }

    /** An attribute of the program as text, or "". */
    String resource(String name) {
        Object value = log.resource().attributes().get(name);
        return value == null ? "" : value.toString();
    }

    /** The exception and its causes, outermost first. */
    List<Thrown> thrown() {
        List<Head> known = new ArrayList<>();
        known.add(new Head(text("exception.type"), text("exception.message")));
        if (log.attributes().get("plumbline.exception.causes") instanceof List<?> causes) {
            for (Object cause : causes) {
                if (cause instanceof Map<?, ?> map) {
                    known.add(new Head(part(map, "type"), part(map, "message")));
                }
            }
        }
        return StackText.chain(text(AttributeNames.EXCEPTION_STACK), known);
    }

    /** The stack of the hit, innermost first; where it was not captured, the place of the probe alone. */
    List<Frame> stack() {
        List<?> own = log.attributes().get(AttributeNames.STACK_OWN) instanceof List<?> list ? list : List.of();
        List<Frame> frames = StackText.frames(text(AttributeNames.STACK), own);
        return frames.isEmpty() && !function().isEmpty() ? List.of(place()) : frames;
    }

    /** Class and method of the probe's place, such as {@code shop.Cart.add}, or "". */
    String function() {
        return text(AttributeNames.FUNCTION);
    }

    /** Its class, or "". */
    String type() {
        return function().substring(0, Math.max(0, function().lastIndexOf('.')));
    }

    /** Its line, 0 if unknown. */
    int line() {
        return log.attributes().get(AttributeNames.LINE) instanceof Long line ? line.intValue() : 0;
    }

    /** All variables by name, without what surrounds the hit. */
    Map<Object, Object> variables() {
        Map<Object, Object> variables = new LinkedHashMap<>(map(log.attributes().get(AttributeNames.VALUES)));
        variables.remove(CONTEXT);
        return variables;
    }

    /** What surrounds the hit: {@code mdc}, {@code span}, {@code baggage}, each a map. */
    Map<?, ?> context() {
        return map(map(log.attributes().get(AttributeNames.VALUES)).get(CONTEXT));
    }

    private Frame place() {
        String file = text(AttributeNames.FILE);
        String method = function().substring(function().lastIndexOf('.') + 1);
        return new Frame(
                type(), method, file.substring(file.lastIndexOf('/') + 1), line(), false, OwnCode.contains(type()), 0);
    }

    static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String part(Map<?, ?> map, String name) {
        Object value = map.get(name);
        return value == null ? "" : value.toString();
    }
}
