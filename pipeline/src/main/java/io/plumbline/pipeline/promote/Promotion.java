package io.plumbline.pipeline.promote;

import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.Expression;
import io.plumbline.config.expression.Template;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Makes the permanent lines of a probe. A log record goes by SLF4J; a metric by Micrometer, or by OpenTelemetry where that is asked
 * for or Micrometer has no such thing; a snapshot is a log record of its watch expressions.
 *
 * <p>Threads: one.
 */
public final class Promotion {
    private final Scope scope;
    private final String className;
    private final Snippet.Draft draft = new Snippet.Draft();
    private final JavaText java;

    private Promotion(Scope scope, String className) {
        this.scope = scope;
        this.className = className;
        this.java = new JavaText(scope, draft);
    }

    /**
     * The permanent lines.
     *
     * @param className the probed class's simple name
     * @param wished null for what fits each action; actions that it can't say go by what fits them
     * @throws IllegalArgumentException where the library can say none of the actions, with those that can
     */
    public static Snippet of(Probe probe, String className, Library wished, Scope scope) {
        return new Promotion(scope, className).of(probe, wished);
    }

    private Snippet of(Probe probe, Library wished) {
        refuse(wished, probe.actions());
        List<String> body = new ArrayList<>();
        for (Action action : probe.actions()) {
            body.addAll(action(action, wished, probe.location().toString()));
        }
        if (probe.condition().isPresent()) {
            draft.lines.add("if (" + java.of(probe.condition().get()) + ") {");
            body.forEach(line -> draft.lines.add("    " + line));
            draft.lines.add("}");
        } else {
            draft.lines.addAll(body);
        }
        return draft.done();
    }

    private List<String> action(Action action, Library wished, String at) {
        if (action instanceof Action.Metric metric) {
            return wished == Library.OPENTELEMETRY || !isSaidBy(Library.MICROMETER, action)
                    ? new OtelMetrics(className, java, draft).of(metric)
                    : new MicrometerMetrics(java, draft).of(metric);
        }
        if (action instanceof Action.Log log) {
            return List.of(log(log.template(), log.severity().name().toLowerCase(Locale.ROOT)));
        }
        return capturing((Action.Capturing) action, at);
    }

    /** Micrometer's gauges are asked for their value, so one of many labels would need a store of its own. */
    private static boolean isSaidBy(Library library, Action action) {
        if (!(action instanceof Action.Metric metric)) {
            return library == Library.SLF4J;
        }
        boolean isGaugeWithLabels =
                metric instanceof Action.Gauge && !metric.labels().isEmpty();
        return library == Library.OPENTELEMETRY || library == Library.MICROMETER && !isGaugeWithLabels;
    }

    private static void refuse(Library wished, List<Action> actions) {
        if (wished != null && actions.stream().noneMatch(action -> isSaidBy(wished, action))) {
            List<String> others = Arrays.stream(Library.values())
                    .filter(library -> actions.stream().anyMatch(action -> isSaidBy(library, action)))
                    .map(library -> library.name().toLowerCase(Locale.ROOT))
                    .toList();
            throw new IllegalArgumentException("a " + actions.get(0).kind() + " like this is promoted by "
                    + String.join(" or ", others) + "; ask for --as " + others.get(0) + ", or leave --as out");
        }
    }

    private String log(Template template, String level) {
        StringBuilder message = new StringBuilder();
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < template.literals().size(); i++) {
            message.append(template.literals().get(i).replace("{}", "\\{}"));
            if (i < template.holes().size()) {
                message.append("{}");
                arguments.add(
                        argument(template.holes().get(i), i == template.holes().size() - 1));
            }
        }
        if (!template.holes().stream().allMatch(java::isShownAlike)) {
            draft.remarks.add(
                    "an object of the application is shown by its fields in the probe; here by its toString()");
        }
        return logger() + "." + level + "(" + JavaText.quoted(message.toString())
                + arguments.stream().map(argument -> ", " + argument).collect(Collectors.joining()) + ");";
    }

    /** SLF4J takes a last argument that is an exception for the record's own and leaves its hole empty. */
    private String argument(Code hole, boolean last) {
        boolean mayBeThrown =
                hole.expression() instanceof Expression.Name || hole.expression() instanceof Expression.Special;
        return last && mayBeThrown && !java.isShownAlike(hole)
                ? "String.valueOf(" + java.of(hole) + ")"
                : java.of(hole);
    }

    private List<String> capturing(Action.Capturing action, String at) {
        boolean isException = action instanceof Action.Exceptions;
        draft.remarks.add("the variables in scope and the stack are not listed here; add those you want");
        StringBuilder line = new StringBuilder(logger()).append(isException ? ".atError()" : ".atInfo()");
        action.watch()
                .forEach((name, code) -> line.append(".addKeyValue(")
                        .append(JavaText.quoted(name))
                        .append(", ")
                        .append(java.of(code))
                        .append(")"));
        if (isException) {
            line.append(".setCause(").append(java.of(Code.parse("$exception"))).append(")");
        }
        return List.of(line + ".log(" + JavaText.quoted(action.kind() + " at " + at) + ");");
    }

    private String logger() {
        return scope.logger().orElseGet(() -> {
            draft.imports.add("org.slf4j.Logger");
            draft.imports.add("org.slf4j.LoggerFactory");
            String field =
                    "private static final Logger PLUMBED_LOG = LoggerFactory.getLogger(" + className + ".class);";
            if (!draft.fields.contains(field)) {
                draft.fields.add(field);
            }
            return "PLUMBED_LOG";
        });
    }

    /** A constant's name for a metric's: {@code shop.orders} becomes {@code SHOP_ORDERS}. */
    static String constant(String metric) {
        return metric.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .toUpperCase(Locale.ROOT);
    }
}
