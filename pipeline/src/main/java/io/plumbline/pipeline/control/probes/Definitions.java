package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Nearest;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import io.plumbline.config.text.YamlText;
import io.plumbline.config.wire.Chosen;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.Switch;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Writer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Changes definitions and the switch. A submission is taken whole or not at all, and has been read back when it
 * returns.
 *
 * <p>The bargain: changes are serialised here, not between control planes; of two that change the same id in the same
 * moment the later record wins, with the same version.
 *
 * <p>Threads: any; one change at a time.
 */
public final class Definitions {
    private final Registry registry;
    private final Writer writer;
    private final ControlReader reader;
    private final Clock clock;
    private final Consent consent;

    /** What a submission does to one id. */
    public enum Kind {
        CREATED,
        CHANGED,
        UNCHANGED,
        REMOVED,
        /** It is not in force: somebody has to approve it. */
        WAITING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One probe of a submission, as it is now in force or waits.
     *
     * @param approval what it waits for, or would
     */
    public record Change(Kind kind, Probe probe, Optional<Consent.Approval> approval) {
        Change(Kind kind, Probe probe) {
            this(kind, probe, Optional.empty());
        }

        /** What an audit calls it. */
        public String auditAction() {
            return kind == Kind.REMOVED ? "probe.remove" : "probe.set";
        }

        /** @param warnings of what is allowed and may be a mistake */
        public Map<String, Object> map(List<String> warnings) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("id", probe.id());
            map.put("version", probe.version());
            map.put("change", kind.word());
            map.put("probe", ProbeWriter.map(probe));
            map.put("warnings", warnings);
            approval.ifPresent(waitsFor -> map.put("approval", waitsFor.map()));
            return map;
        }
    }

    public Definitions(Registry registry, Writer writer, ControlReader reader, Clock clock, Consent consent) {
        this.registry = registry;
        this.writer = writer;
        this.reader = reader;
        this.clock = clock;
        this.consent = consent;
    }

    /**
     * Sets probes.
     *
     * @param text YAML or JSON: a probe, a list, or a mapping with the key {@code probes}; YAML may hold several
     *     documents
     * @param source names the text in errors
     * @param dryRun whether to check only
     * @param caller within whose bounds the probes must lie, and those that they replace
     * @throws Problem or {@link InvalidInputException}, when anything is wrong; then nothing has changed
     */
    public List<Change> submit(String text, String source, boolean dryRun, Caller caller) {
        return submit(text, source, dryRun, SetChange.NONE, caller, changes -> {});
    }

    /**
     * The same as one set of probes.
     *
     * @param check throws where they may not be set for another reason; what it does itself happens just before
     * @param set what else this means for those of the same set; removed ones come last
     */
    public synchronized List<Change> submit(
            String text, String source, boolean dryRun, SetChange set, Caller caller, Consumer<List<Change>> check) {
        List<Probe> written = ProbeReader.writtenAll(documents(text, source), clock).stream()
                .map(probe -> set.marked(probe, registry.probe(probe.id())))
                .toList();
        if (written.isEmpty() && !set.prune()) {
            throw Problem.badRequest(
                    "there is no probe in " + source + "; write at least one, with 'at' and an action");
        }
        for (Probe probe : written) {
            caller.requireReach(probe);
            registry.probe(probe.id()).ifPresent(caller::requireReach);
        }
        List<Probe> pruned = set.pruned(written, registry.probes());
        pruned.forEach(caller::requireReach);
        List<Change> changes =
                new ArrayList<>(written.stream().map(this::change).toList());
        pruned.forEach(probe -> changes.add(new Change(Kind.REMOVED, probe)));
        MetricClashes.check(written, others(changes));
        check.accept(consent.held(changes, caller, true));
        List<Change> held = consent.held(changes, caller, dryRun);
        if (!dryRun) {
            write(held);
        }
        return held;
    }

    /** Sets what was agreed to, under the next version. */
    public synchronized void setAgreed(Probe probe) {
        requireNoClash(probe);
        write(List.of(new Change(Kind.CHANGED, probe.withVersion(nextVersion(probe.id())))));
    }

    /** The version that a change of an id gets. */
    public long nextVersion(String id) {
        return registry.lastVersion(id) + 1;
    }

    /** @throws Problem when it does not go with the metrics of other probes */
    public synchronized void requireNoClash(Probe probe) {
        MetricClashes.check(List.of(probe), others(List.of(new Change(Kind.CHANGED, probe))));
    }

    /** Whether an id never came to a version. */
    public boolean lacks(String id, long version) {
        return registry.lastVersion(id) < version;
    }

    /** Takes back a definition that waits and has none in force beside it; false where that is not so. */
    public synchronized boolean withdraw(String id, Caller caller) {
        return registry.probe(id).isEmpty() && consent.withdraw(id, caller);
    }

    /** Removes a probe and what waits of it, and returns what it was. */
    public Probe remove(String id, Caller caller) {
        return remove(id, caller, probe -> {});
    }

    /** Likewise, if a check does not throw. */
    public synchronized Probe remove(String id, Caller caller, Consumer<Probe> check) {
        Probe probe = requireProbe(id);
        caller.requireReach(probe);
        check.accept(probe);
        consent.withdraw(id, caller);
        remove(List.of(probe), caller);
        return probe;
    }

    /** Removes the probes with a tag and returns what they were. */
    public synchronized List<Probe> removeTagged(String tag, Caller caller) {
        List<Probe> probes = requireTagged(tag);
        probes.forEach(probe -> consent.withdraw(probe.id(), caller));
        remove(probes, caller);
        return probes;
    }

    private void remove(List<Probe> probes, Caller caller) {
        probes.forEach(caller::requireReach);
        await(writer.write(Topics.PROBES, tombstones(probes)));
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

    /** Switches everything off or on; single instances and probes keep what was said of them. */
    public synchronized Switch switchFleet(boolean off) {
        Switch now = registry.off();
        return set(new Switch(off, now.instances(), now.probes()));
    }

    public synchronized Switch switchInstance(String instance, boolean off) {
        Switch now = registry.off();
        return set(new Switch(now.fleet(), with(now.instances(), instance, off), now.probes()));
    }

    public synchronized Switch switchProbe(String probe, boolean off, Caller caller) {
        caller.requireReach(requireProbe(probe));
        Switch now = registry.off();
        return set(new Switch(now.fleet(), now.instances(), with(now.probes(), probe, off)));
    }

    /** Switches the probes with a tag. */
    public synchronized Switch switchTagged(String tag, boolean off, Caller caller) {
        List<Probe> probes = requireTagged(tag);
        probes.forEach(caller::requireReach);
        Switch now = registry.off();
        Set<String> names = now.probes();
        for (Probe probe : probes) {
            names = with(names, probe.id(), off);
        }
        return set(new Switch(now.fleet(), now.instances(), names));
    }

    private List<Probe> requireTagged(String tag) {
        List<Probe> probes = registry.probes().stream()
                .filter(probe -> probe.marks().tags().contains(tag))
                .toList();
        if (probes.isEmpty()) {
            List<String> tags = registry.probes().stream()
                    .flatMap(probe -> probe.marks().tags().stream())
                    .distinct()
                    .toList();
            String remedy = Nearest.to(tag, tags)
                    .map(near -> "did you mean '" + near + "'?")
                    .orElse(tags.isEmpty() ? "no probe has a tag" : "there are " + String.join(", ", tags));
            throw Problem.notFound("no probe has the tag '" + tag + "'; " + remedy);
        }
        return probes;
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

    /** One that was removed is still known, while this process runs. */
    public void requireKnown(String id) {
        if (registry.lastVersion(id) == 0) {
            requireProbe(id);
        }
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

    private void write(List<Change> changes) {
        Map<String, String> values = new LinkedHashMap<>();
        values.putAll(tombstones(changes.stream()
                .filter(change -> change.kind() == Kind.REMOVED)
                .map(Change::probe)
                .toList()));
        for (Change change : changes) {
            if (change.kind() == Kind.CREATED || change.kind() == Kind.CHANGED) {
                values.put(change.probe().id(), ProbeWriter.json(change.probe()));
            }
        }
        if (!values.isEmpty()) {
            await(writer.write(Topics.PROBES, values));
        }
    }

    private Switch set(Switch next) {
        if (!next.equals(registry.off())) {
            await(writer.write(Topics.PROBES, Map.of(Topics.SWITCH_KEY, next.json())));
        }
        return next;
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

    private void await(RecordMetadata written) {
        reader.awaitHandled(new TopicPartition(written.topic(), written.partition()), written.offset());
    }
}
