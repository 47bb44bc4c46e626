package io.plumbline.config.probe;

import static io.plumbline.config.probe.ActionReader.checked;

import io.plumbline.config.expression.Code;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.Node.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a span probe asks: {@code span: {by: trace, points: {A: 'Shop.java:42', B: {at: …, if: …}}}}. A point has a short
 * form, its location, and a long one.
 */
final class SpanReader {
    static final String KEY = "span";

    private static final Set<String> KEYS = Set.of("by", "points", "pairs", "within");
    private static final Set<String> POINT = Set.of("at", "if", "by", "attributes", "on", LogBeside.KEY);

    private SpanReader() {}

    static Action.Span read(Node node) {
        Fields fields = Fields.of(node, "'span'", KEYS);
        String by = fields.text("by").orElse(SpanBy.TRACE.word());
        SpanBy kind = kind(by);
        Optional<Code> key =
                kind == SpanBy.KEY ? Optional.of(ActionReader.code(fields.placeOf("by"), by)) : Optional.empty();
        Node points = fields.node("points")
                .orElseThrow(() -> new InvalidInputException(
                        fields.place(), "'span' needs 'points': {A: 'Shop.java:42', B: 'Payments.java:17'}"));
        List<SpanPoint> read = new ArrayList<>();
        Fields.free(points, "'points'").entries().forEach((name, point) -> read.add(point(name, point, kind, key)));
        Duration within = fields.text("within")
                .map(text -> checked(fields.placeOf("within"), () -> Durations.parse(text)))
                .orElse(Action.Span.DEFAULT_WITHIN);
        List<SpanPair> pairs = new ArrayList<>();
        for (Node pair : fields.list("pairs")) {
            pairs.add(checked(pair.place(), () -> SpanPair.parse(text(pair))));
        }
        return checked(
                fields.place(),
                () -> new Action.Span(kind, read, pairs.isEmpty() ? Action.Span.neighbours(read) : pairs, within));
    }

    private static SpanBy kind(String by) {
        return switch (by.trim().toLowerCase(Locale.ROOT)) {
            case "trace" -> SpanBy.TRACE;
            case "thread" -> SpanBy.THREAD;
            default -> SpanBy.KEY;
        };
    }

    private static String text(Node node) {
        if (node instanceof Scalar scalar) {
            return scalar.text();
        }
        throw new IllegalArgumentException("a pair of points reads like A->B, and is not " + node.kind());
    }

    private static SpanPoint point(String name, Node node, SpanBy kind, Optional<Code> key) {
        if (node instanceof Scalar scalar) {
            return checked(
                    node.place(),
                    () -> new SpanPoint(
                            name,
                            Location.parse(scalar.text()),
                            Optional.empty(),
                            key,
                            Map.of(),
                            Targets.ALL,
                            Set.of()));
        }
        Fields fields = Fields.of(node, "point " + name, POINT);
        if (fields.has("by") && kind != SpanBy.KEY) {
            throw new InvalidInputException(
                    fields.placeOf("by"),
                    "point " + name + " has a 'by' of its own, but the span goes by " + kind.word()
                            + "; give the span an expression, such as 'by: order.id'");
        }
        Optional<Code> own = fields.text("by").map(text -> ActionReader.code(fields.placeOf("by"), text));
        return checked(
                fields.place(),
                () -> new SpanPoint(
                        name,
                        checked(fields.placeOf("at"), () -> Location.parse(fields.requiredText("at"))),
                        fields.text("if").map(text -> ActionReader.code(fields.placeOf("if"), text)),
                        own.isPresent() ? own : key,
                        attributes(fields),
                        targets(name, fields),
                        OnSpan.read(fields)));
    }

    /** Who is chosen is chosen for the whole probe. */
    private static Targets targets(String name, Fields point) {
        Targets targets = TargetsForm.read(point);
        if (targets.onePerService()) {
            throw new InvalidInputException(
                    point.placeOf(TargetsForm.KEY),
                    "point " + name + " has 'one-per' in its 'on'; it stands in the probe's own, beside 'span'");
        }
        return targets;
    }

    private static Map<String, Code> attributes(Fields point) {
        Map<String, Code> attributes = new LinkedHashMap<>();
        point.node("attributes").ifPresent(node -> {
            Fields fields = Fields.free(node, "'attributes'");
            for (String name : fields.entries().keySet()) {
                attributes.put(name, ActionReader.code(fields.placeOf(name), fields.requiredText(name)));
            }
        });
        return attributes;
    }

    /** As {@link #read} reads it back. */
    static Map<String, Object> map(Action.Span span) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "by",
                span.by() == SpanBy.KEY
                        ? span.points().get(0).key().orElseThrow().text()
                        : span.by().word());
        map.put("within", Durations.format(span.within()));
        Map<String, Object> points = new LinkedHashMap<>();
        span.points().forEach(point -> points.put(point.name(), map(point)));
        map.put("points", points);
        map.put("pairs", span.pairs().stream().map(SpanPair::toString).toList());
        return map;
    }

    private static Map<String, Object> map(SpanPoint point) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("at", point.location().toString());
        point.condition().ifPresent(condition -> map.put("if", condition.text()));
        point.key().ifPresent(key -> map.put("by", key.text()));
        if (!point.attributes().isEmpty()) {
            Map<String, Object> attributes = new LinkedHashMap<>();
            point.attributes().forEach((name, code) -> attributes.put(name, code.text()));
            map.put("attributes", attributes);
        }
        if (!point.on().equals(Targets.ALL)) {
            map.put(TargetsForm.KEY, TargetsForm.map(point.on()));
        }
        if (!point.beside().isEmpty()) {
            map.put(LogBeside.KEY, OnSpan.words(point.beside()));
        }
        return map;
    }
}
