package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Nearest;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import io.plumbline.config.text.YamlText;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.Switch;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.audit.AuditTrail;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Turns.Turn;
import io.plumbline.pipeline.control.http.Problem;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Changes definitions and the switch. A submission is taken whole or not at all, and has been read back when it
 * returns.
 *
 * <p>The bargain: changes are serialised here, and between control planes by Kafka's order. Of two that change the same id in the same
 * moment the first record makes the version; the other makes the next one or, where it expected the one before, is refused.
 *
 * <p>Threads: any; one change at a time.
 */
public final class Definitions {
    private static final int MAX_TRIES = 20;

    private final Registry registry;
    private final ProbeLog log;
    private final Conflicts conflicts;
    private final Clock clock;

    /** What a submission does to one id. */
    public enum Kind {
        CREATED,
        CHANGED,
        UNCHANGED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One probe of a submission, as it is now in force. */
    public record Change(Kind kind, Probe probe) {
        /** @param warnings of what is allowed and may be a mistake */
        public Map<String, Object> map(List<String> warnings) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("id", probe.id());
            map.put("version", probe.version());
            map.put("change", kind.word());
            map.put("probe", ProbeWriter.map(probe));
            map.put("warnings", warnings);
            return map;
        }
    }

    /** @param trail of who changed what */
    public Definitions(Registry registry, Writer writer, ControlReader reader, AuditTrail trail, Clock clock) {
        this.registry = registry;
        this.log = new ProbeLog(registry, writer, reader);
        this.conflicts = new Conflicts(registry, trail, clock);
        this.clock = clock;
    }

    /**
     * Sets probes.
     *
     * @param text YAML or JSON: a probe, a list, or a mapping with the key {@code probes}; YAML may hold several
     *     documents
     * @param source names the text in errors
     * @param dryRun whether to check only
     * @param caller within whose bounds the probes must lie, and those that they replace
     * @param expected what the caller takes those for
     * @throws Problem or {@link InvalidInputException}, when anything is wrong; then nothing has changed
     */
    public List<Change> submit(String text, String source, boolean dryRun, Caller caller, Expected expected) {
        try {
            return change(text, source, dryRun, caller, expected);
        } catch (Mismatch e) {
            throw conflicts.problem(e);
        }
    }

    private synchronized List<Change> change(
            String text, String source, boolean dryRun, Caller caller, Expected expected) {
        List<Probe> written = ProbeReader.writtenAll(documents(text, source), clock);
        if (written.isEmpty()) {
            throw Problem.badRequest(
                    "there is no probe in " + source + "; write at least one, with 'at' and an action");
        }
        for (Probe probe : written) {
            caller.requireReach(probe);
            registry.probe(probe.id()).ifPresent(caller::requireReach);
        }
        expected.requireAbout(written);
        written.forEach(probe -> requireMet(probe.id(), expected));
        List<Change> changes = written.stream().map(this::change).toList();
        MetricClashes.check(written, others(written));
        return dryRun ? changes : write(changes, expected);
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

    /**
     * Removes a probe and returns what it was.
     *
     * @param expected what the caller takes it for
     */
    public Probe remove(String id, Caller caller, Expected expected) {
        try {
            return removeIf(id, caller, expected);
        } catch (Mismatch e) {
            throw conflicts.problem(e);
        }
    }

    private synchronized Probe removeIf(String id, Caller caller, Expected expected) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Probe probe = requireProbe(id);
            caller.requireReach(probe);
            expected.requireAbout(List.of(probe));
            requireMet(id, expected);
            Map<String, Turn> turns = log.write(tombstones(probe));
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

    /** Of the probe, and of what is kept about it. */
    private Map<String, String> tombstones(Probe probe) {
        String id = probe.id();
        Map<String, String> tombstone = new LinkedHashMap<>();
        tombstone.put(id, null);
        if (registry.stage(probe).isPresent()) {
            tombstone.put(RolloutStage.key(id), null);
        }
        if (registry.off().probes().contains(id)) {
            Set<String> probes = new HashSet<>(registry.off().probes());
            probes.remove(id);
            tombstone.put(
                    Topics.SWITCH_KEY,
                    new Switch(registry.off().fleet(), registry.off().instances(), probes).json());
        }
        return tombstone;
    }

    /** Switches everything off or on; single instances and probes keep what was said of them. */
    public synchronized Switch switchFleet(boolean off) {
        return set(now -> new Switch(off, now.instances(), now.probes()));
    }

    public synchronized Switch switchInstance(String instance, boolean off) {
        return set(now -> new Switch(now.fleet(), with(now.instances(), instance, off), now.probes()));
    }

    public synchronized Switch switchProbe(String probe, boolean off, Caller caller) {
        caller.requireReach(requireProbe(probe));
        return set(now -> new Switch(now.fleet(), now.instances(), with(now.probes(), probe, off)));
    }

    public Probe requireProbe(String id) {
        return registry.probe(id).orElseThrow(() -> {
            List<String> ids = registry.probes().stream().map(Probe::id).toList();
            String remedy = Nearest.to(id, ids)
                    .map(near -> "did you mean '" + near + "'?")
                    .orElse("plumb probe list shows those there are");
            return Problem.notFound("there is no probe '" + id + "'; " + remedy);
        });
    }

    /** JSON first, for YAML does not take every JSON; but a YAML document may begin with a brace as well. */
    private static List<Node> documents(String text, String source) {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            try {
                return List.of(NodeReader.json(text, source));
            } catch (InvalidInputException e) {
                // YAML's error, if it is none either, speaks to more people
            }
        }
        List<Node> documents = new ArrayList<>(YamlText.read(text, source));
        documents.removeIf(node -> node instanceof Node.Scalar scalar && scalar.type() == Node.Scalar.Type.NULL);
        return documents;
    }

    private Change change(Probe written) {
        Probe present = registry.probe(written.id()).orElse(null);
        if (present != null && isInForce(present) && isSame(present, written) && registry.isOurs(present)) {
            return new Change(Kind.UNCHANGED, present);
        }
        Probe next = written.withVersion(registry.lastVersion(written.id()) + 1);
        return new Change(present == null ? Kind.CREATED : Kind.CHANGED, next);
    }

    /** One that is over, was taken back, or was signed by nobody or another, is set anew by saying the same again. */
    private boolean isInForce(Probe present) {
        boolean isTakenBack = registry.stage(present)
                .filter(stage -> stage.step() == RolloutStage.Step.BACKED_OUT)
                .isPresent();
        return !isTakenBack && !present.isExpiredAt(clock.instant());
    }

    private static boolean isSame(Probe present, Probe written) {
        return present.isSameQuestion(written)
                && present.targets().equals(written.targets())
                && present.rollout().equals(written.rollout())
                && life(present).equals(life(written));
    }

    private static Duration life(Probe probe) {
        return probe.expires().equals(Instant.MAX) ? Duration.ZERO : Duration.between(probe.created(), probe.expires());
    }

    /** What stays in force beside a submission. */
    private List<Probe> others(List<Probe> written) {
        Instant now = clock.instant();
        Set<String> replaced = written.stream().map(Probe::id).collect(Collectors.toSet());
        List<Probe> others = new ArrayList<>(registry.probes());
        others.removeIf(probe -> replaced.contains(probe.id()) || probe.isExpiredAt(now));
        return others;
    }

    /** Writes until each has had its turn; those that nothing was expected of take the next version instead of one that is taken. */
    private List<Change> write(List<Change> changes, Expected expected) {
        Map<String, Change> done = new LinkedHashMap<>();
        changes.forEach(change -> done.put(change.probe().id(), change));
        Map<String, Probe> open = new LinkedHashMap<>();
        changes.stream()
                .filter(change -> change.kind() != Kind.UNCHANGED)
                .forEach(change -> open.put(change.probe().id(), change.probe()));
        Map<String, Long> before = new HashMap<>();
        open.keySet().forEach(id -> before.put(id, presentVersion(id)));
        for (int i = 0; !open.isEmpty(); i++) {
            Map<String, Turn> turns = log.set(open);
            for (String id : open.keySet()) {
                if (isLost(id, turns, before.get(id), expected)) {
                    log.undo(open, turns);
                    throw new Mismatch(id, expected.words(id));
                }
            }
            open.keySet().removeIf(id -> !turns.containsKey(id) || turns.get(id).isTaken());
            open.replaceAll((id, probe) -> probe.withVersion(registry.lastVersion(id) + 1));
            open.forEach((id, probe) -> done.put(id, new Change(Kind.CHANGED, probe)));
            if (i == MAX_TRIES) {
                throw ProbeLog.tooBusy(open.keySet().iterator().next());
            }
        }
        return List.copyOf(done.values());
    }

    /** Whether another control plane's record came between the look at a probe and ours, where the caller minds. */
    private static boolean isLost(String id, Map<String, Turn> turns, long before, Expected expected) {
        Turn turn = turns.get(id);
        return expected.isOf(id) && turn != null && !(turn.isTaken() && turn.versionBefore() == before);
    }

    /** Again where another control plane's record outran ours; what it switched stays so. */
    private Switch set(UnaryOperator<Switch> change) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Switch next = change.apply(registry.off());
            if (next.equals(registry.off())) {
                return next;
            }
            Turn turn = log.write(Map.of(Topics.SWITCH_KEY, next.json())).get(Topics.SWITCH_KEY);
            if (turn == null || turn.isTaken()) {
                return next;
            }
        }
        throw ProbeLog.tooBusy(Topics.SWITCH_KEY);
    }

    private static Set<String> with(Set<String> names, String name, boolean present) {
        Set<String> changed = new HashSet<>(names);
        if (present) {
            changed.add(name);
        } else {
            changed.remove(name);
        }
        return changed;
    }
}
