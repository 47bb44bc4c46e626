package io.plumbline.pipeline.control.approval;

import io.plumbline.config.probe.Durations;
import io.plumbline.config.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Which probes wait for approval, and for how long: {@code control.approval.NAME} and {@code control.approval-expires}.
 *
 * @param rules by name, in order
 * @param patience how long a request waits
 */
public record ApprovalRules(List<ApprovalRule> rules, Duration patience) {
    /** What the settings of rules begin with; a name follows. */
    public static final String PREFIX = "control.approval.";

    /** The setting of how long a request waits. */
    public static final String EXPIRES = "control.approval-expires";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Duration PATIENCE = Duration.ofHours(24);
    private static final Duration MAX_PATIENCE = Duration.ofDays(14);

    /** No probe waits. */
    public static final ApprovalRules NONE = new ApprovalRules(List.of(), PATIENCE);

    public ApprovalRules {
        rules = List.copyOf(rules);
    }

    /** Whether a setting is one of ours. */
    public static boolean isOurs(String key) {
        return key.startsWith(PREFIX) || key.equals(EXPIRES);
    }

    /** @throws IllegalArgumentException naming the key and the remedy */
    public static ApprovalRules of(Map<String, String> settings) {
        List<ApprovalRule> rules = new ArrayList<>();
        new TreeMap<>(settings).forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                String name = key.substring(PREFIX.length());
                if (!NAME.matcher(name).matches()) {
                    throw new IllegalArgumentException(
                            key + ": a rule's name has up to 40 lower-case letters, digits and '-'");
                }
                rules.add(ApprovalRule.parse(key, name, value));
            }
        });
        return new ApprovalRules(rules, patience(settings.get(EXPIRES)));
    }

    private static Duration patience(String text) {
        Duration patience;
        try {
            patience = text == null ? PATIENCE : Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EXPIRES + ": " + e.getMessage(), e);
        }
        if (patience.isZero() || patience.compareTo(MAX_PATIENCE) > 0) {
            throw new IllegalArgumentException(
                    EXPIRES + " is more than 0 and up to " + Durations.format(MAX_PATIENCE) + ": " + text);
        }
        return patience;
    }

    /** The first that asks for approval. */
    Optional<ApprovalRule> firstFor(Probe probe, ToIntFunction<Probe> meant) {
        return rules.stream().filter(rule -> rule.asksFor(probe, meant)).findFirst();
    }
}
