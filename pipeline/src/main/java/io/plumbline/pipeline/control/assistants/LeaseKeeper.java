package io.plumbline.pipeline.control.assistants;

import io.plumbline.config.probe.Probe;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.probes.Definitions;
import io.plumbline.pipeline.control.probes.Expected;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the probes of sessions that have ended or were not heard of for as long as their lease says. What this can't do, because no
 * control plane runs, agents do when the probes' own time is over.
 *
 * <p>Threads: {@code control-leases}; {@link #end} any.
 */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Assistants assistants;
    private final Definitions definitions;
    private final Audit audit;
    private final Clock clock;
    private final Instant started;
    private final Thread thread = new Thread(this::run, "control-leases");

    public LeaseKeeper(Assistants assistants, Definitions definitions, Audit audit, Clock clock) {
        this.assistants = assistants;
        this.definitions = definitions;
        this.audit = audit;
        this.clock = clock;
        this.started = clock.instant();
    }

    public LeaseKeeper start() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(STEP.toMillis());
                Instant now = clock.instant();
                assistants.all().stream().filter(lease -> isOver(lease, now)).forEach(this::lapse);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("probes of a session that is over could not be removed, trying again: {}", e.toString());
            }
        }
    }

    /** Nobody could be heard of while no control plane ran. */
    private boolean isOver(Lease lease, Instant now) {
        Instant heard = started.plus(lease.life().dividedBy(2));
        return lease.ended() || now.isAfter(lease.expires()) && now.isAfter(heard);
    }

    private void lapse(Lease lease) {
        boolean wasSilent = !lease.ended();
        end(lease);
        if (wasSilent) {
            audit.changed(
                    lease.owner(),
                    AccessRole.ASSISTANT.word(),
                    "lease.over",
                    Map.of(
                            "lease",
                            lease.id(),
                            "probes",
                            String.join(",", lease.probes().keySet())));
        }
    }

    /** Removes the session's probes, but for those that others have changed since, and then the lease. */
    void end(Lease lease) {
        Lease ended = assistants.end(lease);
        ended.probes().keySet().forEach(id -> remove(ended, id));
        assistants.forget(ended);
    }

    private void remove(Lease lease, String id) {
        try {
            definitions.remove(id, Caller.START, Expected.NOTHING, probe -> requireHeld(lease, probe));
        } catch (Problem e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    private static void requireHeld(Lease lease, Probe probe) {
        if (!lease.holds(probe)) {
            throw Problem.notFound("somebody else has changed '" + probe.id() + "' since");
        }
    }
}
