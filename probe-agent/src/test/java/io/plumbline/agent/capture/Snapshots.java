package io.plumbline.agent.capture;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.agent.capture.gate.Budgets;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.agent.capture.gate.ProcessBudget;
import io.plumbline.agent.capture.thrown.ThrowableBounds;
import io.plumbline.agent.capture.thrown.ThrowableReader;
import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Snapshots for tests: from values to what leaves the agent, without weaving. */
final class Snapshots {
    static final AttributeKey<Value<?>> VALUES = AttributeKey.valueKey("plumbline.values");

    final SnapshotPool pool;
    final SignalRing ring = new SignalRing(Probes.renderer());
    private final SnapshotRecords records;

    Snapshots(String action, String... names) {
        this(shapes(), action, names);
    }

    Snapshots(Shapes shapes, String action, String... names) {
        Probe probe = Probes.of("{id: p, at: 'shop.Order:1', " + action + ", limits: {per-second: 10000000}}");
        pool = new SnapshotPool(shapes, null);
        SnapshotRecords all = new SnapshotRecords(
                Probes.tap(probe),
                0,
                (Action.Capturing) probe.actions().get(0),
                new Records.Credit(1, new ProcessBudget(Budgets.DEFAULT)),
                new SlotSource(ring, new AnchoredClock(), new TraceReader()),
                pool);
        records = (SnapshotRecords) all.in(Snapshots.class, "pay", 1, names);
    }

    static Shapes shapes() {
        return new Shapes(
                new Hiding(Redaction.standard()),
                WeaveFixture::open,
                ThrowableWriter.of(new ThrowableReader(WeaveFixture::open, ThrowableBounds.DEFAULT)));
    }

    SnapshotEntry claim() {
        return (SnapshotEntry) Probes.claim(records);
    }

    ProbeTap tap() {
        return records.tap();
    }

    LogRecordData hit(Consumer<LogEntry> fill) {
        LogEntry entry = claim();
        fill.accept(entry);
        entry.commit();
        return drain().get(0);
    }

    List<LogRecordData> drain() {
        LogDrain drain = new LogDrain(Resource.empty(), Redaction.standard());
        List<LogRecordData> found = new ArrayList<>();
        ring.drain(slot -> found.add(drain.read(slot)), Integer.MAX_VALUE);
        return found;
    }

    /** One value under a snapshot's bounds, as text. */
    static String shown(String bounds, Object value) {
        LogRecordData data = new Snapshots(
                        "snapshot: {stack: 0" + bounds + (bounds.contains("time") ? "" : ", time: 100") + "}", "v")
                .hit(entry -> entry.put(value));
        String all = text(data.getAttributes().get(VALUES));
        return all.startsWith("{v: ") ? all.substring(4, all.length() - 1) : all;
    }

    /** A value as a person would write it, keys in their order. */
    static String text(Value<?> value) {
        if (value == null) {
            return "nothing";
        }
        return switch (value.getType()) {
            case STRING -> "'" + value.getValue() + "'";
            case EMPTY -> "null";
            case ARRAY ->
                ((List<?>) value.getValue())
                        .stream().map(item -> text((Value<?>) item)).collect(Collectors.joining(", ", "[", "]"));
            case KEY_VALUE_LIST ->
                ((List<?>) value.getValue())
                        .stream()
                                .map(KeyValue.class::cast)
                                .map(pair -> pair.getKey() + ": " + text(pair.getValue()))
                                .collect(Collectors.joining(", ", "{", "}"));
            default -> String.valueOf(value.getValue());
        };
    }
}
