package io.plumbline.config.probe;

import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.ExpressionException;
import io.plumbline.config.expression.Template;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.Node.Scalar;
import io.plumbline.config.text.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the actions of a probe. Each has a short form, a single text, and a long form, a mapping. */
final class ActionReader {
    static final List<String> KINDS = List.of("log", "snapshot", "exception", "count", "gauge", "histogram");

    private static final Set<String> LOG_KEYS = Set.of("template", "level", LogBeside.KEY);
    private static final Set<String> METRIC_KEYS =
            Set.of("name", "value", "unit", "description", "labels", LogBeside.KEY);
    private static final Set<String> HISTOGRAM_KEYS =
            Set.of("name", "value", "unit", "description", "labels", "buckets", LogBeside.KEY);

    private ActionReader() {}

    /** All actions of a probe's mapping, logs first. */
    static List<Action> read(Fields probe) {
        List<Action> actions = new ArrayList<>();
        for (String kind : KINDS) {
            for (Node node : probe.list(kind)) {
                actions.add(action(kind, node));
            }
        }
        probe.node(SpanReader.KEY).ifPresent(node -> actions.add(SpanReader.read(node)));
        return actions;
    }

    private static Action action(String kind, Node node) {
        return switch (kind) {
            case "log" -> log(node);
            case "snapshot" -> CapturingReader.snapshot(node);
            case "exception" -> CapturingReader.exception(node);
            default -> metric(kind, node);
        };
    }

    private static Action log(Node node) {
        if (node instanceof Scalar scalar) {
            return new Action.Log(template(scalar.place(), scalar.text()), Severity.INFO);
        }
        Fields fields = Fields.of(node, "'log'", LOG_KEYS);
        Severity level = checked(
                fields.placeOf("level"),
                () -> fields.text("level").map(Severity::parse).orElse(Severity.INFO));
        return new Action.Log(
                template(fields.placeOf("template"), fields.requiredText("template")), level, LogBeside.read(fields));
    }

    private static Action metric(String kind, Node node) {
        if (node instanceof Scalar scalar) {
            if (kind.equals("count")) {
                String name = checked(scalar.place(), () -> MetricNames.metric(scalar.text()));
                return new Action.Count(name, "", "", Map.of(), Optional.empty(), false);
            }
            throw new InvalidInputException(
                    node.place(), "'" + kind + "' needs a name and a value: {name: order.total, value: total}");
        }
        Fields fields = Fields.of(node, "'" + kind + "'", kind.equals("histogram") ? HISTOGRAM_KEYS : METRIC_KEYS);
        String name = checked(fields.placeOf("name"), () -> MetricNames.metric(fields.requiredText("name")));
        String unit = fields.text("unit").orElse("");
        String description = fields.text("description").orElse("");
        Map<String, Code> labels = labels(fields);
        Optional<Code> value = fields.text("value").map(text -> code(fields.placeOf("value"), text));
        boolean beside = fields.bool(LogBeside.KEY).orElse(false);
        return checked(fields.place(), () -> switch (kind) {
            case "count" -> new Action.Count(name, unit, description, labels, value, beside);
            case "gauge" -> new Action.Gauge(name, unit, description, labels, value, beside);
            default -> new Action.Histogram(name, unit, description, labels, value, bounds(fields), beside);
        });
    }

    private static Map<String, Code> labels(Fields metric) {
        Map<String, Code> labels = new LinkedHashMap<>();
        metric.node("labels").ifPresent(node -> {
            Fields fields = Fields.free(node, "'labels'");
            for (String name : fields.entries().keySet()) {
                checked(fields.placeOf(name), () -> MetricNames.label(name));
                labels.put(name, code(fields.placeOf(name), fields.requiredText(name)));
            }
        });
        return labels;
    }

    private static List<Double> bounds(Fields fields) {
        if (!fields.has("buckets")) {
            return Action.Histogram.DEFAULT_BOUNDS;
        }
        return fields.list("buckets").stream().map(ActionReader::number).toList();
    }

    private static Double number(Node node) {
        return checked(node.place(), () -> {
            if (node instanceof Scalar scalar) {
                try {
                    return Double.valueOf(scalar.text());
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("a bucket's bound must be a number: " + scalar.text(), e);
                }
            }
            throw new IllegalArgumentException("a bucket's bound must be a number, not " + node.kind());
        });
    }

    static Code code(Place place, String text) {
        return checked(place, () -> Code.parse(text));
    }

    private static Template template(Place place, String text) {
        return checked(place, () -> Template.parse(text));
    }

    /** Gives an error of the value its place. */
    static <T> T checked(Place place, Supplier<T> read) {
        try {
            return read.get();
        } catch (ExpressionException | IllegalArgumentException e) {
            throw new InvalidInputException(place, e.getMessage());
        }
    }
}
