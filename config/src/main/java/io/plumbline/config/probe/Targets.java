package io.plumbline.config.probe;

import io.plumbline.config.text.Glob;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * For which instances a probe is meant: every label named must match, by one of its values. {@code *} in a value stands for
 * any text; no labels at all means every instance. A share of those is drawn by the instance's id alone, so nobody has to be
 * asked, and who joins later changes nothing for the others.
 *
 * @param labels such as {@code service}, {@code environment}, {@code host}, {@code instance}, or labels of one's own; each
 *     with at least one value
 * @param percent share of the instances that match, above 0; {@link #EVERYBODY} for all of them
 * @param onePerService whether the control plane chooses one running instance of each service among them
 */
public record Targets(Map<String, List<String>> labels, double percent, boolean onePerService) {
    public static final double EVERYBODY = 100;

    public static final Targets ALL = new Targets(Map.of());

    /** OpenTelemetry's names for what instances say in one word. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "service.name", "service",
            "service.version", "version",
            "service.instance.id", "instance",
            "deployment.environment.name", "environment",
            "deployment.environment", "environment",
            "host.name", "host",
            "process.pid", "pid",
            "vcs.ref.head.revision", "commit");

    private static final String INSTANCE = "instance";
    private static final int LOTS = 1_000_000;

    public Targets {
        labels = labels.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        labels.forEach((name, values) -> {
            if (values.isEmpty()) {
                throw new IllegalArgumentException(
                        "the target '" + name + "' has no value; name one, or leave it out to mean any");
            }
        });
        if (percent <= 0 || percent > EVERYBODY) {
            throw new IllegalArgumentException("on.percent is out of range: " + percent);
        }
    }

    /** All instances with these labels, each of one value. */
    public Targets(Map<String, String> labels) {
        this(
                labels.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
                EVERYBODY,
                false);
    }

    /** Whether an instance with these labels is meant; of one per service, whether it can be chosen. */
    public boolean match(Map<String, String> instance) {
        return labels.entrySet().stream().allMatch(want -> isAny(want.getValue(), has(instance, want.getKey())))
                && (percent >= EVERYBODY || lot(instance.getOrDefault(INSTANCE, "")) < percent);
    }

    private static boolean isAny(List<String> patterns, String has) {
        return has != null && patterns.stream().anyMatch(pattern -> Glob.matches(pattern, has));
    }

    private static String has(Map<String, String> instance, String name) {
        String value = instance.get(name);
        return value != null ? value : instance.get(OTHER_NAMES.getOrDefault(name, name));
    }

    /**
     * The same number for an instance in every probe and every program, from 0 to below 100. Another than the lot of rollouts,
     * so that a rollout among a share goes step by step as well.
     */
    static double lot(String instance) {
        int mixed = ("share/" + instance).hashCode();
        mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
        return Math.floorMod(mixed ^ (mixed >>> 16), LOTS) * EVERYBODY / LOTS;
    }

    @Override
    public String toString() {
        return equals(ALL) ? "every instance" : new TreeMap<>(TargetsForm.map(this)).toString();
    }
}
