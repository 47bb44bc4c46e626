package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the latest records of definitions, in Kafka's order. Of two records for the same version of a probe the first counts and
 * the other is late: two control planes wrote them in the same moment, and every control plane tells the same.
 *
 * <p>Threads: guarded by the registry's lock.
 */
public final class Turns {
    private static final int KEPT = 5_000;

    private final Map<Long, Turn> latest = new LinkedHashMap<>();

    /**
     * One record's.
     *
     * @param isTaken whether it counts
     * @param before what stood there when it came; for a late one, what stands on
     */
    public record Turn(boolean isTaken, Optional<Probe> before) {
        /** Of what stood there; 0 for nothing. */
        public long versionBefore() {
            return before.map(Probe::version).orElse(0L);
        }
    }

    /** @param before null for none */
    static boolean isLate(Probe before, Probe probe) {
        return before != null
                && probe.version() <= before.version()
                && !ProbeWriter.json(probe).equals(ProbeWriter.json(before));
    }

    void taken(long offset, Probe before) {
        add(offset, new Turn(true, Optional.ofNullable(before)));
    }

    void late(long offset, Probe standing) {
        add(offset, new Turn(false, Optional.ofNullable(standing)));
    }

    Optional<Turn> at(long offset) {
        return Optional.ofNullable(latest.get(offset));
    }

    private void add(long offset, Turn turn) {
        latest.put(offset, turn);
        if (latest.size() > KEPT) {
            latest.remove(latest.keySet().iterator().next());
        }
    }
}
