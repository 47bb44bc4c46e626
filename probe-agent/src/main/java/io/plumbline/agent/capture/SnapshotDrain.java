package io.plumbline.agent.capture;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.common.ValueType;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Severity;
import io.plumbline.config.wire.SignalAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a snapshot's or exception's record says besides what every record says. Runs on the agent's thread only. */
final class SnapshotDrain {
    private static final AttributeKey<Value<?>> VALUES = AttributeKey.valueKey(SignalAttributes.VALUES);
    private static final AttributeKey<String> STACK = AttributeKey.stringKey("code.stacktrace");
    private static final AttributeKey<List<Long>> OWN = AttributeKey.longArrayKey(SignalAttributes.STACK_OWN);

    /** OpenTelemetry's conventions for exceptions in logs. */
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("exception.type");

    private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("exception.message");
    private static final AttributeKey<String> STACKTRACE = AttributeKey.stringKey("exception.stacktrace");
    private static final String EXCEPTION = "$exception";

    private SnapshotDrain() {}

    /** Adds the attributes; returns what names the record for people. */
    static LogSignal.Words read(SnapshotRecords source, SnapshotEntry entry, AttributesBuilder attributes) {
        Map<String, Value<?>> values = new SnapshotReader(entry).values();
        stack(entry.stack(), attributes);
        if (!(source.action() instanceof Action.Exceptions)) {
            attributes.put(VALUES, Value.of(values));
            String body = "snapshot at " + source.place().function() + ":"
                    + source.place().line();
            return new LogSignal.Words(SignalAttributes.EVENT_SNAPSHOT, Severity.INFO, body);
        }
        String body = exception(values.remove(EXCEPTION), attributes);
        if (!values.isEmpty()) {
            attributes.put(VALUES, Value.of(values));
        }
        return new LogSignal.Words(SignalAttributes.EVENT_EXCEPTION, Severity.ERROR, body);
    }

    private static void stack(StackFrames stack, AttributesBuilder attributes) {
        if (stack.count() == 0) {
            return;
        }
        attributes.put(STACK, stack.text());
        List<Long> own = new ArrayList<>();
        for (int i = 0; i < stack.count(); i++) {
            if (stack.isOwn(i)) {
                own.add((long) i);
            }
        }
        attributes.put(OWN, own);
    }

    /** Returns the type and the message. */
    private static String exception(Value<?> exception, AttributesBuilder attributes) {
        String type = part(exception, "@type");
        String message = part(exception, ThrowableWriter.MESSAGE);
        String stacktrace = part(exception, ThrowableWriter.STACKTRACE);
        put(attributes, TYPE, type);
        put(attributes, MESSAGE, message);
        put(attributes, STACKTRACE, stacktrace);
        return message.isEmpty() ? type : type + ": " + message;
    }

    private static void put(AttributesBuilder attributes, AttributeKey<String> key, String text) {
        if (!text.isEmpty()) {
            attributes.put(key, text);
        }
    }

    /** A part as text, also where it was cut; empty if it is not there. */
    private static String part(Value<?> of, String name) {
        if (of == null || of.getType() != ValueType.KEY_VALUE_LIST) {
            return "";
        }
        for (Object part : (List<?>) of.getValue()) {
            if (part instanceof KeyValue pair && pair.getKey().equals(name)) {
                return text(pair.getValue());
            }
        }
        return "";
    }

    private static String text(Value<?> value) {
        if (value.getType() == ValueType.KEY_VALUE_LIST) {
            String cut = part(value, "@text");
            return cut.isEmpty() ? "" : cut + "…";
        }
        return value.getType() == ValueType.EMPTY ? "" : value.asString();
    }
}
