package io.plumbline.config.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Probes as a person would write them: short forms where they say the same, no defaults, the life as a duration. What {@link
 * ProbeReader#written} makes of it asks the same for as long.
 */
public final class WrittenForm {
    private static final String NEVER = "never";

    private WrittenForm() {}

    /** The definition as plain values in a person's order; {@code id} and {@code for} are always there. */
    public static Map<String, Object> map(Probe probe) {
        Map<String, Object> map = ProbeWriter.map(probe);
        List.of("version", "created", "expires").forEach(map::remove);
        for (String kind : ActionReader.KINDS) {
            map.computeIfPresent(kind, (key, value) -> actions(key, (List<?>) value));
        }
        probe.span().ifPresent(span -> map.put(SpanReader.KEY, span(span)));
        map.computeIfPresent("limits", (key, limits) -> without((Map<?, ?>) limits, "series", Limits.DEFAULT_SERIES));
        probe.rollout().filter(Rollout.GUARDED::equals).ifPresent(guarded -> map.put("rollout", "guarded"));
        map.put("for", life(probe));
        return map;
    }

    private static String life(Probe probe) {
        return probe.expires().equals(Instant.MAX)
                ? NEVER
                : Durations.format(Duration.between(probe.created(), probe.expires()));
    }

    private static Object actions(String kind, List<?> actions) {
        List<?> written = actions.stream()
                .map(action -> action instanceof Map<?, ?> map ? action(kind, map) : action)
                .toList();
        return written.size() == 1 ? written.get(0) : written;
    }

    private static Object action(String kind, Map<?, ?> action) {
        if (kind.equals("log")) {
            Map<String, Object> log = without(action, "level", Severity.INFO.name());
            log.computeIfPresent("level", (key, level) -> level.toString().toLowerCase(Locale.ROOT));
            return log.size() == 1 ? log.get("template") : log;
        }
        return kind.equals("count") && action.size() == 1 ? action.get("name") : action;
    }

    private static Map<String, Object> span(Action.Span span) {
        Map<String, Object> map = SpanReader.map(span);
        if (span.by() == SpanBy.TRACE) {
            map.remove("by");
        }
        if (span.within().equals(Action.Span.DEFAULT_WITHIN)) {
            map.remove("within");
        }
        if (span.pairs().equals(Action.Span.neighbours(span.points()))) {
            map.remove("pairs");
        }
        Map<String, Object> points = new LinkedHashMap<>();
        ((Map<?, ?>) map.get("points"))
                .forEach((name, point) -> points.put(name.toString(), point(point, map.get("by"))));
        map.put("points", points);
        return map;
    }

    /** What a point says as the whole span does is left out; a point of nothing but a place is that place. */
    private static Object point(Object point, Object by) {
        Map<String, Object> map = without((Map<?, ?>) point, "by", by);
        return map.size() == 1 ? map.get("at") : map;
    }

    private static Map<String, Object> without(Map<?, ?> map, String key, Object normal) {
        Map<String, Object> rest = new LinkedHashMap<>();
        map.forEach((name, value) -> rest.put(name.toString(), value));
        rest.remove(key, normal);
        return rest;
    }
}
