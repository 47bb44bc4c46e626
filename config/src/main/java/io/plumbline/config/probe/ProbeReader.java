package io.plumbline.config.probe;

import static io.plumbline.config.probe.ActionReader.checked;

import io.plumbline.config.expression.Code;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads probes as people write them (YAML or JSON, expiry as a duration) and as the wire carries them (JSON, with
 * version and times). Every error is one sentence with its place.
 */
public final class ProbeReader {
    /** How long a probe lives that says nothing about it. */
    public static final Duration DEFAULT_LIFE = Duration.ofHours(1);

    private static final Duration MAX_LIFE = Duration.ofDays(30);
    private static final Set<String> WRITTEN = Set.of(
            "id",
            "at",
            "if",
            "log",
            "snapshot",
            "exception",
            "count",
            "gauge",
            "histogram",
            SpanReader.KEY,
            TargetsForm.KEY,
            "limits",
            "rollout",
            Recipients.KEY,
            Marks.TAGS,
            Marks.SET,
            Marks.ENABLED,
            "for");
    private static final Set<String> WIRE = wireKeys();
    private static final Set<String> LIMITS =
            Set.of("per-second", "hits", "series", "cpu", "over-budget", "fleet-hits");
    private static final String NEVER = "never";
    private static final int MAX_ID = 80;

    private ProbeReader() {}

    /**
     * Reads a probe as a person wrote it. Without an id it gets one from its place and kind; its version is 1.
     *
     * @param clock tells when it was created
     */
    public static Probe written(Node node, Clock clock) {
        RedactionKeys.refuse(node);
        Fields fields = Fields.of(node, "a probe", WRITTEN);
        Instant created = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return read(fields, 1, created, expiry(fields, created));
    }

    /**
     * Reads a file's documents: each a probe, a list of probes, or a mapping with the one key {@code probes}.
     *
     * @throws InvalidInputException also when two probes have the same id
     */
    public static List<Probe> writtenAll(List<Node> documents, Clock clock) {
        List<Probe> probes = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Node node : nodes(documents)) {
            Probe probe = written(node, clock);
            if (!ids.add(probe.id())) {
                throw new InvalidInputException(
                        node.place(), "the id '" + probe.id() + "' stands twice; give one of them another");
            }
            probes.add(probe);
        }
        return probes;
    }

    /** What stands for one probe each in a file's documents, in their order. */
    public static List<Node> nodes(List<Node> documents) {
        return documents.stream()
                .flatMap(document -> probeNodes(document).stream())
                .toList();
    }

    /** Reads what {@link ProbeWriter#json} wrote. */
    public static Probe wire(String json) {
        return wire(NodeReader.json(json, "probe definition"));
    }

    /**
     * Reads it only where it is meant for the reader: most of what a large fleet is told is for others.
     *
     * @param mine whether such targets are the reader's
     */
    public static Optional<Probe> wire(String json, Predicate<Targets> mine) {
        Node definition = NodeReader.json(json, "probe definition");
        boolean isMine = mine.test(TargetsForm.read(Fields.of(definition, "a probe", WIRE)));
        return isMine ? Optional.of(wire(definition)) : Optional.empty();
    }

    /** Reads the same where it is a part of a larger text, such as an answer of the control plane. */
    public static Probe wire(Node definition) {
        Fields fields = Fields.of(definition, "a probe", WIRE);
        long version = fields.integer("version", 1, Long.MAX_VALUE).orElse(1L);
        Instant created = fields.integer("created", 0, Long.MAX_VALUE)
                .map(Instant::ofEpochMilli)
                .orElse(Instant.EPOCH);
        Instant expires = fields.integer("expires", 0, Long.MAX_VALUE)
                .map(Instant::ofEpochMilli)
                .orElse(Instant.MAX);
        return read(fields, version, created, expires);
    }

    private static Set<String> wireKeys() {
        Set<String> keys = new HashSet<>(WRITTEN);
        keys.remove("for");
        keys.addAll(List.of("version", "created", "expires"));
        return Set.copyOf(keys);
    }

    private static List<Node> probeNodes(Node document) {
        if (document instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        if (document instanceof Node.Mapping mapping && mapping.entries().containsKey("probes")) {
            return Fields.of(document, "a file of probes", Set.of("probes")).list("probes");
        }
        return List.of(document);
    }

    private static Probe read(Fields fields, long version, Instant created, Instant expires) {
        List<Action> actions = ActionReader.read(fields);
        Location location = location(fields, actions);
        Optional<Code> condition = fields.text("if").map(text -> ActionReader.code(fields.placeOf("if"), text));
        Targets targets = TargetsForm.read(fields);
        Limits limits = limits(fields);
        Optional<Rollout> rollout = RolloutReader.read(fields);
        Recipients to = recipients(fields);
        Marks marks = Marks.read(fields);
        return checked(fields.place(), () -> {
            String id = fields.text("id").orElseGet(() -> idFor(location, actions));
            return new Probe(
                    id, version, location, condition, actions, targets, limits, created, expires, rollout, to, marks);
        });
    }

    private static Recipients recipients(Fields fields) {
        return checked(fields.placeOf(Recipients.KEY), () -> {
            List<String> names = fields.textList(Recipients.KEY);
            if (names.isEmpty() && fields.has(Recipients.KEY)) {
                throw new IllegalArgumentException("'to' is empty; name an exporter, or leave it out to mean all");
            }
            return new Recipients(names);
        });
    }

    private static Location location(Fields fields, List<Action> actions) {
        if (!fields.has(SpanReader.KEY)) {
            return checked(fields.placeOf("at"), () -> Location.parse(fields.requiredText("at")));
        }
        if (fields.has("at")) {
            throw new InvalidInputException(
                    fields.placeOf("at"), "a span probe has no 'at' of its own; its points have, under span.points");
        }
        return ((Action.Span) actions.get(actions.size() - 1)).points().get(0).location();
    }

    private static String idFor(Location location, List<Action> actions) {
        String type = location.type();
        String file = location.isFile() ? type.substring(0, type.lastIndexOf('.')) : type;
        String simple = file.substring(Math.max(file.lastIndexOf('.'), file.lastIndexOf('$')) + 1);
        String kind = actions.isEmpty() ? "probe" : actions.get(0).kind();
        String place = location.toString().substring(type.length());
        String id = (simple + place + "-" + kind).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String whole = id.startsWith("-") ? "p" + id : id;
        return whole.length() <= MAX_ID
                ? whole
                : whole.substring(whole.length() - MAX_ID).replaceFirst("^-+", "");
    }

    private static Limits limits(Fields probe) {
        return probe.node("limits")
                .map(node -> {
                    Fields fields = Fields.of(node, "'limits'", LIMITS);
                    return new Limits(
                            fields.integer("per-second", 1, Limits.MAX_PER_SECOND)
                                    .map(Math::toIntExact)
                                    .orElse(Limits.UNSET),
                            fields.integer("hits", 1, Long.MAX_VALUE).orElse(0L),
                            fields.integer("series", 1, Limits.MAX_SERIES)
                                    .map(Math::toIntExact)
                                    .orElse(Limits.DEFAULT_SERIES),
                            cpu(fields),
                            overBudget(fields),
                            fields.integer("fleet-hits", 1, Limits.MAX_FLEET_HITS)
                                    .orElse(0L));
                })
                .orElse(Limits.DEFAULT);
    }

    private static double cpu(Fields limits) {
        return limits.text("cpu")
                .map(text -> checked(limits.placeOf("cpu"), () -> Percent.parse(text, Limits.MAX_CPU)))
                .orElse((double) Limits.UNSET);
    }

    private static Limits.OverBudget overBudget(Fields limits) {
        return limits.text("over-budget")
                .map(text -> checked(limits.placeOf("over-budget"), () -> switch (text) {
                    case "sample" -> Limits.OverBudget.SAMPLE;
                    case "disable" -> Limits.OverBudget.DISABLE;
                    default ->
                        throw new IllegalArgumentException(
                                "limits.over-budget is 'sample' (one hit in n, with weights) or 'disable': " + text);
                }))
                .orElse(Limits.OverBudget.SAMPLE);
    }

    private static Instant expiry(Fields fields, Instant created) {
        String life = fields.text("for").orElse(null);
        if (life == null) {
            return created.plus(DEFAULT_LIFE);
        }
        if (life.equals(NEVER)) {
            return Instant.MAX;
        }
        return checked(fields.placeOf("for"), () -> {
            Duration duration = Durations.parse(life);
            if (duration.compareTo(MAX_LIFE) > 0) {
                throw new IllegalArgumentException(
                        "'for' is at most " + Durations.format(MAX_LIFE) + ", or never: " + life);
            }
            return created.plus(duration);
        });
    }
}
