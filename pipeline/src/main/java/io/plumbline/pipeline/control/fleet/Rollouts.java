package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.Chosen;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.RolloutStage.Step;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.fleet.Registry.Seen;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Writer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code control-rollout}: brings probes with a rollout from stage to stage, or takes them back; and chooses for
 * those with one instance per service. Each stage stands
 * in the topic of definitions, so a control plane that starts goes on from there; the time that a stage was well for
 * begins anew then.
 *
 * <p>The bargain: while no control plane runs, no rollout goes on, and none is taken back.
 *
 * <p>Threads: its own; {@link #waitsFor} from any.
 */
public final class Rollouts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rollouts.class);
    private static final Duration STEP = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(15);

    private final Registry registry;
    private final Writer writer;
    private final ControlReader reader;
    private final Clock clock;
    private final Thread thread = new Thread(this::run, "control-rollout");

    /** Since when the stage of a probe is well, by probe. The thread's alone. */
    private final Map<String, Calm> calm = new HashMap<>();

    /** What each rollout waits for. Set by the thread, read by requests. */
    private final Map<String, String> waiting = new ConcurrentHashMap<>();

    private record Calm(RolloutStage stage, Instant since) {}

    public Rollouts(Registry registry, Writer writer, ControlReader reader, Clock clock) {
        this.registry = registry;
        this.writer = writer;
        this.reader = reader;
        this.clock = clock;
        thread.setDaemon(true);
    }

    public Rollouts start() {
        thread.start();
        return this;
    }

    /** What a probe's rollout waits for, in words; empty when for nothing but time. */
    public String waitsFor(String probe) {
        return waiting.getOrDefault(probe, "");
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(turn().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration turn() {
        try {
            List<Probe> probes = registry.probes();
            waiting.keySet().retainAll(probes.stream().map(Probe::id).toList());
            calm.keySet().retainAll(probes.stream().map(Probe::id).toList());
            for (Probe probe : probes) {
                choose(probe);
                if (probe.rollout().isPresent() && !probe.isExpiredAt(clock.instant())) {
                    advance(probe);
                }
            }
            return STEP;
        } catch (RuntimeException e) {
            LOG.warn("rollouts can't go on now, trying again: {}", e.getMessage());
            return PAUSE;
        }
    }

    /** Only while the probe may run: nobody waits for a choice that nothing comes of. */
    private void choose(Probe probe) {
        if (probe.targets().onePerService() && !probe.isExpiredAt(clock.instant())) {
            Choice.next(probe, registry.running(), registry.chosen(probe.id()))
                    .ifPresent(chosen -> write(Chosen.key(probe.id()), chosen.json()));
        }
    }

    private void advance(Probe probe) {
        RolloutStage stage = registry.stage(probe).orElse(null);
        RolloutPlan plan = plan(probe);
        if (stage == null) {
            begin(probe, plan);
        } else if (stage.step() != Step.DONE && stage.step() != Step.BACKED_OUT) {
            watch(probe, plan, stage);
        } else {
            waiting.remove(probe.id());
        }
    }

    private RolloutPlan plan(Probe probe) {
        List<Seen> meant = registry.instances().stream()
                .filter(seen -> registry.isMeant(probe, seen.report()))
                .toList();
        Map<String, ProbeReport> reports = registry.reports(probe.id()).stream()
                .collect(Collectors.toMap(ProbeReport::instance, report -> report));
        return new RolloutPlan(probe, meant, reports, clock.instant());
    }

    private void begin(Probe probe, RolloutPlan plan) {
        if (plan.canBegin()) {
            write(plan.first());
        } else {
            waiting.put(probe.id(), "no running instance is meant by it");
        }
    }

    private void watch(Probe probe, RolloutPlan plan, RolloutStage stage) {
        RolloutPlan.Health health = plan.health(stage);
        waiting.put(probe.id(), health.words());
        switch (health.kind()) {
            case HARM -> write(plan.takenBack(stage, health.words()));
            case WAITING -> {
                calm.remove(probe.id());
                if (stage.step() == Step.FIRST && plan.canBegin() && !plan.hasAny(stage)) {
                    write(plan.first());
                }
            }
            case CALM -> goOn(probe, plan, stage);
        }
    }

    private void goOn(Probe probe, RolloutPlan plan, RolloutStage stage) {
        Calm known = calm.get(probe.id());
        if (known == null || !known.stage().equals(stage)) {
            calm.put(probe.id(), new Calm(stage, plan.now()));
        } else if (!plan.now()
                .isBefore(known.since().plus(probe.rollout().orElseThrow().pause()))) {
            write(plan.after(stage));
        }
    }

    private void write(RolloutStage stage) {
        write(RolloutStage.key(stage.probe()), stage.json());
    }

    private void write(String key, String json) {
        RecordMetadata written = writer.write(Topics.PROBES, Map.of(key, json));
        reader.awaitHandled(new TopicPartition(written.topic(), written.partition()), written.offset());
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
}
