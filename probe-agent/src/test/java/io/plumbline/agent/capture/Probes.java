package io.plumbline.agent.capture;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.text.YamlText;
import java.time.Clock;

/** Probes and sinks for the tests of this package. */
final class Probes {

    private Probes() {}

    static Probe of(String yaml) {
        return ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.systemUTC());
    }

    static Renderer renderer() {
        return new Renderer(new ObjectShapes(Redaction.standard()));
    }

    /** The records of a log probe whose template has this many holes {@code {a0} {a1} …}. */
    static LogRecords records(SignalRing ring, int holes) {
        StringBuilder template = new StringBuilder("values");
        for (int i = 0; i < holes; i++) {
            template.append(" {a").append(i).append('}');
        }
        Probe probe = of("{id: p, at: 'shop.Order:1', log: '" + template + "', limits: {per-second: 10000000}}");
        LogRecords records = new LogRecords(
                new ProbeTap(probe, Redaction.standard()),
                (Action.Log) probe.actions().get(0),
                new SlotSource(ring, new AnchoredClock(), new TraceReader()));
        return (LogRecords) records.in("shop.Order.pay", 1, new String[0]);
    }
}
