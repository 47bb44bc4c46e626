package io.plumbline.pipeline.control.dryrun;

import io.plumbline.config.probe.Durations;
import io.plumbline.pipeline.control.http.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The wish to know how often a probe would be hit.
 *
 * @param time how long to count
 * @param everywhere on all instances that are meant, or on one
 */
public record Measure(Duration time, boolean everywhere) {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(60);

    public Measure {
        if (time.compareTo(MIN) < 0 || time.compareTo(MAX) > 0) {
            throw Problem.badRequest("measure is from " + Durations.format(MIN) + " to " + Durations.format(MAX)
                    + ", such as 10s: " + Durations.format(time));
        }
    }

    /**
     * As a request has it.
     *
     * @param time such as {@code 10s}; empty where nothing is to be measured
     * @param on {@code one}, as by default, or {@code all}
     */
    public static Optional<Measure> of(Optional<String> time, Optional<String> on) {
        String where = on.orElse("one");
        if (!where.equals("one") && !where.equals("all")) {
            throw Problem.badRequest("on is one or all, the instances to measure on: " + where);
        }
        return time.map(text -> {
            try {
                return new Measure(Durations.parse(text), where.equals("all"));
            } catch (IllegalArgumentException e) {
                throw Problem.badRequest("measure: " + e.getMessage());
            }
        });
    }

    /** What an audit says of it besides the probe. */
    public Map<String, String> told(Map<String, String> probe) {
        Map<String, String> told = new LinkedHashMap<>(probe);
        told.put("for", Durations.format(time));
        told.put("on", everywhere ? "all" : "one");
        return told;
    }
}
