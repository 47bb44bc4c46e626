package io.plumbline.config.probe;

import static io.plumbline.config.probe.ActionReader.checked;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and writes the key {@code rollout} of a probe. */
final class RolloutReader {
    private static final String SHORT = "guarded";
    private static final Set<String> KEYS = Set.of("first", "then", "wait", "max-cost", "max-cpu");

    private RolloutReader() {}

    static Optional<Rollout> read(Fields probe) {
        return probe.node("rollout").map(RolloutReader::rollout);
    }

    private static Rollout rollout(Node node) {
        if (node instanceof Node.Scalar scalar) {
            if (scalar.text().equals(SHORT)) {
                return Rollout.GUARDED;
            }
            throw new InvalidInputException(
                    node.place(),
                    "'rollout' is guarded or a mapping, such as {first: 1, then: 25%, wait: 10s}; leave the key out to"
                            + " set the probe everywhere at once: " + scalar.text());
        }
        Fields fields = Fields.of(node, "'rollout'", KEYS);
        return new Rollout(
                fields.integer("first", 1, Rollout.MAX_FIRST)
                        .map(Math::toIntExact)
                        .orElse(Rollout.GUARDED.first()),
                percent(fields, "then", Rollout.MAX_THEN, Rollout.GUARDED.then()),
                pause(fields),
                percent(fields, "max-cost", Rollout.MAX_COST, Rollout.GUARDED.maxCost()),
                percent(fields, "max-cpu", Rollout.MAX_CPU, Rollout.GUARDED.maxCpu()));
    }

    private static double percent(Fields fields, String key, double max, double otherwise) {
        return fields.text(key)
                .map(text -> checked(fields.placeOf(key), () -> Percent.parse(text, max)))
                .orElse(otherwise);
    }

    private static Duration pause(Fields fields) {
        return fields.text("wait")
                .map(text -> checked(fields.placeOf("wait"), () -> {
                    Duration pause = Durations.parse(text);
                    if (pause.compareTo(Rollout.MAX_PAUSE) > 0) {
                        throw new IllegalArgumentException(
                                "'wait' is at most " + Durations.format(Rollout.MAX_PAUSE) + ": " + text);
                    }
                    return pause;
                }))
                .orElse(Rollout.GUARDED.pause());
    }

    /** As {@link #read} takes it. */
    static Map<String, Object> map(Rollout rollout) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("first", rollout.first());
        map.put("then", Percent.format(rollout.then()));
        map.put("wait", Durations.format(rollout.pause()));
        map.put("max-cost", Percent.format(rollout.maxCost()));
        map.put("max-cpu", Percent.format(rollout.maxCpu()));
        return map;
    }
}
