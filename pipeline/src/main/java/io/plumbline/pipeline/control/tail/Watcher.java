package io.plumbline.pipeline.control.tail;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.text.Json;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Resource;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.fleet.Registry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One person who watches signals.
 *
 * <p>The bargain: who reads more slowly than signals come misses some; a line of its own says how many.
 *
 * <p>Threads: the tail offers, the thread of the person's request takes.
 */
public final class Watcher {
    private static final int MAX_WAITING = 2_000;

    /** A snapshot may have a quarter of a megabyte. */
    private static final int MAX_WAITING_CHARS = 4 << 20;

    private final Set<String> probes;
    private final Bounds bounds;
    private final Registry registry;
    private final Clock clock;
    private final Instant since;
    private final BlockingQueue<Shown> lines = new LinkedBlockingQueue<>(MAX_WAITING);
    private final AtomicInteger waitingChars = new AtomicInteger();
    private final AtomicLong missed = new AtomicLong();
    /** Probe and version whose first signal was seen. Belongs to the tail's thread. */
    private final Set<String> firstSeen = new HashSet<>();

    /**
     * @param probes whose signals are wanted; empty for all
     * @param bounds of the person's token
     */
    public Watcher(Set<String> probes, Bounds bounds, Registry registry, Clock clock) {
        this.probes = Set.copyOf(probes);
        this.bounds = bounds;
        this.registry = registry;
        this.clock = clock;
        this.since = clock.instant();
    }

    public void offer(Signal signal) {
        String probe = signal.probeId();
        Resource from = signal.resource();
        boolean isWanted = probes.isEmpty() || probes.contains(probe);
        if (!isWanted || !bounds.cover(from.service(), from.environment())) {
            return;
        }
        Map<String, Object> form = SignalForm.of(signal);
        addDelay(form, probe);
        String line = Json.write(form);
        Shown shown = new Shown("signal", signal instanceof LogSignal log ? log.uid() : "", line);
        if (waitingChars.get() + line.length() > MAX_WAITING_CHARS || !lines.offer(shown)) {
            missed.incrementAndGet();
        } else {
            waitingChars.addAndGet(line.length());
        }
    }

    /** What came since the last call; waits for the first. Empty when nothing came in time. */
    public List<Shown> take(Duration limit) throws InterruptedException {
        List<Shown> taken = new ArrayList<>();
        Shown first = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            taken.add(first);
            lines.drainTo(taken);
            waitingChars.addAndGet(
                    -taken.stream().mapToInt(shown -> shown.json().length()).sum());
        }
        long lost = missed.getAndSet(0);
        if (lost > 0) {
            taken.add(new Shown("missed", "", Json.write(Map.of("kind", "missed", "signals", lost))));
        }
        return taken;
    }

    /** Only of probes set while we watch it is known which signal was the first. */
    private void addDelay(Map<String, Object> form, String id) {
        Probe probe = registry.probe(id).orElse(null);
        if (probe != null && probe.created().isAfter(since) && firstSeen.add(id + "@" + probe.version())) {
            form.put(
                    "millisSinceSet",
                    Duration.between(probe.created(), clock.instant()).toMillis());
        }
    }
}
