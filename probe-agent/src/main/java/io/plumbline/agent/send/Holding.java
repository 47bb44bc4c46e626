package io.plumbline.agent.send;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.internal.otlp.logs.LogsRequestMarshaler;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.plumbline.config.probe.Limits;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.HitClaim;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.config.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * Keeps the records of probes that have a limit in all instances together: claims them, lets go of those that were
 * granted, drops the others, counted under {@code fleet-limit}.
 *
 * <p>The bargain: nothing leaves before it was granted, so that there is never one too many. While Kafka is away the
 * records wait, {@link #MAX_BYTES} of them and for {@link #MAX_WAIT} at most. What was granted to a program that ends before
 * it heard of it is lost.
 *
 * <p>Records come and go on the send thread; the control thread says what was decided.
 */
public final class Holding {
    /** Of all held records, encoded; further ones are dropped and counted under {@code buffer-full}. */
    static final long MAX_BYTES = 4L << 20;

    /** Half of what the topic keeps the order of claims for. */
    static final Duration MAX_WAIT = Duration.ofHours(12);

    /** How long a hit that the gate let through may be on its way to here; one whose record could not be made never comes. */
    static final Duration MAX_MISSING = Duration.ofSeconds(5);

    /** Versions remembered after they were closed, so that their last hits are still known. */
    private static final int MAX_VERSIONS = 1_000;

    private static final String OVER_LIMIT = "fleet-limit";
    private static final AttributeKey<String> PROBE = AttributeKey.stringKey(SignalAttributes.PROBE_ID);
    private static final AttributeKey<Long> VERSION = AttributeKey.longKey(SignalAttributes.PROBE_VERSION);

    private final String instance;
    private final Outbox outbox;
    private final LongSupplier nanoTime;
    private final Map<String, Held> versions = new LinkedHashMap<>();
    private long heldBytes;

    /**
     * A record that waits.
     *
     * @param number counted from 1 in the order of coming; what is granted is granted in this order
     */
    private record Waiting(LogRecordData data, long number, int bytes, long sinceNanos) {}

    /** One version of a probe. */
    private static final class Held {
        private final String probe;
        private final long version;
        private final long limit;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private final Map<String, Long> dropped = new HashMap<>();
        /** All that were looked at here, also those that were dropped. */
        private long arrived;

        /** What had arrived when the probe was set the last time. */
        private long arrivedBefore;

        /** Since when some are missing; 0 while none is. */
        private long missingSinceNanos;

        private long come;
        private long claimed;
        private long granted;
        private long released;
        private boolean closed;

        /** What had been granted when the probe was set the last time. */
        private long grantedBefore;

        Held(String probe, long version, long limit) {
            this.probe = probe;
            this.version = version;
            this.limit = limit;
        }

        void drop(String cause) {
            dropped.merge(cause, 1L, Long::sum);
        }

        /** Those that have left and those that are about to. */
        long emitted() {
            return released
                    + waiting.stream().filter(each -> each.number() <= granted).count();
        }
    }

    public Holding(String instance, Outbox outbox) {
        this(instance, outbox, System::nanoTime);
    }

    /**
     * @param nanoTime tells how long records have waited
     */
    Holding(String instance, Outbox outbox, LongSupplier nanoTime) {
        this.instance = instance;
        this.outbox = outbox;
        this.nanoTime = nanoTime;
    }

    /** A probe as its gate on this instance is to have it: more hits than all may have together are of no use here. */
    public static Probe gated(Probe probe) {
        Limits limits = probe.limits();
        boolean isOpen = limits.fleetHits() > 0 && (limits.hits() == 0 || limits.hits() > limits.fleetHits());
        return isOpen ? probe.withLimits(limits.withHits(limits.fleetHits())) : probe;
    }

    /** From now on this version's records are held. */
    public synchronized void hold(String probe, long version, long limit) {
        Held held = versions.computeIfAbsent(HitClaim.counted(probe, version), any -> new Held(probe, version, limit));
        held.closed = false;
        if (versions.size() > MAX_VERSIONS) {
            versions.values().stream().filter(each -> each.closed).findFirst().ifPresent(oldest -> {
                versions.remove(HitClaim.counted(oldest.probe, oldest.version));
            });
        }
    }

    /** So many of this version's records may leave, of all that ever came. */
    public synchronized void granted(String probe, long version, long granted) {
        Held held = versions.get(HitClaim.counted(probe, version));
        if (held != null) {
            held.granted = Math.max(held.granted, granted);
            outbox.wake();
        }
    }

    /** No further record of this version is granted. */
    public synchronized void close(String probe, long version) {
        Held held = versions.get(HitClaim.counted(probe, version));
        if (held != null) {
            held.closed = true;
            held.waiting.removeIf(each -> each.number() > held.granted && drop(held, each));
            outbox.wake();
        }
    }

    private boolean drop(Held held, Waiting each) {
        heldBytes -= each.bytes();
        held.drop(OVER_LIMIT);
        return true;
    }

    /**
     * Takes records out of a source: holds those that have to wait, hands on the others and those that may leave now.
     *
     * @param source hands its records to the consumer that it is given; returns how many it had
     * @return how many were taken or have left
     */
    public int drain(Consumer<LogRecordData> consumer, ToIntFunction<Consumer<LogRecordData>> source) {
        int drained = source.applyAsInt(data -> {
            if (!take(data)) {
                consumer.accept(data);
            }
        });
        claim();
        return drained + release(consumer);
    }

    /** Whether the record is not to be handed on now. */
    private synchronized boolean take(LogRecordData data) {
        if (versions.isEmpty()) {
            return false;
        }
        String probe = data.getAttributes().get(PROBE);
        Long version = data.getAttributes().get(VERSION);
        Held held = version == null ? null : versions.get(HitClaim.counted(probe, version));
        if (held == null) {
            return false;
        }
        held.arrived++;
        if (held.closed || held.come >= held.limit) {
            held.drop(OVER_LIMIT);
            return true;
        }
        int bytes = LogsRequestMarshaler.create(List.of(data)).getBinarySerializedSize();
        if (heldBytes + bytes > MAX_BYTES) {
            held.drop("buffer-full");
            return true;
        }
        heldBytes += bytes;
        held.waiting.add(new Waiting(data, ++held.come, bytes, nanoTime.getAsLong()));
        return true;
    }

    private synchronized void claim() {
        for (Held held : versions.values()) {
            if (held.come > held.claimed && !held.closed) {
                held.claimed = held.come;
                HitClaim claim = new HitClaim(held.probe, held.version, instance, held.claimed);
                outbox.report(Topics.CLAIMS, claim.key(), claim.json().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private synchronized int release(Consumer<LogRecordData> consumer) {
        int released = 0;
        for (Held held : versions.values()) {
            Waiting first = held.waiting.peek();
            while (first != null && (first.number() <= held.granted || isStale(first))) {
                held.waiting.remove();
                if (isStale(first)) {
                    drop(held, first);
                } else {
                    heldBytes -= first.bytes();
                    held.released++;
                    released++;
                    consumer.accept(first.data());
                }
                first = held.waiting.peek();
            }
        }
        return released;
    }

    private boolean isStale(Waiting one) {
        return nanoTime.getAsLong() - one.sinceNanos() > MAX_WAIT.toNanos();
    }

    /** A probe is set, again or for the first time: its hits are counted from here, as its gate counts them. */
    public synchronized void restart(Probe probe) {
        Held held = held(probe);
        if (held != null) {
            held.grantedBefore = held.emitted();
            held.arrivedBefore = held.arrived;
            held.missingSinceNanos = 0;
        }
    }

    /**
     * Hits that have left, or are about to.
     *
     * @param admitted what the gate let through
     */
    public synchronized long emitted(Probe probe, long admitted) {
        Held held = held(probe);
        return held == null ? admitted : held.emitted() - held.grantedBefore;
    }

    /** Losses by cause, with those of here. */
    public synchronized Map<String, Long> dropped(Probe probe, Map<String, Long> elsewhere) {
        Held held = held(probe);
        if (held == null || held.dropped.isEmpty()) {
            return elsewhere;
        }
        Map<String, Long> all = new TreeMap<>(elsewhere);
        held.dropped.forEach((cause, count) -> all.merge(cause, count, Long::sum));
        return all;
    }

    /**
     * Whether it is decided about all hits. Those that the gate has let through may still be on their way from the ring.
     *
     * @param admitted what the gate let through
     */
    public synchronized boolean isSettled(Probe probe, long admitted) {
        Held held = held(probe);
        if (held == null) {
            return true;
        }
        if (!held.waiting.isEmpty()) {
            return false;
        }
        return held.closed || held.arrived - held.arrivedBefore >= admitted || isGivenUp(held);
    }

    private boolean isGivenUp(Held held) {
        long now = nanoTime.getAsLong();
        if (held.missingSinceNanos == 0) {
            held.missingSinceNanos = now == 0 ? 1 : now;
        }
        return now - held.missingSinceNanos > MAX_MISSING.toNanos();
    }

    private Held held(Probe probe) {
        return versions.get(HitClaim.counted(probe.id(), probe.version()));
    }
}
