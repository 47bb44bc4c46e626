package io.plumbline.agent.capture;

import io.plumbline.agent.capture.context.Surroundings;
import io.plumbline.agent.capture.gate.Budgets;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.agent.capture.gate.ProcessBudget;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Limits;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.redaction.Redaction;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Has the code of records compiled when the first probe comes that leaves them, and that of snapshots with the first of these: once
 * each, by a {@link WarmUp}. Control thread only.
 */
final class Warmth {
    /** Name of the threads. */
    static final String THREAD = "plumbline-warm-up";

    private static final int RECORDS = 16;
    private static final Budgets NO_MATTER =
            new Budgets(100, 10_000, 10_000, Limits.MAX_PER_SECOND, Limits.MAX_PER_SECOND, RECORDS);

    private final Redaction redaction;
    private final Renderer renderer;
    private final Shapes shapes;
    private final Surroundings surroundings;
    private final TraceReader traces;
    private final BooleanSupplier isWanted;

    private boolean hasLogs;
    private boolean hasSnapshots;

    /**
     * @param isWanted whether there is a probe still
     */
    Warmth(
            Redaction redaction,
            Renderer renderer,
            Shapes shapes,
            Surroundings surroundings,
            TraceReader traces,
            BooleanSupplier isWanted) {
        this.redaction = redaction;
        this.renderer = renderer;
        this.shapes = shapes;
        this.surroundings = surroundings;
        this.traces = traces;
        this.isWanted = isWanted;
    }

    /** These records will be left. */
    void expect(List<Records> records) {
        if (!hasLogs && !records.isEmpty()) {
            hasLogs = true;
            begin("\"log\": \"{object}\"");
        }
        if (!hasSnapshots && records.stream().anyMatch(SnapshotRecords.class::isInstance)) {
            hasSnapshots = true;
            begin("\"snapshot\": true, \"limits\": {\"per-second\": 10000}");
        }
    }

    private void begin(String action) {
        Probe probe = ProbeReader.wire("{\"id\": \"warm-up\", \"at\": \"Sample:1\", " + action + "}");
        ProcessBudget process = new ProcessBudget(NO_MATTER);
        ProbeTap tap = new ProbeTap(probe, redaction, List.of(InstrumentMeter.NONE), 0, process);
        SignalRing ring = new SignalRing(renderer, System::nanoTime, RECORDS);
        Records records = records(tap, new Records.Credit(Limits.MAX_PER_SECOND, process), ring);
        WarmUp warmUp = new WarmUp(tap, records.in(Sample.class, "write", 0, Sample.NAMES), ring, isWanted);
        Thread thread = new Thread(null, warmUp, THREAD, 0, false);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.setContextClassLoader(Warmth.class.getClassLoader());
        thread.start();
    }

    private Records records(ProbeTap tap, Records.Credit credit, SignalRing ring) {
        Action action = tap.probe().actions().get(0);
        SlotSource slots = new SlotSource(ring, new AnchoredClock(), traces);
        return action instanceof Action.Log log
                ? new LogRecords(tap, 0, log, credit, slots, null)
                : new SnapshotRecords(
                        tap, 0, (Action.Capturing) action, credit, slots, new SnapshotPool(shapes, surroundings, 1));
    }
}
