package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.agent.capture.gate.Budgets;
import io.plumbline.agent.capture.gate.Hit;
import io.plumbline.agent.capture.gate.Meter;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.agent.capture.gate.ProcessBudget;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Limits;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.text.YamlText;
import java.time.Clock;
import java.util.List;

/** Probes and sinks for the tests of this package. */
final class Probes {

    /** Budgets that no test uses up. */
    static final Budgets NO_MATTER = new Budgets(100, 10_000, 10_000, Limits.MAX_PER_SECOND, Limits.MAX_PER_SECOND);

    private Probes() {}

    static Probe of(String yaml) {
        return ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.systemUTC());
    }

    static Renderer renderer() {
        return new Renderer(new ObjectShapes(Redaction.standard()));
    }

    /** A gate whose budget is no matter. */
    static ProbeTap tap(Probe probe) {
        return tap(probe, NO_MATTER);
    }

    static ProbeTap tap(Probe probe, Budgets budgets) {
        List<Meter> meters =
                probe.actions().stream().map(action -> InstrumentMeter.NONE).toList();
        return new ProbeTap(probe, Redaction.standard(), meters, 0, new ProcessBudget(budgets));
    }

    /** What a probe's hit has before its record. */
    static LogEntry claim(Records records) {
        return records.claim(Hit.enter(records.tap()));
    }

    /** The records of a log probe whose template has this many holes {@code {a0} {a1} …}. */
    static LogRecords records(SignalRing ring, int holes) {
        return records(ring, holes, "");
    }

    /** @param keys further ones of the probe, each with a comma behind it */
    static LogRecords records(SignalRing ring, int holes, String keys) {
        StringBuilder template = new StringBuilder("values");
        for (int i = 0; i < holes; i++) {
            template.append(" {a").append(i).append('}');
        }
        Probe probe =
                of("{id: p, " + keys + "at: 'shop.Order:1', log: '" + template + "', limits: {per-second: 10000000}}");
        LogRecords records = new LogRecords(
                tap(probe),
                0,
                (Action.Log) probe.actions().get(0),
                new Records.Credit(1, new ProcessBudget(Budgets.DEFAULT)),
                new SlotSource(ring, new AnchoredClock(), new TraceReader()),
                null);
        return (LogRecords) records.in(Probes.class, "pay", 1, new String[0]);
    }
}
