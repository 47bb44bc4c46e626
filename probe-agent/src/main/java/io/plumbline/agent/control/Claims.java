package io.plumbline.agent.control;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.HitClaim;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides which hits of a probe may leave where all instances together have a limit. Every instance that has the probe
 * writes how many hits it would like to emit, all read all of it in the same order, and so all come to the same result
 * without asking anybody: of each claim so much is granted as is left of the limit by the claims before it.
 *
 * <p>What was decided stays decided: a claim is looked at once, for what stood before it may be compacted away later. The
 * holder forgets hits that wait for longer than the topic keeps the order.
 *
 * <p>Used by the control thread only.
 */
public final class Claims {
    private final String instance;
    private final Holder holder;
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private boolean mustReread;

    /** Keeps hits back until it is decided about them. */
    public interface Holder {
        /** From now on hits of this version are held. */
        void hold(String probe, long version, long limit);

        /** So many of this version's hits may leave, of all that were ever claimed here. */
        void granted(String probe, long version, long granted);

        /** No further hit of this version leaves. */
        void close(String probe, long version);
    }

    /** What is known of one version of a probe. */
    private static final class Count {
        private final Probe probe;
        private final Map<String, Long> claimed = new HashMap<>();
        private long sum;
        private long granted;
        private long nextOffset;

        Count(Probe probe) {
            this.probe = probe;
        }

        long limit() {
            return probe.limits().fleetHits();
        }

        /** Counts a claim; returns how much of it is granted. */
        long take(String instance, long total) {
            long more = Math.max(0, total - claimed.getOrDefault(instance, 0L));
            claimed.merge(instance, total, Math::max);
            long left = Math.max(0, limit() - sum);
            sum += more;
            return Math.min(more, left);
        }
    }

    Claims(String instance, Holder holder) {
        this.instance = instance;
        this.holder = holder;
    }

    /** These versions are to be counted, and no others any more. */
    void want(Collection<Probe> probes) {
        Map<String, Probe> wanted = new LinkedHashMap<>();
        probes.forEach(probe -> wanted.put(HitClaim.counted(probe.id(), probe.version()), probe));
        counts.entrySet().removeIf(entry -> {
            Probe gone = entry.getValue().probe;
            boolean isUnwanted = !wanted.containsKey(entry.getKey());
            if (isUnwanted) {
                holder.close(gone.id(), gone.version());
            }
            return isUnwanted;
        });
        wanted.forEach((key, probe) -> {
            if (!counts.containsKey(key)) {
                counts.put(key, new Count(probe));
                mustReread = true;
                holder.hold(probe.id(), probe.version(), probe.limits().fleetHits());
            }
        });
    }

    /** A record of the topic, in order; one that was looked at before is passed over. */
    void take(String key, String value, long offset) {
        if (value == null) {
            return;
        }
        HitClaim claim = HitClaim.parse(key, value);
        Count count = counts.get(HitClaim.counted(claim.probe(), claim.version()));
        if (count == null || offset < count.nextOffset) {
            return;
        }
        count.nextOffset = offset + 1;
        long granted = count.take(claim.instance(), claim.claimed());
        if (granted > 0 && claim.instance().equals(instance)) {
            count.granted += granted;
            holder.granted(claim.probe(), claim.version(), count.granted);
        }
        if (count.sum >= count.limit()) {
            holder.close(claim.probe(), claim.version());
        }
    }

    /** Whether the limit of all instances together is reached. */
    boolean isOver(Probe probe) {
        Count count = counts.get(HitClaim.counted(probe.id(), probe.version()));
        return count != null && count.sum >= count.limit();
    }

    static String overInWords(Probe probe) {
        return "the limit of " + probe.limits().fleetHits() + " hits in all instances is reached";
    }

    /** Whether any version of a probe is counted. */
    boolean counts(String probe) {
        return counts.values().stream().anyMatch(count -> count.probe.id().equals(probe));
    }

    boolean isWanted() {
        return !counts.isEmpty();
    }

    /** Whether there is a version whose claims have to be read from an earlier place than the reader's. */
    boolean mustReread() {
        return mustReread && isWanted();
    }

    /** Where to read from; 0 for the beginning, wherever that is. */
    long nextOffset() {
        return counts.values().stream()
                .mapToLong(count -> count.nextOffset)
                .min()
                .orElse(0);
    }

    void rereading() {
        mustReread = false;
    }

    /** The reader has lost its place. */
    void reread() {
        mustReread = true;
    }

    /** The topic is another than before: offsets begin anew, and so does the count. What was granted stays so. */
    void startAgain() {
        mustReread = true;
        for (Count count : counts.values()) {
            count.nextOffset = 0;
        }
    }
}
