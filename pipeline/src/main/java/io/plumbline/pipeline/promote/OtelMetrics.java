package io.plumbline.pipeline.promote;

import io.plumbline.config.probe.Action;
import java.util.List;
import java.util.stream.Collectors;

/** Metrics by OpenTelemetry's global meter provider. Threads: one. */
final class OtelMetrics {
    private final String className;
    private final JavaText java;
    private final Snippet.Draft draft;

    OtelMetrics(String className, JavaText java, Snippet.Draft draft) {
        this.className = className;
        this.java = java;
        this.draft = draft;
    }

    List<String> of(Action.Metric metric) {
        String name = Promotion.constant(metric.name());
        String value = metric.value().map(java::of).orElse("1");
        boolean doubles = metric.value().isPresent();
        String type = metric instanceof Action.Count
                ? doubles ? "DoubleCounter" : "LongCounter"
                : metric instanceof Action.Gauge ? "DoubleGauge" : "DoubleHistogram";
        String kind =
                metric instanceof Action.Count ? "counter" : metric instanceof Action.Gauge ? "gauge" : "histogram";
        draft.imports.add("io.opentelemetry.api.GlobalOpenTelemetry");
        draft.imports.add("io.opentelemetry.api.metrics." + type);
        draft.fields.add("private static final " + type + " " + name + " = GlobalOpenTelemetry.getMeter("
                + JavaText.quoted(className) + ")." + kind + "Builder(" + JavaText.quoted(metric.name()) + ")"
                + (type.equals("DoubleCounter") ? ".ofDoubles()" : "") + said(metric) + bounds(metric) + ".build();");
        String act = metric instanceof Action.Count ? ".add(" : metric instanceof Action.Gauge ? ".set(" : ".record(";
        return List.of(name + act + value + attributes(metric) + ");");
    }

    private static String said(Action.Metric metric) {
        return (metric.description().isEmpty() ? "" : ".setDescription(" + JavaText.quoted(metric.description()) + ")")
                + (metric.unit().isEmpty() ? "" : ".setUnit(" + JavaText.quoted(metric.unit()) + ")");
    }

    private String bounds(Action.Metric metric) {
        if (!(metric instanceof Action.Histogram histogram)) {
            return "";
        }
        draft.imports.add("java.util.List");
        return histogram.bounds().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", ".setExplicitBucketBoundariesAdvice(List.of(", "))"));
    }

    private String attributes(Action.Metric metric) {
        if (metric.labels().isEmpty()) {
            return "";
        }
        draft.imports.add("io.opentelemetry.api.common.Attributes");
        StringBuilder attributes = new StringBuilder(", Attributes.builder()");
        metric.labels()
                .forEach((name, code) -> attributes
                        .append(".put(")
                        .append(JavaText.quoted(name))
                        .append(", String.valueOf(")
                        .append(java.of(code))
                        .append("))"));
        return attributes + ".build()";
    }
}
