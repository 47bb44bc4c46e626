package io.plumbline.config.pairing;

import java.util.HexFormat;

/**
 * The ids of the spans that pairings become: made from what was paired, so that whoever pairs the same hits again, as after a
 * restart, makes the same span, and backends keep one.
 */
public final class PairingIds {
    private static final long FIRST_SEED = 0xcbf29ce484222325L;
    private static final long SECOND_SEED = 0x9e3779b97f4a7c15L;

    private PairingIds() {}

    /** The request's own trace; where it has none one that all spans of the request share. 32 hex digits. */
    public static String traceId(String probe, Pairing pairing) {
        String own = pairing.from().traceId();
        return own.isEmpty() ? traceId(probe, pairing.from().key()) : own;
    }

    /** Of a request that has no trace, by what tells it apart. 32 hex digits. */
    public static String traceId(String probe, String key) {
        return hex(hash(FIRST_SEED, probe, key)) + hex(hash(SECOND_SEED, probe, key));
    }

    /** 16 hex digits. */
    public static String spanId(String probe, Pairing pairing) {
        return hex(hash(
                FIRST_SEED,
                probe,
                pairing.pair().from(),
                pairing.pair().to(),
                pairing.from().uid(),
                pairing.to().uid()));
    }

    /** Never zero: an id of zeros only is none. */
    private static String hex(long hash) {
        return HexFormat.of().toHexDigits(hash == 0 ? 1 : hash);
    }

    /** FNV-1a over the characters, its bits spread by the finisher of SplitMix64; the same in every JVM. No secret is in it. */
    private static long hash(long seed, String... parts) {
        long hash = seed;
        for (String part : parts) {
            for (int i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ 0xffff) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
