package io.plumbline.config.probe;

import io.plumbline.config.expression.Code;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A question put to running programs: where, when, what, for whom, how much, until when. Immutable and valid by
 * construction.
 *
 * @param id unique in the installation
 * @param version grows with each change of the same id
 * @param location where; of a span probe where its first point is
 * @param condition when; absent means always
 * @param actions what; at least one
 * @param targets for whom
 * @param limits how much
 * @param created when this version was defined
 * @param expires until when; {@link Instant#MAX} for never. The agent enforces it by its own clock
 * @param rollout how it comes to its instances; absent means to all at once
 * @param to which exporters its signals are for
 * @param marks what it is marked with
 */
public record Probe(
        String id,
        long version,
        Location location,
        Optional<Code> condition,
        List<Action> actions,
        Targets targets,
        Limits limits,
        Instant created,
        Instant expires,
        Optional<Rollout> rollout,
        Recipients to,
        Marks marks) {
    private static final String BARE_ID = "[a-z0-9][a-z0-9._-]{0,79}";
    private static final Pattern ID = Pattern.compile(BARE_ID);

    /** A part of a span probe has the point's name in its id. */
    private static final Pattern PART_ID = Pattern.compile(BARE_ID + "/[A-Za-z0-9_]+");

    private static final int MAX_ACTIONS = 16;

    public Probe {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(targets, "targets");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(rollout, "rollout");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(marks, "marks");
        actions = List.copyOf(actions);
        if (!isId(id) && !PART_ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "an id is up to 80 of a-z 0-9 . _ - and starts with a letter or digit: " + id);
        }
        if (actions.isEmpty()) {
            throw new IllegalArgumentException(
                    "a probe needs at least one of log, snapshot, exception, count, gauge, histogram, or span");
        }
        if (actions.size() > MAX_ACTIONS) {
            throw new IllegalArgumentException("more than " + MAX_ACTIONS + " actions: " + actions.size());
        }
        boolean isSpan = actions.stream().anyMatch(Action.Span.class::isInstance);
        if (isSpan && (actions.size() > 1 || condition.isPresent() || limits.fleetHits() > 0)) {
            throw new IllegalArgumentException(
                    "a span probe has no other action, no limits.fleet-hits, and its conditions"
                            + " stand at its points; set what else you want to know as a probe of its own");
        }
        if (limits.fleetHits() > 0) {
            requireCountable(actions, expires);
        }
    }

    /** One without marks. */
    public Probe(
            String id,
            long version,
            Location location,
            Optional<Code> condition,
            List<Action> actions,
            Targets targets,
            Limits limits,
            Instant created,
            Instant expires,
            Optional<Rollout> rollout,
            Recipients to) {
        this(id, version, location, condition, actions, targets, limits, created, expires, rollout, to, Marks.NONE);
    }

    /** Instances agree on each record before it is sent; a metric is a sum when it leaves, and can't be asked about. */
    private static void requireCountable(List<Action> actions, Instant expires) {
        if (actions.size() > 1 || actions.get(0) instanceof Action.Metric) {
            throw new IllegalArgumentException(
                    "limits.fleet-hits needs exactly one action, a log, snapshot or exception;"
                            + " set the others as probes of their own, metrics with limits.hits, which counts on each instance");
        }
        if (expires.equals(Instant.MAX)) {
            throw new IllegalArgumentException(
                    "limits.fleet-hits needs an end, as the count is kept for a month; 'for' is at most 30d then");
        }
    }

    /** Whether a text can be a probe's id. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    public boolean isExpiredAt(Instant now) {
        return !now.isBefore(expires);
    }

    /** The spans that are asked for; empty for other probes. */
    public Optional<Action.Span> span() {
        return actions.get(0) instanceof Action.Span span ? Optional.of(span) : Optional.empty();
    }

    /** What an instance has to watch for: for each point of a span probe one with a location of its own; else the probe itself. */
    public List<Probe> parts() {
        return span().map(span ->
                        span.points().stream().map(point -> part(span, point)).toList())
                .orElse(List.of(this));
    }

    private Probe part(Action.Span span, SpanPoint point) {
        return new Probe(
                id + "/" + point.name(),
                version,
                point.location(),
                point.condition(),
                List.of(new Action.Point(span, point)),
                targets,
                limits,
                created,
                expires,
                rollout,
                to,
                marks);
    }

    /** The id of the probe that a part belongs to; its own where it is whole. */
    public String wholeId() {
        int slash = id.indexOf('/');
        return slash < 0 ? id : id.substring(0, slash);
    }

    /** The metrics among the actions. */
    public List<Action.Metric> metrics() {
        return actions.stream()
                .filter(Action.Metric.class::isInstance)
                .map(Action.Metric.class::cast)
                .toList();
    }

    /** The same but for its limits. */
    public Probe withLimits(Limits changed) {
        return new Probe(
                id, version, location, condition, actions, targets, changed, created, expires, rollout, to, marks);
    }

    /** The same under another version. */
    public Probe withVersion(long changed) {
        return new Probe(
                id, changed, location, condition, actions, targets, limits, created, expires, rollout, to, marks);
    }

    /** The same under other marks. */
    public Probe withMarks(Marks changed) {
        return new Probe(
                id, version, location, condition, actions, targets, limits, created, expires, rollout, to, changed);
    }

    /** Whether another version asks the same at the same place, so that nothing but numbers would change. */
    public boolean isSameQuestion(Probe other) {
        return location.equals(other.location)
                && condition.equals(other.condition)
                && actions.equals(other.actions)
                && limits.equals(other.limits)
                && to.equals(other.to);
    }
}
