package io.plumbline.benchmarks.fleet;

import io.plumbline.agent.control.Probing;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.ClassesReply;
import io.plumbline.config.wire.CodeReply;
import io.plumbline.config.wire.CodeRequest;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.LinesRequest;
import io.plumbline.config.wire.Pauses;
import io.plumbline.config.wire.ProbeCost;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.SiteReport;
import io.plumbline.config.wire.TrialReply;
import io.plumbline.config.wire.TrialRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says of every probe that it is in place, and weaves nothing. */
final class StubProbing implements Probing {
    @Override
    public void apply(Collection<Probe> set, Collection<String> removed) {
        // nothing to weave
    }

    @Override
    public void rehearse() {
        // nothing to warm up
    }

    @Override
    public void stop(String probe) {
        // nothing stands
    }

    @Override
    public Status status(Probe probe) {
        SiteReport site = new SiteReport(probe.location().type(), "app", "pay(I)V", 0, ProbeState.INSTALLED, "");
        return new Status(ProbeState.INSTALLED, "", List.of(site), 0, Map.of(), ProbeCost.NONE, 1, null, false, probe);
    }

    @Override
    public Set<String> stirred() {
        return Set.of(); // nothing happens after a probe is set
    }

    @Override
    public void notice() {
        // no class is loaded
    }

    @Override
    public TrialReply trial(TrialRequest request) {
        return new TrialReply(
                request.id(),
                request.instance(),
                List.of(TrialReply.Part.without(
                        "",
                        ProbeState.PENDING,
                        "nobody knows " + request.probe().location().type())));
    }

    @Override
    public CodeReply answer(CodeRequest request) {
        return new ClassesReply(request.id(), request.instance(), List.of(), 0, "a simulated instance has no classes");
    }

    @Override
    public LinesReply lines(LinesRequest request) {
        return new LinesReply(request.id(), request.instance(), List.of(), "a simulated instance has no lines");
    }

    @Override
    public Pauses pauses() {
        return Pauses.NONE;
    }

    @Override
    public Map<String, Long> dropped() {
        return Map.of();
    }
}
