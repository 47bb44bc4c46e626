package io.plumbline.config.wire;

import java.util.Locale;

/** How a probe stands on one instance. */
public enum ProbeState {
    /** No class with the location is loaded yet. */
    PENDING,
    /** The JVM accepted the woven class; no hit has emitted yet. */
    INSTALLED,
    /** At least one hit emitted. */
    EMITTING,
    /** Takes one hit in n, since all would cost more than the probe may. */
    SAMPLING,
    /** Stopped by the agent itself; the reason says why. */
    SUSPENDED,
    /** Can't run here; the reason says why and what to do. */
    REJECTED,
    /** Its time is over or its hit limit reached. */
    EXPIRED,
    /** Switched off by a person. */
    OFF;

    /** Whether hits can fire. */
    public boolean isInstalled() {
        return this == INSTALLED || this == EMITTING || this == SAMPLING;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ProbeState parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
