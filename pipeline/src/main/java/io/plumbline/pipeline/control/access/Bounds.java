package io.plumbline.pipeline.control.access;

import io.plumbline.config.probe.Targets;
import io.plumbline.config.text.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which instances a token is for: those of the services and the environments named, where {@code *} stands for any text.
 *
 * @param services names or patterns; empty for every service
 * @param environments likewise; an instance without an environment is in one called ""
 */
public record Bounds(List<String> services, List<String> environments) {
    public static final Bounds ALL = new Bounds(List.of(), List.of());

    private static final String SERVICE = "service";
    private static final String ENVIRONMENT = "environment";

    public Bounds {
        services = List.copyOf(services);
        environments = List.copyOf(environments);
    }

    public boolean isAll() {
        return services.isEmpty() && environments.isEmpty();
    }

    /** Whether an instance with these labels is within. */
    public boolean cover(Map<String, String> labels) {
        return cover(labels.getOrDefault(SERVICE, ""), labels.getOrDefault(ENVIRONMENT, ""));
    }

    public boolean cover(String service, String environment) {
        return isIn(services, service) && isIn(environments, environment);
    }

    /**
     * Whether no instance outside can ever be meant. Takes the targets' own {@code *} for a text like any other, so a pattern is within
     * only where a pattern of ours is as wide.
     */
    public boolean hold(Targets targets) {
        return hold(services, targets.labels().get(SERVICE))
                && hold(environments, targets.labels().get(ENVIRONMENT));
    }

    private static boolean hold(List<String> patterns, List<String> wanted) {
        return patterns.isEmpty() || wanted != null && wanted.stream().allMatch(value -> isIn(patterns, value));
    }

    private static boolean isIn(List<String> patterns, String value) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> Glob.matches(pattern, value));
    }

    /** The targets that would be within, as a person writes them. */
    public String asTargets() {
        List<String> parts = new ArrayList<>();
        if (!services.isEmpty()) {
            parts.add(SERVICE + ": '" + services.get(0) + "'");
        }
        if (!environments.isEmpty()) {
            parts.add(ENVIRONMENT + ": '" + environments.get(0) + "'");
        }
        return "on: {" + String.join(", ", parts) + "}";
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!services.isEmpty()) {
            parts.add(SERVICE + " " + String.join(" or ", services));
        }
        if (!environments.isEmpty()) {
            parts.add(ENVIRONMENT + " " + String.join(" or ", environments));
        }
        return parts.isEmpty() ? "everything" : String.join(", ", parts);
    }
}
