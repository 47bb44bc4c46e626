package io.plumbline.pipeline.fleet;

import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.plumbline.agent.control.Probing;
import io.plumbline.agent.send.Holding;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.wire.ClassesReply;
import io.plumbline.config.wire.CodeReply;
import io.plumbline.config.wire.CodeRequest;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.LinesRequest;
import io.plumbline.config.wire.Pauses;
import io.plumbline.config.wire.ProbeCost;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.TrialReply;
import io.plumbline.config.wire.TrialRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Weaves nothing: every probe is installed at once, and hit when the test says so. */
public final class StubbedProbing implements Probing {
    private final Holding holding;
    private final Map<String, Probe> set = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> admitted = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();
    private final Queue<LogRecordData> records = new ConcurrentLinkedQueue<>();

    /** What the next status says of each probe; set by tests. */
    public volatile String suspension;

    public volatile String rejection;

    StubbedProbing(Holding holding) {
        this.holding = holding;
    }

    /** Hits a probe, as an application's thread does; nothing happens while it is not set. */
    void hit(String probe) {
        Probe hit = set.get(probe);
        if (hit != null) {
            admitted.get(probe).incrementAndGet();
            records.add(new HitRecord(probe, hit.version()));
        }
    }

    public boolean isSet(String probe) {
        return set.containsKey(probe);
    }

    /** The definition as JSON; empty while it is not set. */
    public String definition(String probe) {
        Probe there = set.get(probe);
        return there == null ? "" : ProbeWriter.json(there);
    }

    /** How often it was asked for lines. */
    public long asked() {
        return asked.get();
    }

    int drain(Consumer<LogRecordData> consumer, int max) {
        int drained = 0;
        LogRecordData next = records.poll();
        while (next != null) {
            consumer.accept(next);
            next = ++drained < max ? records.poll() : null;
        }
        return drained;
    }

    @Override
    public void apply(Collection<Probe> probes, Collection<String> removed) {
        removed.forEach(set::remove);
        for (Probe probe : probes) {
            admitted.put(probe.id(), new AtomicLong());
            set.put(probe.id(), probe);
            holding.restart(probe);
        }
    }

    @Override
    public Set<String> stirred() {
        return Set.copyOf(set.keySet());
    }

    @Override
    public Pauses pauses() {
        return Pauses.NONE;
    }

    @Override
    public void rehearse() {}

    @Override
    public void stop(String probe) {
        set.remove(probe);
    }

    @Override
    public Status status(Probe probe) {
        AtomicLong hits = admitted.getOrDefault(probe.id(), new AtomicLong());
        return new Status(
                rejection == null ? ProbeState.INSTALLED : ProbeState.REJECTED,
                rejection == null ? "" : rejection,
                List.of(),
                holding.emitted(probe, hits.get()),
                holding.dropped(probe, Map.of()),
                ProbeCost.NONE,
                1,
                suspension,
                false,
                probe);
    }

    @Override
    public void notice() {}

    @Override
    public TrialReply trial(TrialRequest request) {
        return new TrialReply(
                request.id(),
                request.instance(),
                List.of(TrialReply.Part.without(
                        "",
                        ProbeState.PENDING,
                        "nobody knows " + request.probe().location().type())));
    }

    @Override
    public CodeReply answer(CodeRequest request) {
        return new ClassesReply(request.id(), request.instance(), List.of(), 0, "a simulated instance has no classes");
    }

    @Override
    public LinesReply lines(LinesRequest request) {
        asked.incrementAndGet();
        return new LinesReply(request.id(), request.instance(), List.of(), "nobody knows " + request.type());
    }

    @Override
    public Map<String, Long> dropped() {
        return Map.of();
    }
}
