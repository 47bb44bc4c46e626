package io.plumbline.agent.capture;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.config.probe.Severity;
import io.plumbline.config.wire.SignalAttributes;

/** A log record as OpenTelemetry's encoder takes it. */
final class LogSignal implements LogRecordData {
    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create(SignalAttributes.SCOPE);

    private final Resource resource;
    private final long epochNanos;
    private final Words words;
    private final SpanContext spanContext;
    private final Attributes attributes;

    /**
     * What is said of a record for people.
     *
     * @param event which kind of event it is
     */
    record Words(String event, Severity severity, String body) {}

    LogSignal(Resource resource, long epochNanos, Words words, String traceId, String spanId, Attributes attributes) {
        this.resource = resource;
        this.epochNanos = epochNanos;
        this.words = words;
        this.spanContext = traceId.isEmpty()
                ? SpanContext.getInvalid()
                : SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
        this.attributes = attributes;
    }

    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return SCOPE;
    }

    @Override
    public long getTimestampEpochNanos() {
        return epochNanos;
    }

    @Override
    public long getObservedTimestampEpochNanos() {
        return epochNanos;
    }

    @Override
    public SpanContext getSpanContext() {
        return spanContext;
    }

    @Override
    public io.opentelemetry.api.logs.Severity getSeverity() {
        return io.opentelemetry.api.logs.Severity.valueOf(words.severity().name());
    }

    @Override
    public String getSeverityText() {
        return words.severity().name();
    }

    @Override
    @Deprecated
    public Body getBody() {
        return Body.string(words.body());
    }

    @Override
    public Value<?> getBodyValue() {
        return Value.of(words.body());
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    @Override
    public String getEventName() {
        return words.event();
    }
}
