package io.plumbline.pipeline.control.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the holder of a token may do. */
public enum AccessRole {
    /** Reads definitions, states and signals. */
    VIEWER,
    /** Reads, and sets, changes, switches and removes probes. */
    PROBER,
    /** A program that acts on a model's word: sets probes with a lease, within its rules, and reads and removes those alone. */
    ASSISTANT,
    /** Reads, and approves probes that others set. */
    APPROVER,
    /** Everything: also tokens, the audit and dead letters. */
    ADMIN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether who has this role may do what is another role's. */
    public boolean includes(AccessRole other) {
        return this == ADMIN || this == other || other == VIEWER && this != ASSISTANT;
    }

    /** The one of a word. */
    public static AccessRole of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a role is one of "
                        + Arrays.stream(values()).map(AccessRole::word).collect(Collectors.joining(", ")) + ": "
                        + word));
    }
}
