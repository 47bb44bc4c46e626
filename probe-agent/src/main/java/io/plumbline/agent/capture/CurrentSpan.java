package io.plumbline.agent.capture;

import io.plumbline.agent.capture.context.SpanReader;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.OnSpan;
import io.plumbline.config.probe.SpanBy;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Leaves a point's attributes, or an event, on the span of the program's own that is current at its hit. On the hit's thread. */
final class CurrentSpan {
    private final OwnTelemetry own;
    private final SpanReader spans;
    private final Action.Point action;
    private final String event;
    private final LongAdder withoutSpan;

    /**
     * @param probe the span probe's id
     * @param loader of the class that is hit
     * @param withoutSpan counts hits that no span could take it from
     */
    CurrentSpan(OwnTelemetry own, String probe, Action.Point action, ClassLoader loader, LongAdder withoutSpan) {
        this.own = own;
        this.spans = own.surroundings().spans().in(loader);
        this.action = action;
        this.event = probe + " " + action.point().name();
        this.withoutSpan = withoutSpan;
    }

    void write(Slot slot) {
        Object span = spans.current();
        Map<String, Object> values = span == null ? Map.of() : values(slot);
        Set<OnSpan> wanted = action.point().beside();
        boolean taken = span != null;
        if (taken && wanted.contains(OnSpan.ATTRIBUTES)) {
            taken = own.surroundings().writer().attributes(span, values);
        }
        if (taken && wanted.contains(OnSpan.EVENT)) {
            taken = own.surroundings().writer().event(span, event, values);
        }
        if (!taken) {
            withoutSpan.increment();
        }
    }

    private Map<String, Object> values(Slot slot) {
        List<Object> all = SlotValues.of(slot);
        Iterator<Object> next = all.subList(Math.min(all.size(), action.span().by() == SpanBy.KEY ? 1 : 0), all.size())
                .iterator();
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : action.point().attributes().keySet()) {
            if (next.hasNext()) {
                Object value = next.next();
                values.put(name, value instanceof String text ? own.redaction().clean(text) : value);
            }
        }
        return values;
    }
}
