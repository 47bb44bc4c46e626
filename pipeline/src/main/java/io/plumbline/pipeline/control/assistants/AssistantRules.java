package io.plumbline.pipeline.control.assistants;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Durations;
import io.plumbline.config.probe.Limits;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.Recipients;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.settings.Settings;
import io.plumbline.pipeline.control.http.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a token of the role assistant may set, and how much it may have at a time. The deployment chooses it; no request widens it.
 *
 * @param probes at a time, of one token
 * @param hits of one probe on one instance
 * @param life of one probe at most, however long its session lives
 * @param to exporters that its signals may go to, beside nobody
 * @param chars of one value that it reads
 * @param redaction of what it reads, beside what the agents hide from everybody
 */
public record AssistantRules(int probes, int hits, Duration life, Set<String> to, int chars, Redaction redaction) {
    private static final String PREFIX = "control.assistant.";
    private static final String PROBES = PREFIX + "probes";
    private static final String HITS = PREFIX + "hits";
    private static final String LIFE = PREFIX + "for";
    private static final String TO = PREFIX + "to";
    private static final String CHARS = PREFIX + "chars";
    private static final String REDACTION = PREFIX + "redaction.";
    private static final List<String> REDACTION_KEYS = List.of("names", "reveal-names", "patterns");

    /** The settings that it is made from. */
    public static final Set<String> KEYS = keys();

    public static final AssistantRules DEFAULT = of(Map.of());

    /** Metrics are summed in the agent; their hits send nothing. */
    private static final long MAX_METRIC_HITS = 1_000_000;

    private static final int MAX_SERIES = 100;
    private static final double MAX_CPU = 1;

    /**
     * Reads those of {@link #KEYS} that are there.
     *
     * @throws IllegalArgumentException naming the key and the remedy
     */
    public static AssistantRules of(Map<String, String> given) {
        Settings settings = Settings.of(given);
        Duration life = settings.text(LIFE).map(Durations::parse).orElse(Duration.ofHours(1));
        if (life.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(LIFE + " is at most 1d: " + Durations.format(life));
        }
        Set<String> to =
                new TreeSet<>(Arrays.asList(settings.text(TO).orElse("").split("[,;\\s]+")));
        to.remove("");
        return new AssistantRules(
                settings.integer(PROBES, 5, 1, 100),
                settings.integer(HITS, 100, 1, 10_000),
                life,
                Set.copyOf(to),
                settings.integer(CHARS, 500, 20, 100_000),
                redaction(given));
    }

    private static Redaction redaction(Map<String, String> given) {
        Map<String, String> agents = new HashMap<>();
        for (String key : REDACTION_KEYS) {
            if (given.containsKey(REDACTION + key)) {
                agents.put("plumbline.redaction." + key, given.get(REDACTION + key));
            }
        }
        try {
            return Redaction.of(Settings.of(agents));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage().replace("plumbline.redaction.", REDACTION), e);
        }
    }

    private static Set<String> keys() {
        Set<String> keys = new TreeSet<>(Set.of(PROBES, HITS, LIFE, TO, CHARS));
        REDACTION_KEYS.forEach(key -> keys.add(REDACTION + key));
        return keys;
    }

    /** @throws Problem when a probe is none that an assistant may set */
    void check(Probe probe) {
        String which = "the probe '" + probe.id() + "' of an assistant ";
        boolean isBrief = !probe.expires().isAfter(probe.created().plus(life));
        require(isBrief, which + "lives for " + Durations.format(life) + " at most; write 'for: 15m'");
        Set<String> allowed = new TreeSet<>(to);
        allowed.add(Recipients.NOBODY);
        require(
                !probe.to().isAll() && allowed.containsAll(probe.to().names()),
                which + "goes to no exporter but " + String.join(", ", allowed) + "; write 'to: " + Recipients.NOBODY
                        + "', and read its signals with GET /probes/ID/signals");
        require(
                probe.actions().stream().noneMatch(AssistantRules::isBeside),
                which + "leaves nothing in the program's own telemetry; leave 'beside' out");
        checkLimits(probe, which);
    }

    private void checkLimits(Probe probe, String which) {
        Limits limits = probe.limits();
        boolean isMetric = probe.metrics().size() == probe.actions().size();
        long most = isMetric ? MAX_METRIC_HITS : hits;
        long given = limits.fleetHits() > 0 ? limits.fleetHits() : limits.hits();
        require(
                given >= 1 && given <= most,
                which + "has a limit of 1 to " + most + " hits; write 'limits: {hits: " + Math.min(20, most) + "}'");
        require(
                !isMetric || limits.series() <= MAX_SERIES,
                which + "has at most " + MAX_SERIES + " series; write 'limits: {series: " + MAX_SERIES
                        + "}' beside 'hits'");
        require(limits.cpu() <= MAX_CPU, which + "takes 1% of a core at most; leave limits.cpu out");
    }

    private static boolean isBeside(Action action) {
        if (action instanceof Action.Log log) {
            return log.beside().isPresent();
        }
        if (action instanceof Action.Metric metric) {
            return metric.beside();
        }
        return action instanceof Action.Span span
                && span.points().stream().anyMatch(point -> !point.beside().isEmpty());
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw Problem.forbidden(problem);
        }
    }

    /** What may be shown. */
    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("probes", probes);
        map.put("hits", hits);
        map.put("metricHits", MAX_METRIC_HITS);
        map.put("series", MAX_SERIES);
        map.put("for", life.toMillis());
        map.put("to", List.copyOf(new TreeSet<>(to)));
        map.put("chars", chars);
        return map;
    }
}
