package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Probe;
import io.plumbline.pipeline.control.audit.AuditEntry;
import io.plumbline.pipeline.control.audit.AuditTrail;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.http.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Says what a probe is meanwhile, and who made it so, to a caller who expected another. */
final class Conflicts {
    /** So long ago a removal is looked for. */
    private static final Duration REMOVED = Duration.ofDays(1);
    /** Between a definition's own time and that of its entry, on clocks that differ. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Registry registry;
    private final AuditTrail trail;
    private final Clock clock;

    Conflicts(Registry registry, AuditTrail trail, Clock clock) {
        this.registry = registry;
        this.trail = trail;
        this.clock = clock;
    }

    Problem problem(Mismatch mismatch) {
        String id = mismatch.id();
        Optional<Probe> present = registry.probe(id);
        Instant since = present.map(probe -> probe.created().minus(SLACK))
                .orElseGet(() -> clock.instant().minus(REMOVED));
        Optional<AuditEntry> last = trail.last(id, since);
        String who = last.map(entry -> " ('" + entry.who() + "' " + (present.isEmpty() ? "removed" : "set") + " it at "
                        + entry.at() + ")")
                .orElse("");
        String remedy = present.map(probe ->
                        "read it anew, and expect version " + probe.version() + " if the change still makes sense")
                .orElse("expect version 0 if it is to be set anew");
        String now = present.map(probe -> "has version " + probe.version()).orElse("is not there");
        Problem problem = Problem.changed("the probe '" + id + "' " + now + who + ", and expected was "
                        + mismatch.expected() + "; " + remedy)
                .with("probe", id)
                .with("version", present.map(Probe::version).orElse(0L));
        return last.map(entry -> problem.with("changedBy", entry.who())
                        .with("changedAt", entry.at().toString()))
                .orElse(problem);
    }
}
