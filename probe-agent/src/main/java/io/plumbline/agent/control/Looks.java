package io.plumbline.agent.control;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.ProbeState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Chooses the probes to look at on a turn of the control thread: those that something has happened at, those whose time is over, and those
 * of which nobody would say that something has. An idle probe is not among them.
 *
 * <p>The bargain: what comes without being said, if anything does, is seen with the next look at all, every {@link #ALL_EVERY}.
 *
 * <p>Used by the control thread only.
 */
final class Looks {
    static final Duration ALL_EVERY = Duration.ofSeconds(10);
    private static final Duration SLOWLY_EVERY = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;

    /** Ids to be looked at on each turn. */
    private final Set<String> always = new HashSet<>();

    /** Ids to be looked at about once a second. */
    private final Set<String> slowly = new HashSet<>();

    /** Ids of which a report has been put off. */
    private final Set<String> again = new HashSet<>();

    private boolean all = true;
    private long allAtNanos;
    private long slowlyAtNanos;

    /** When the first probe's time is over; too early rather than too late. */
    private Instant firstEnd = Instant.MAX;

    Looks() {
        this(System::nanoTime);
    }

    /**
     * @param nanoTime tells when to look again
     */
    Looks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** All are to be looked at on the next turn. */
    void atAll() {
        all = true;
    }

    /** This one is to be looked at on the next turn too. */
    void again(RunningProbe one) {
        again.add(one.probe().id());
    }

    /**
     * Whom to look at now.
     *
     * @param running all, by id
     * @param stirred ids of those at which something may have happened
     */
    Collection<RunningProbe> due(Map<String, RunningProbe> running, Set<String> stirred, Instant now) {
        long nanos = nanoTime.getAsLong();
        boolean isAll = all || !now.isBefore(firstEnd) || nanos - allAtNanos >= ALL_EVERY.toNanos();
        if (isAll) {
            all = false;
            allAtNanos = nanos;
            slowlyAtNanos = nanos;
            firstEnd = Instant.MAX;
            always.clear();
            slowly.clear();
            again.clear();
            return List.copyOf(running.values());
        }
        Set<String> ids = new LinkedHashSet<>(always);
        ids.addAll(stirred);
        ids.addAll(again);
        again.clear();
        if (!slowly.isEmpty() && nanos - slowlyAtNanos >= SLOWLY_EVERY.toNanos()) {
            slowlyAtNanos = nanos;
            ids.addAll(slowly);
        }
        ids.retainAll(running.keySet());
        return ids.stream().map(running::get).toList();
    }

    /** One was looked at, and goes on. */
    void goesOn(RunningProbe one, Probing.Status status) {
        String id = one.probe().id();
        Instant end = status.inForce().expires();
        firstEnd = end.isBefore(firstEnd) ? end : firstEnd;
        if (isShared(one.probe()) || isShared(status.inForce()) || isBeside(status.inForce())) {
            always.add(id);
        }
        // what it waits for may be offered under another name one of these days
        if (status.state() == ProbeState.PENDING) {
            slowly.add(id);
        }
    }

    /** One was looked at, and has ended. Its last hits may have to be decided about elsewhere. */
    void hasEnded(RunningProbe one) {
        always.remove(one.probe().id());
        if (isShared(one.probe()) || isBeside(one.probe())) {
            slowly.add(one.probe().id());
        }
    }

    /** Whether other instances have a say in it. */
    private static boolean isShared(Probe probe) {
        return probe.limits().fleetHits() > 0;
    }

    /** Whether it has to do with the program's own telemetry, which another thread sees to. */
    private static boolean isBeside(Probe probe) {
        return probe.actions().stream()
                .anyMatch(action -> action instanceof Action.Metric metric && metric.beside()
                        || action instanceof Action.Log log && log.beside().isPresent());
    }
}
