package io.plumbline.agent.capture;

import java.security.SecureRandom;

/**
 * Ids for log records: 64 random bits that name this run of the agent, then a counter; 32 hex digits. Unique without
 * asking anyone, made by the agent's thread only.
 */
final class RecordUids {
    private final String run = hex(new SecureRandom().nextLong());
    private long next;

    String next() {
        return run + hex(next++);
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
