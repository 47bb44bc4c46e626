package io.plumbline.pipeline.promote;

import io.plumbline.config.probe.Action;
import java.util.List;
import java.util.stream.Collectors;

/** Metrics by Micrometer's global registry. Threads: one. */
final class MicrometerMetrics {
    private final JavaText java;
    private final Snippet.Draft draft;

    MicrometerMetrics(JavaText java, Snippet.Draft draft) {
        this.java = java;
        this.draft = draft;
    }

    /** The statements; a meter without labels, which is always the same one, is a field. */
    List<String> of(Action.Metric metric) {
        draft.imports.add("io.micrometer.core.instrument.Metrics");
        String value = metric.value().map(java::of).orElse("");
        if (metric instanceof Action.Gauge) {
            return gauge(metric, value);
        }
        boolean isCount = metric instanceof Action.Count;
        String type = isCount ? "Counter" : "DistributionSummary";
        draft.imports.add("io.micrometer.core.instrument." + type);
        String act = (isCount ? ".increment(" : ".record(") + value + ");";
        String meter = type + ".builder(" + JavaText.quoted(metric.name()) + ")" + said(metric) + buckets(metric)
                + tags(metric) + ".register(Metrics.globalRegistry)";
        if (!metric.labels().isEmpty()) {
            return List.of(meter + act);
        }
        String name = Promotion.constant(metric.name());
        draft.fields.add("private static final " + type + " " + name + " = " + meter + ";");
        return List.of(name + act);
    }

    private List<String> gauge(Action.Metric metric, String value) {
        draft.imports.add("io.micrometer.core.instrument.Gauge");
        draft.imports.add("java.util.concurrent.atomic.AtomicReference");
        String name = Promotion.constant(metric.name());
        draft.fields.add(
                "private static final AtomicReference<Double> " + name + " = new AtomicReference<>(Double.NaN);");
        draft.fields.add("static {\n    Gauge.builder(" + JavaText.quoted(metric.name()) + ", " + name
                + ", AtomicReference::get)" + said(metric) + ".register(Metrics.globalRegistry);\n}");
        return List.of(name + ".set((double) (" + value + "));");
    }

    private static String said(Action.Metric metric) {
        return (metric.description().isEmpty() ? "" : ".description(" + JavaText.quoted(metric.description()) + ")")
                + (metric.unit().isEmpty() ? "" : ".baseUnit(" + JavaText.quoted(metric.unit()) + ")");
    }

    private static String buckets(Action.Metric metric) {
        return metric instanceof Action.Histogram histogram
                ? histogram.bounds().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ", ".serviceLevelObjectives(", ")"))
                : "";
    }

    private String tags(Action.Metric metric) {
        StringBuilder tags = new StringBuilder();
        metric.labels()
                .forEach((name, code) -> tags.append(".tag(")
                        .append(JavaText.quoted(name))
                        .append(", String.valueOf(")
                        .append(java.of(code))
                        .append("))"));
        return tags.toString();
    }
}
