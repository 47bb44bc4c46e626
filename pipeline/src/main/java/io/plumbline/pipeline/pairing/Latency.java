package io.plumbline.pipeline.pairing;

/**
 * How long it took from one hit to another.
 *
 * @param nanos never negative
 * @param boundNanos by how much it may be off, either way; negative where nobody knows
 */
record Latency(long nanos, long boundNanos, Basis basis) {

    /** How it is known. */
    enum Basis {
        /** One program's monotonic clock. */
        PROCESS,
        /** One host's monotonic clock. */
        HOST,
        /** Two hosts' wall clocks, and how far they are apart by the calls between them. */
        HOPS,
        /** Two hosts' wall clocks, and no word on how far they are apart. */
        UNBOUNDED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Latency exact(long nanos, Basis basis) {
        return new Latency(Math.max(0, nanos), 0, basis);
    }

    /** An effect does not come before its cause: what reads so is nothing, and the bound reaches as far as it read. */
    static Latency estimated(long nanos, long boundNanos) {
        return new Latency(Math.max(0, nanos), Math.max(boundNanos, -nanos), Basis.HOPS);
    }

    static Latency unbounded(long nanos) {
        return new Latency(Math.max(0, nanos), -1, Basis.UNBOUNDED);
    }

    boolean hasBound() {
        return boundNanos >= 0;
    }
}
