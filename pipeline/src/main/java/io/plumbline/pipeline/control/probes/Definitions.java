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

    public Definitions(Registry registry, Writer writer, ControlReader reader, Clock clock) {
        this.registry = registry;
        this.writer = writer;
        this.reader = reader;
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
     * @param check throws where they may not be set for another reason; what it does itself happens just before
     * @throws Problem or {@link InvalidInputException}, when anything is wrong; then nothing has changed
     */
    public synchronized List<Change> submit(
            String text, String source, boolean dryRun, Caller caller, Consumer<List<Change>> check) {
        List<Probe> written = ProbeReader.writtenAll(documents(text, source), clock);
        if (written.isEmpty()) {
            throw Problem.badRequest(
                    "there is no probe in " + source + "; write at least one, with 'at' and an action");
        }
        for (Probe probe : written) {
            caller.requireReach(probe);
            registry.probe(probe.id()).ifPresent(caller::requireReach);
        }
        List<Change> changes = written.stream().map(this::change).toList();
        MetricClashes.check(written, others(written));
        check.accept(changes);
        if (!dryRun) {
            write(changes);
        }
        return changes;
    }

    /** Removes a probe and returns what it was. */
    public Probe remove(String id, Caller caller) {
        return remove(id, caller, probe -> {});
    }

    /** Likewise, if a check does not throw. */
    public synchronized Probe remove(String id, Caller caller, Consumer<Probe> check) {
        Probe probe = requireProbe(id);
        caller.requireReach(probe);
        check.accept(probe);
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
        await(writer.write(Topics.PROBES, tombstone));
        return probe;
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

    private void write(List<Change> changes) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.kind() != Kind.UNCHANGED) {
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
