package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.Chosen;
import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.Switch;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.records.Definers;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the compacted topics say: probes, the switch, instances, reports. A record that can't be read is logged and
 * passed over, for one bad record must not blind the control plane.
 *
 * <p>Threads: the readers write, requests read, under one lock that is never held during I/O.
 */
public final class Registry {
    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

    private final Clock clock;
    private final Definers definers;
    private final Object lock = new Object();
    /** All below: guarded by the lock. */
    private final Map<String, Probe> probes = new TreeMap<>();
    /** Outlives the removal of a probe, so that versions grow. */
    private final Map<String, Long> versions = new HashMap<>();

    private final Map<String, Seen> instances = new TreeMap<>();
    private final Reports reports = new Reports();
    private final Map<String, RolloutStage> stages = new HashMap<>();
    private final Map<String, Chosen> choices = new HashMap<>();
    private final Turns turns = new Turns();
    private Switch off = Switch.ON;

    /**
     * An instance as it was last heard of.
     *
     * @param at by the broker's clock
     */
    public record Seen(InstanceReport report, Instant at) {
        public boolean isAlive(Instant now) {
            return report.running() && at.plus(InstanceReport.GONE_AFTER).isAfter(now);
        }
    }

    public Registry(Clock clock, Definers definers) {
        this.clock = clock;
        this.definers = definers;
    }

    /** What to do with what people write. */
    public Map<String, BiConsumer<String, ConsumerRecord<String, String>>> definitions() {
        return Map.of(Topics.PROBES, this::definition);
    }

    /** What to do with what agents report: of a large fleet so much that nothing else should wait behind it. */
    public Map<String, BiConsumer<String, ConsumerRecord<String, String>>> reports() {
        return Map.of(Topics.INSTANCES, this::instance, Topics.STATUS, this::report);
    }

    public List<Probe> probes() {
        synchronized (lock) {
            return List.copyOf(probes.values());
        }
    }

    public Optional<Probe> probe(String id) {
        synchronized (lock) {
            return Optional.ofNullable(probes.get(id));
        }
    }

    /** Whether our own key signed the definition. */
    public boolean isOurs(Probe probe) {
        synchronized (lock) {
            return definers.isOurs(probe.id());
        }
    }

    /** The highest version that an id ever had; 0 for a new one. */
    public long lastVersion(String id) {
        synchronized (lock) {
            return versions.getOrDefault(id, 0L);
        }
    }

    /** What became of a record of {@link Topics#PROBES} that was read of late. */
    public Optional<Turns.Turn> turn(long offset) {
        synchronized (lock) {
            return turns.at(offset);
        }
    }

    /** How far the rollout of this version has come; empty when it has not begun. */
    public Optional<RolloutStage> stage(Probe probe) {
        synchronized (lock) {
            return Optional.ofNullable(stages.get(RolloutStage.key(probe.id())))
                    .filter(stage -> stage.version() == probe.version());
        }
    }

    /** Who was chosen for a probe with {@code one-per}; nobody when none was yet. */
    public Set<String> chosen(String probe) {
        synchronized (lock) {
            Chosen known = choices.get(Chosen.key(probe));
            return known == null ? Set.of() : known.instances();
        }
    }

    /** Whether a probe is meant for an instance; of one per service only for the one that was chosen. */
    public boolean isMeant(Probe probe, InstanceReport report) {
        return probe.targets().match(report.labels())
                && (!probe.targets().onePerService() || chosen(probe.id()).contains(report.id()));
    }

    public Switch off() {
        synchronized (lock) {
            return off;
        }
    }

    /** All that were ever heard of within the topic's retention. */
    public List<Seen> instances() {
        synchronized (lock) {
            return List.copyOf(instances.values());
        }
    }

    public List<Seen> running() {
        Instant now = clock.instant();
        return instances().stream().filter(seen -> seen.isAlive(now)).toList();
    }

    /** What the running instances say about a probe. */
    public List<ProbeReport> reports(String probe) {
        Instant now = clock.instant();
        synchronized (lock) {
            return reports.of(probe).stream()
                    .filter(report -> isAlive(report.instance(), now))
                    .toList();
        }
    }

    private boolean isAlive(String instance, Instant now) {
        Seen seen = instances.get(instance);
        return seen != null && seen.isAlive(now);
    }

    private void definition(String key, ConsumerRecord<String, String> kafkaRecord) {
        String json = kafkaRecord.value();
        synchronized (lock) {
            if (!definers.admits(kafkaRecord)) {
                turns.late(kafkaRecord.offset(), probes.get(key));
                return;
            }
            if (key.equals(Topics.SWITCH_KEY)) {
                off = json == null ? Switch.ON : readOr(off, key, () -> Switch.parse(json));
            } else if (RolloutStage.isKey(key)) {
                stages.compute(
                        key, (any, old) -> json == null ? null : readOr(old, key, () -> RolloutStage.parse(json)));
            } else if (Chosen.isKey(key)) {
                choices.compute(key, (any, old) -> json == null ? null : readOr(old, key, () -> Chosen.parse(json)));
            } else if (json == null) {
                turns.taken(kafkaRecord.offset(), probes.remove(key));
                reports.removeProbe(key);
            } else {
                Probe probe = readOr(null, key, () -> ProbeReader.wire(json));
                if (probe != null && probe.id().equals(key)) {
                    take(probe, kafkaRecord.offset());
                }
            }
        }
    }

    private void take(Probe probe, long offset) {
        Probe before = probes.get(probe.id());
        if (definers.isSigned(probe.id()) && Turns.isLate(before, probe)) {
            turns.late(offset, before);
            return;
        }
        turns.taken(offset, before);
        probes.put(probe.id(), probe);
        versions.merge(probe.id(), probe.version(), Math::max);
    }

    private void instance(String key, ConsumerRecord<String, String> kafkaRecord) {
        String json = kafkaRecord.value();
        synchronized (lock) {
            if (json == null) {
                instances.remove(key);
                return;
            }
            InstanceReport report = readOr(null, key, () -> InstanceReport.parse(json));
            if (report != null) {
                instances.put(key, new Seen(report, Instant.ofEpochMilli(kafkaRecord.timestamp())));
            }
        }
    }

    private void report(String key, ConsumerRecord<String, String> kafkaRecord) {
        String json = kafkaRecord.value();
        synchronized (lock) {
            if (json == null) {
                reports.remove(key);
                return;
            }
            ProbeReport report = readOr(null, key, () -> ProbeReport.parse(json));
            if (report != null && report.key().equals(key)) {
                reports.put(report);
            }
        }
    }

    private static <T> T readOr(T otherwise, String key, Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidInputException | IllegalArgumentException e) {
            LOG.warn("passing over the record '{}', which can't be read: {}", key, e.getMessage());
            return otherwise;
        }
    }
}
