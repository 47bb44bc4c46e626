package io.plumbline.pipeline.fleet;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.config.wire.SignalAttributes;

/** What a hit of a log probe leaves. */
record HitRecord(String probe, long version) implements LogRecordData {
    @Override
    public Resource getResource() {
        return Resource.empty();
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return InstrumentationScopeInfo.create(SignalAttributes.SCOPE);
    }

    @Override
    public long getTimestampEpochNanos() {
        return 1;
    }

    @Override
    public long getObservedTimestampEpochNanos() {
        return 1;
    }

    @Override
    public SpanContext getSpanContext() {
        return SpanContext.getInvalid();
    }

    @Override
    public Severity getSeverity() {
        return Severity.INFO;
    }

    @Override
    public String getSeverityText() {
        return "INFO";
    }

    @Override
    @SuppressWarnings("deprecation") // the interface's
    public Body getBody() {
        return Body.string("hit");
    }

    @Override
    public Attributes getAttributes() {
        return Attributes.of(
                AttributeKey.stringKey(SignalAttributes.PROBE_ID), probe,
                AttributeKey.longKey(SignalAttributes.PROBE_VERSION), version);
    }

    @Override
    public int getTotalAttributeCount() {
        return 2;
    }
}
