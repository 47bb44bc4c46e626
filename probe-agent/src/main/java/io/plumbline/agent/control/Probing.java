package io.plumbline.agent.control;

import io.plumbline.config.probe.Probe;
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

/**
 * What the control thread asks of the rest of the agent. Implemented where weaving and capturing are wired together.
 * Called by the control thread only.
 */
public interface Probing {

    /**
     * Brings changes about, all at once.
     *
     * @param set new and changed probes
     * @param removed ids
     */
    void apply(Collection<Probe> set, Collection<String> removed);

    /** Proves that probing works here and warms it up. Called once, when definitions are read and before any is set. */
    void rehearse();

    /** Lets go of a probe's bytecode and gate, but keeps its numbers for reports. */
    void stop(String probe);

    /** How a probe stands. */
    Status status(Probe probe);

    /**
     * Probes, by id, whose {@link #status} may have changed since the last call. Of others it has not, but for what is decided elsewhere
     * about held hits, what other threads do beside the program's own telemetry, and what a probe is told that waits.
     */
    Set<String> stirred();

    /** Notices classes that have been loaded since; cheap. */
    void notice();

    LinesReply lines(LinesRequest request);

    /** What would become of a probe here; nothing is changed for it. */
    TrialReply trial(TrialRequest request);

    /** What this program has of code; nothing is changed for it. */
    CodeReply answer(CodeRequest request);

    /** What the program has felt of its classes being transformed. */
    Pauses pauses();

    /** Signals lost on this instance, by cause. */
    Map<String, Long> dropped();

    /**
     * A probe's state here.
     *
     * @param suspension why the agent stopped the probe itself; null if it did not
     * @param exhausted whether the hit limit has been reached
     * @param inForce the version that hits are counted for; an earlier one where this could not take its place
     */
    record Status(
            ProbeState state,
            String reason,
            List<SiteReport> sites,
            long emitted,
            Map<String, Long> dropped,
            ProbeCost cost,
            long weaves,
            String suspension,
            boolean exhausted,
            Probe inForce) {}
}
