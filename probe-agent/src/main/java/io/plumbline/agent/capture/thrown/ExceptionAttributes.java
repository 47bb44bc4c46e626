package io.plumbline.agent.capture.thrown;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.plumbline.config.wire.SignalAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * An exception as attributes of a log record, by OpenTelemetry's conventions for exceptions in logs (stable): {@code
 * exception.type}, {@code exception.message} where there is one, {@code exception.stacktrace}. Its {@code
 * exception.escaped} is deprecated and not written. Beside them our fingerprint, and the causes as a list of maps with
 * {@code type}, {@code message} and {@code at}, the top frame. On the agent's thread.
 */
public final class ExceptionAttributes {
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("exception.message");
    private static final AttributeKey<String> STACK_TRACE = AttributeKey.stringKey("exception.stacktrace");
    private static final AttributeKey<String> FINGERPRINT =
            AttributeKey.stringKey(SignalAttributes.EXCEPTION_FINGERPRINT);
    private static final AttributeKey<Value<?>> CAUSES = AttributeKey.valueKey(SignalAttributes.EXCEPTION_CAUSES);

    private ExceptionAttributes() {}

    public static void put(AttributesBuilder attributes, CapturedThrowable throwable) {
        attributes
                .put(TYPE, throwable.type())
                .put(STACK_TRACE, throwable.stackTrace())
                .put(FINGERPRINT, Fingerprint.of(throwable));
        if (throwable.message() != null) {
            attributes.put(MESSAGE, throwable.message());
        }
        List<Value<?>> causes = new ArrayList<>();
        for (CapturedThrowable one = throwable.cause(); one != null && !one.isRepeated(); one = one.cause()) {
            causes.add(cause(one));
        }
        if (!causes.isEmpty()) {
            attributes.put(CAUSES, Value.of(causes));
        }
    }

    private static Value<?> cause(CapturedThrowable throwable) {
        List<KeyValue> parts = new ArrayList<>();
        parts.add(KeyValue.of("type", Value.of(throwable.type())));
        if (throwable.message() != null) {
            parts.add(KeyValue.of("message", Value.of(throwable.message())));
        }
        if (!throwable.frames().shown().isEmpty()) {
            parts.add(
                    KeyValue.of("at", Value.of(throwable.frames().shown().get(0).toString())));
        }
        return Value.of(parts.toArray(new KeyValue[0]));
    }
}
