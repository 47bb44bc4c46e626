package io.plumbline.pipeline.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A part of the pipeline that a process may run, alone or with others. */
enum Role {
    /** Signals to backends. */
    EXPORT,
    /** Points to spans. */
    PAIR,
    /** The API behind console and CLI. */
    CONTROL;

    static final Set<Role> ALL = EnumSet.allOf(Role.class);

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of a word. */
    static Role of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        Failure.badInput("--role is export, pair or control, or several of them with commas: " + word));
    }
}
