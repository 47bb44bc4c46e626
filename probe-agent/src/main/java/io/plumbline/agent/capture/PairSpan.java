package io.plumbline.agent.capture;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.plumbline.config.pairing.Pairing;
import io.plumbline.config.pairing.PairingIds;
import io.plumbline.config.pairing.PointHit;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.SignalAttributes;
import java.util.List;

/** Two hits of one thread as a span, as OpenTelemetry's encoder takes it. */
final class PairSpan implements SpanData {
    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create(SignalAttributes.SCOPE);
    private static final String BASIS = "process";

    private final Resource resource;
    private final Pairing pairing;
    private final String name;
    private final SpanContext context;
    private final SpanContext parent;
    private final Attributes attributes;

    PairSpan(Resource resource, Probe part, Pairing pairing) {
        this.resource = resource;
        this.pairing = pairing;
        PointHit from = pairing.from();
        String traceId = PairingIds.traceId(part.wholeId(), pairing);
        this.name = part.wholeId() + " " + pairing.pair().inWords();
        this.context = context(traceId, PairingIds.spanId(part.wholeId(), pairing));
        this.parent = from.spanId().isEmpty() ? SpanContext.getInvalid() : context(traceId, from.spanId());
        this.attributes = attributes(part);
    }

    private static SpanContext context(String traceId, String spanId) {
        return SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }

    private Attributes attributes(Probe part) {
        AttributesBuilder attributes = Attributes.builder()
                .put(SignalAttributes.PROBE_ID, part.wholeId())
                .put(SignalAttributes.PROBE_VERSION, part.version())
                .put(SignalAttributes.SPAN_FROM, pairing.pair().from())
                .put(SignalAttributes.SPAN_TO, pairing.pair().to())
                .put(SignalAttributes.LATENCY_BASIS, BASIS)
                .put(SignalAttributes.LATENCY_BOUND, 0L)
                .put("plumbline.span.from.code", pairing.from().place())
                .put("plumbline.span.to.code", pairing.to().place());
        if (!part.to().isAll()) {
            attributes.put(SignalAttributes.TO, part.to().text());
        }
        if (pairing.weight() > 1) {
            attributes.put(SignalAttributes.WEIGHT, (long) pairing.weight());
        }
        pairing.from()
                .attributes()
                .forEach((key, value) -> attributes.put(pairing.pair().from() + "." + key, value));
        pairing.to()
                .attributes()
                .forEach((key, value) -> attributes.put(pairing.pair().to() + "." + key, value));
        return attributes.build();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public SpanKind getKind() {
        return SpanKind.INTERNAL;
    }

    @Override
    public SpanContext getSpanContext() {
        return context;
    }

    @Override
    public SpanContext getParentSpanContext() {
        return parent;
    }

    @Override
    public StatusData getStatus() {
        return StatusData.unset();
    }

    @Override
    public long getStartEpochNanos() {
        return pairing.from().epochNanos();
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public List<EventData> getEvents() {
        return List.of();
    }

    @Override
    public List<LinkData> getLinks() {
        String other = pairing.to().traceId();
        return other.isEmpty() || other.equals(context.getTraceId())
                ? List.of()
                : List.of(LinkData.create(context(other, pairing.to().spanId())));
    }

    /** By the monotonic clock: the wall's may have been set in between. */
    @Override
    public long getEndEpochNanos() {
        return pairing.from().epochNanos()
                + pairing.to().monotonicNanos()
                - pairing.from().monotonicNanos();
    }

    @Override
    public boolean hasEnded() {
        return true;
    }

    @Override
    public int getTotalRecordedEvents() {
        return 0;
    }

    @Override
    public int getTotalRecordedLinks() {
        return getLinks().size();
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    @Override
    @Deprecated
    public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
        return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.create(SignalAttributes.SCOPE, null);
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return SCOPE;
    }

    @Override
    public Resource getResource() {
        return resource;
    }
}
