package io.plumbline.pipeline.control.approval;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.SpanPoint;
import io.plumbline.config.text.Glob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * One rule: it asks for approval where everything that it names holds of a probe. It judges what a probe could reach, not what it
 * reaches now: a probe without a target for the environment could reach production.
 *
 * @param name a word of a person's, which tells what waits why
 * @param wanted patterns by key; what is absent holds always
 * @param moreThan running instances that are meant at least one more than this; negative for whatever number
 */
public record ApprovalRule(String name, Map<String, List<String>> wanted, int moreThan) {
    private static final String SERVICE = "service";
    private static final String ENVIRONMENT = "environment";
    private static final String CLASS = "class";
    private static final String KIND = "kind";
    private static final String MORE_THAN = "more-than";
    private static final Set<String> KEYS = new TreeSet<>(Set.of(SERVICE, ENVIRONMENT, CLASS, KIND, MORE_THAN));
    private static final Set<String> KINDS = new TreeSet<>(Set.of("log", "snapshot", "exception", "metric", "span"));

    public ApprovalRule {
        wanted = Map.copyOf(wanted);
    }

    /**
     * Reads {@code environment=production, kind=snapshot|exception}.
     *
     * @param key the setting's, for errors
     * @throws IllegalArgumentException naming the key and the remedy
     */
    static ApprovalRule parse(String key, String name, String text) {
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        int moreThan = -1;
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String what = equals < 0 ? part.strip() : part.substring(0, equals).strip();
            List<String> values = equals < 0
                    ? List.of("")
                    : Arrays.stream(part.substring(equals + 1).split("\\|", -1))
                            .map(String::strip)
                            .toList();
            if (!KEYS.contains(what) || values.contains("") || wanted.containsKey(what)) {
                throw new IllegalArgumentException(
                        key + " reads like environment=production,kind=snapshot|exception, of "
                                + String.join(", ", KEYS) + ", each once and with a value: " + text);
            }
            if (what.equals(MORE_THAN)) {
                moreThan = number(key, values);
            } else {
                wanted.put(what, values);
            }
        }
        for (String kind : wanted.getOrDefault(KIND, List.of())) {
            if (!KINDS.contains(kind)) {
                throw new IllegalArgumentException(
                        key + ": a kind is one of " + String.join(", ", KINDS) + ", not " + kind);
            }
        }
        return new ApprovalRule(name, wanted, moreThan);
    }

    private static int number(String key, List<String> values) {
        try {
            int number = Integer.parseInt(values.get(0));
            if (values.size() == 1 && number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(key + ": " + MORE_THAN + " is a number of instances, such as " + MORE_THAN
                + "=10, not " + String.join("|", values));
    }

    /**
     * Whether this rule asks for approval.
     *
     * @param meant how many running instances a probe is meant for
     */
    boolean asksFor(Probe probe, ToIntFunction<Probe> meant) {
        return couldReach(SERVICE, probe)
                && couldReach(ENVIRONMENT, probe)
                && (!wanted.containsKey(CLASS) || locations(probe).stream().anyMatch(this::couldMean))
                && (!wanted.containsKey(KIND) || probe.actions().stream().anyMatch(this::isKind))
                && (moreThan < 0 || meant.applyAsInt(probe) > moreThan);
    }

    private boolean couldReach(String label, Probe probe) {
        List<String> targets = probe.targets().labels().getOrDefault(label, List.of("*"));
        return !wanted.containsKey(label)
                || wanted.get(label).stream()
                        .anyMatch(pattern -> targets.stream().anyMatch(target -> Glob.overlap(pattern, target)));
    }

    private boolean isKind(Action action) {
        String kind = action instanceof Action.Metric ? "metric" : action.kind();
        return wanted.get(KIND).contains(kind);
    }

    private static List<Location> locations(Probe probe) {
        return probe.span()
                .map(span -> span.points().stream().map(SpanPoint::location).toList())
                .orElseGet(() -> List.of(probe.location()));
    }

    /** A source file may have any class in it; a simple name stands for that class of every package; nested classes belong to theirs. */
    private boolean couldMean(Location location) {
        if (location.isFile()) {
            return true;
        }
        String type = location.type();
        List<String> meant = new ArrayList<>(List.of(type, type + "$*"));
        if (type.indexOf('.') < 0) {
            meant.addAll(List.of("*." + type, "*." + type + "$*"));
        }
        return wanted.get(CLASS).stream()
                .anyMatch(pattern -> meant.stream().anyMatch(each -> Glob.overlap(pattern, each)));
    }

    /** As a person writes it. */
    String words() {
        List<String> parts = new ArrayList<>();
        for (String key : KEYS) {
            if (wanted.containsKey(key)) {
                parts.add(key + "=" + String.join("|", wanted.get(key)));
            }
        }
        if (moreThan >= 0) {
            parts.add(MORE_THAN + "=" + moreThan);
        }
        return String.join(",", parts);
    }

    @Override
    public String toString() {
        return name + " (" + words() + ")";
    }
}
