package io.plumbline.agent.control;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.ProbeState;
import java.util.Map;

/** What the control thread remembers of one probe on this instance. Mutable; that thread's alone. */
final class RunningProbe {
    private final Probe probe;
    private final long receivedNanos = System.nanoTime();
    private long setNanos;
    private Hold held;
    private ProbeState ended;
    private String endReason = "";
    private ProbeReport reported;
    private long emittedBefore;
    private long emittedBeforeEarlier;

    RunningProbe(Probe probe) {
        this.probe = probe;
    }

    Probe probe() {
        return probe;
    }

    /** The probe is in place, or it is known why not. */
    void set() {
        if (setNanos == 0) {
            setNanos = System.nanoTime() - receivedNanos;
        }
    }

    long setNanos() {
        return setNanos;
    }

    /** It won't run any more in this version. */
    void end(ProbeState state, String reason) {
        ended = state;
        endReason = reason;
    }

    /** It is not to be here for now. */
    void hold(Hold hold) {
        held = hold;
        end(hold.state(), hold.reason());
    }

    /** Why it is not to be here for now; null when it is not for that. */
    Hold held() {
        return held;
    }

    boolean isEnded() {
        return ended != null;
    }

    ProbeState endState() {
        return ended;
    }

    String endReason() {
        return endReason;
    }

    /** Hits that emitted under earlier versions and before the gate was closed. */
    long emittedBefore() {
        return emittedBefore;
    }

    /**
     * This version follows another.
     *
     * @param before hits that emitted under versions before that one
     * @param until hits that emitted until now
     */
    void follow(long before, long until) {
        emittedBeforeEarlier = before;
        emittedBefore = until;
    }

    /** The version before stays in force, and goes on with its count. */
    void earlierGoesOn() {
        emittedBefore = emittedBeforeEarlier;
    }

    void emittedBefore(long count) {
        emittedBefore = count;
    }

    /** Whether a report says something new; numbers alone are news too, but not urgent. */
    boolean isNews(ProbeReport report, boolean numbersToo) {
        if (reported == null) {
            return true;
        }
        boolean sameWords = reported.state() == report.state()
                && reported.reason().equals(report.reason())
                && reported.version() == report.version()
                && reported.sites().equals(report.sites());
        Map<String, Long> dropped = reported.dropped();
        boolean sameNumbers = reported.emitted() == report.emitted()
                && reported.cost().isSameCount(report.cost())
                && dropped.equals(report.dropped());
        return !sameWords || (numbersToo && !sameNumbers);
    }

    void reported(ProbeReport report) {
        reported = report;
    }
}
