package io.plumbline.agent.capture;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.plumbline.agent.capture.thrown.CapturedThrowable;
import io.plumbline.agent.capture.thrown.ExceptionAttributes;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Severity;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.wire.SignalAttributes;
import java.util.List;
import java.util.Map;

/** What a snapshot's or exception's record says besides what every record says. Runs on the agent's thread only. */
final class SnapshotDrain {
    private static final AttributeKey<Value<?>> VALUES = AttributeKey.valueKey(SignalAttributes.VALUES);
    private static final AttributeKey<String> STACK = AttributeKey.stringKey("code.stacktrace");
    private static final AttributeKey<List<Long>> OWN = AttributeKey.longArrayKey(SignalAttributes.STACK_OWN);
    private static final String EXCEPTION = "$exception";

    private SnapshotDrain() {}

    /** Adds the attributes; returns what names the record for people. */
    static LogSignal.Words read(
            SnapshotRecords source, SnapshotEntry entry, Redaction redaction, AttributesBuilder attributes) {
        Cleaner cleaner = new Cleaner(redaction);
        SnapshotReader reader = new SnapshotReader(entry, cleaner);
        Map<String, Value<?>> values = reader.values();
        stack(entry.stack().read(entry.values().left()), attributes);
        LogSignal.Words words = source.capturing() instanceof Action.Exceptions
                ? exception(reader.exception(), values, attributes)
                : snapshot(source.place());
        if (!values.isEmpty()) {
            attributes.put(VALUES, Value.of(values));
        }
        source.tap().redacted(cleaner.hidden());
        return words;
    }

    private static LogSignal.Words snapshot(Records.Place place) {
        String line = place.line() == 0 ? "" : ":" + place.line();
        return new LogSignal.Words(
                SignalAttributes.EVENT_SNAPSHOT, Severity.INFO, "snapshot at " + place.function() + line);
    }

    private static LogSignal.Words exception(
            CapturedThrowable exception, Map<String, Value<?>> values, AttributesBuilder attributes) {
        values.remove(EXCEPTION);
        if (exception == null) {
            return new LogSignal.Words(SignalAttributes.EVENT_EXCEPTION, Severity.ERROR, "exception");
        }
        ExceptionAttributes.put(attributes, exception);
        return new LogSignal.Words(SignalAttributes.EVENT_EXCEPTION, Severity.ERROR, exception.toString());
    }

    private static void stack(StackText stack, AttributesBuilder attributes) {
        if (!stack.text().isEmpty()) {
            attributes.put(STACK, stack.text());
            attributes.put(OWN, stack.own());
        }
    }
}
