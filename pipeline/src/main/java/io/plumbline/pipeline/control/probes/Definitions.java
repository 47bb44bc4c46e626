package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.Chosen;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.Switch;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.audit.AuditTrail;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Turns.Turn;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.probes.Change.Kind;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Writer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Changes definitions. A submission is taken whole or not at all, and has been read back when it returns.
 *
 * <p>The bargain: changes are serialised here, not between control planes; of two that change the same id in the same moment the first
 * record counts, and the other is written again as the next version, or refused where its caller expected something else.
 *
 * <p>Threads: any; one change at a time.
 */
public final class Definitions {
    private final Registry registry;
    private final ProbeLog log;
    private final ProbeFinder finder;
    private final Switches switches;
    private final Conflicts conflicts;
    private final Clock clock;
    private final Consent consent;

    /** @param trail of who changed what */
    public Definitions(
            Registry registry, Writer writer, ControlReader reader, AuditTrail trail, Clock clock, Consent consent) {
        this.registry = registry;
        this.log = new ProbeLog(registry, writer, reader);
        this.finder = new ProbeFinder(registry);
        this.switches = new Switches(registry, finder, log);
        this.conflicts = new Conflicts(registry, trail, clock);
        this.clock = clock;
        this.consent = consent;
    }

    public ProbeFinder finder() {
        return finder;
    }

    public Switches switches() {
        return switches;
    }

    /** Sets probes that nothing else speaks against. */
    public List<Change> submit(Submission wanted, Caller caller) {
        return submit(wanted, caller, changes -> {});
    }

    /**
     * Sets probes.
     *
     * @param caller within whose bounds the probes must lie, and those that they replace
     * @param check throws where they may not be set for another reason; what it does itself happens just before
     * @throws Problem or {@link InvalidInputException}, when anything is wrong; then nothing has changed
     */
    public List<Change> submit(Submission wanted, Caller caller, Consumer<List<Change>> check) {
        try {
            synchronized (log) {
                return change(wanted, caller, check);
            }
        } catch (Mismatch e) {
            throw conflicts.problem(e);
        }
    }

    private List<Change> change(Submission wanted, Caller caller, Consumer<List<Change>> check) {
        SetChange set = wanted.set();
        List<Probe> written = wanted.read(clock).stream()
                .map(probe -> set.marked(probe, registry.probe(probe.id())))
                .toList();
        if (written.isEmpty() && !set.prune()) {
            throw Problem.badRequest(
                    "there is no probe in " + wanted.source() + "; write at least one, with 'at' and an action");
        }
        for (Probe probe : written) {
            caller.requireReach(probe);
            registry.probe(probe.id()).ifPresent(caller::requireReach);
        }
        wanted.expected().requireAbout(written);
        written.forEach(probe -> requireMet(probe.id(), wanted.expected()));
        List<Change> changes = changes(written, set, caller);
        MetricClashes.check(written, others(changes));
        check.accept(consent.held(changes, caller, true));
        List<Change> held = consent.held(changes, caller, wanted.dryRun());
        return wanted.dryRun() ? held : write(held, wanted.expected());
    }

    private List<Change> changes(List<Probe> written, SetChange set, Caller caller) {
        List<Probe> pruned = set.pruned(written, registry.probes());
        pruned.forEach(caller::requireReach);
        List<Change> changes =
                new ArrayList<>(written.stream().map(this::change).toList());
        pruned.forEach(probe -> changes.add(new Change(Kind.REMOVED, probe)));
        return changes;
    }

    private void requireMet(String id, Expected expected) {
        if (!expected.isMet(id, presentVersion(id))) {
            throw new Mismatch(id, expected.words(id));
        }
    }

    /** 0 where there is none. */
    private long presentVersion(String id) {
        return registry.probe(id).map(Probe::version).orElse(0L);
    }

    /** Sets what was agreed to, under the next version. */
    public void setAgreed(Probe probe) {
        synchronized (log) {
            requireNoClash(probe);
            write(List.of(new Change(Kind.CHANGED, probe.withVersion(nextVersion(probe.id())))), Expected.NOTHING);
        }
    }

    /** The version that a change of an id gets. */
    public long nextVersion(String id) {
        return registry.lastVersion(id) + 1;
    }

    /** @throws Problem when it does not go with the metrics of other probes */
    public void requireNoClash(Probe probe) {
        MetricClashes.check(List.of(probe), others(List.of(new Change(Kind.CHANGED, probe))));
    }

    /** Whether an id never came to a version. */
    public boolean lacks(String id, long version) {
        return registry.lastVersion(id) < version;
    }

    /** Takes back a definition that waits and has none in force beside it; false where that is not so. */
    public boolean withdraw(String id, Caller caller) {
        synchronized (log) {
            return registry.probe(id).isEmpty() && consent.withdraw(id, caller);
        }
    }

    /** Removes a probe and what waits of it, and returns what it was. */
    public Probe remove(String id, Caller caller) {
        return remove(id, caller, Expected.NOTHING, probe -> {});
    }

    /**
     * The same, if nothing speaks against it.
     *
     * @param expected what the caller takes it for
     * @param check throws where it may not be removed for another reason
     */
    public Probe remove(String id, Caller caller, Expected expected, Consumer<Probe> check) {
        try {
            synchronized (log) {
                return removeIf(id, caller, expected, check);
            }
        } catch (Mismatch e) {
            throw conflicts.problem(e);
        }
    }

    /** Removes the probes with a tag, all at once, and returns what they were. */
    public List<Probe> removeTagged(String tag, Caller caller) {
        synchronized (log) {
            List<Probe> probes = finder.requireTagged(tag);
            probes.forEach(caller::requireReach);
            probes.forEach(probe -> consent.withdraw(probe.id(), caller));
            Map<String, Turn> turns = log.write(tombstones(probes));
            probes.stream()
                    .filter(probe -> turns.containsKey(probe.id()))
                    .filter(probe -> !turns.get(probe.id()).isTaken())
                    .forEach(probe -> remove(probe.id(), caller));
            return probes;
        }
    }

    private Probe removeIf(String id, Caller caller, Expected expected, Consumer<Probe> check) {
        for (int i = 0; i < ProbeLog.TRIES; i++) {
            Probe probe = finder.require(id);
            caller.requireReach(probe);
            check.accept(probe);
            expected.requireAbout(List.of(probe));
            requireMet(id, expected);
            consent.withdraw(id, caller);
            Map<String, Turn> turns = log.write(tombstones(List.of(probe)));
            if (isLost(id, turns, probe.version(), expected)) {
                log.undo(Collections.singletonMap(id, null), turns);
                throw new Mismatch(id, expected.words(id));
            }
            if (!turns.containsKey(id) || turns.get(id).isTaken()) {
                return probe;
            }
        }
        throw ProbeLog.tooBusy(id);
    }

    /** Of the definitions and of all that stands beside them. */
    private Map<String, String> tombstones(List<Probe> probes) {
        Map<String, String> tombstones = new LinkedHashMap<>();
        Set<String> off = new HashSet<>(registry.off().probes());
        for (Probe probe : probes) {
            tombstones.put(probe.id(), null);
            if (registry.stage(probe).isPresent()) {
                tombstones.put(RolloutStage.key(probe.id()), null);
            }
            if (!registry.chosen(probe.id()).isEmpty()) {
                tombstones.put(Chosen.key(probe.id()), null);
            }
            off.remove(probe.id());
        }
        if (!off.equals(registry.off().probes())) {
            Switch now = registry.off();
            tombstones.put(Topics.SWITCH_KEY, new Switch(now.fleet(), now.instances(), off).json());
        }
        return tombstones;
    }

    private Change change(Probe written) {
        Probe present = registry.probe(written.id()).orElse(null);
        if (present != null && isInForce(present) && isSame(present, written) && registry.isOurs(present)) {
            return new Change(Kind.UNCHANGED, present);
        }
        Probe next = written.withVersion(nextVersion(written.id()));
        return new Change(present == null ? Kind.CREATED : Kind.CHANGED, next);
    }

    /** One that is over, was taken back, or was signed by nobody or another, is set anew by saying the same again. */
    private boolean isInForce(Probe present) {
        boolean isTakenBack = registry.stage(present)
                .filter(stage -> stage.step() == RolloutStage.Step.BACKED_OUT)
                .isPresent();
        return !isTakenBack && !present.isExpiredAt(clock.instant());
    }

    /** Whether nothing but version and times differs. */
    public static boolean isSame(Probe present, Probe written) {
        return present.isSameQuestion(written)
                && present.targets().equals(written.targets())
                && present.rollout().equals(written.rollout())
                && present.marks().equals(written.marks())
                && life(present).equals(life(written));
    }

    private static Duration life(Probe probe) {
        return probe.expires().equals(Instant.MAX) ? Duration.ZERO : Duration.between(probe.created(), probe.expires());
    }

    /** What stays in force beside a submission. */
    private List<Probe> others(List<Change> changes) {
        Instant now = clock.instant();
        Set<String> replaced =
                changes.stream().map(change -> change.probe().id()).collect(Collectors.toSet());
        List<Probe> others = new ArrayList<>(registry.probes());
        others.removeIf(probe -> replaced.contains(probe.id()) || probe.isExpiredAt(now));
        return others;
    }

    /** Writes until each has had its turn; those that nothing was expected of take the next version instead of one that is taken. */
    private List<Change> write(List<Change> changes, Expected expected) {
        Map<String, Change> done = new LinkedHashMap<>();
        Map<String, Probe> open = new LinkedHashMap<>();
        Map<String, Long> before = new HashMap<>();
        for (Change change : changes) {
            String id = change.probe().id();
            done.put(id, change);
            if (change.kind().isSet()) {
                open.put(id, change.probe());
                before.put(id, presentVersion(id));
            }
        }
        for (int i = 0; !open.isEmpty(); i++) {
            Map<String, Turn> turns = log.set(open);
            for (String id : open.keySet()) {
                if (isLost(id, turns, before.get(id), expected)) {
                    log.undo(open, turns);
                    throw new Mismatch(id, expected.words(id));
                }
            }
            open.keySet().removeIf(id -> !turns.containsKey(id) || turns.get(id).isTaken());
            open.replaceAll((id, probe) -> probe.withVersion(nextVersion(id)));
            open.forEach((id, probe) -> done.put(id, new Change(Kind.CHANGED, probe)));
            if (i == ProbeLog.TRIES) {
                throw ProbeLog.tooBusy(open.keySet().iterator().next());
            }
        }
        List<Probe> removed = changes.stream()
                .filter(change -> change.kind() == Kind.REMOVED)
                .map(Change::probe)
                .toList();
        log.write(tombstones(removed));
        return List.copyOf(done.values());
    }

    /** Whether another control plane's record came between the look at a probe and ours, where the caller minds. */
    private static boolean isLost(String id, Map<String, Turn> turns, long before, Expected expected) {
        Turn turn = turns.get(id);
        return expected.isOf(id) && turn != null && !(turn.isTaken() && turn.versionBefore() == before);
    }
}
