package io.plumbline.pipeline.dashboard;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.exporters.prometheus.PrometheusExporterFactory;
import java.util.List;
import java.util.stream.Collectors;

/** What a metric of a probe shows: of a counter rate and total, of a gauge its latest values, of a histogram its distribution. */
final class MetricPanels {
    private final Action.Metric metric;
    private final String selector;
    private final List<String> labels;

    MetricPanels(Probe probe, Action.Metric metric) {
        this.metric = metric;
        this.selector = "{" + Selector.of(probe) + "}";
        boolean isHistogram = metric instanceof Action.Histogram;
        this.labels = metric.labels().keySet().stream()
                .map(label -> PrometheusExporterFactory.label(label, isHistogram))
                .distinct()
                .toList();
    }

    void addTo(Layout layout) {
        if (metric instanceof Action.Histogram) {
            histogram(layout, PrometheusExporterFactory.histogram(metric.name(), metric.unit()));
        } else if (metric instanceof Action.Gauge) {
            gauge(layout, PrometheusExporterFactory.gauge(metric.name(), metric.unit()));
        } else {
            counter(layout, PrometheusExporterFactory.counter(metric.name(), metric.unit()));
        }
    }

    private void counter(Layout layout, String series) {
        String rate = "sum" + by() + "(rate(" + series + selector + Selector.INTERVAL + "))";
        layout.add(
                Panel.lines(
                                metric.name() + " per second",
                                says("What it grows by; diamonds lead to traces."),
                                Units.perSecond(metric.unit()))
                        .field("min", 0)
                        .asks(rate, legend())
                        .withExemplars(),
                18,
                8);
        layout.add(
                Panel.number(metric.name(), says("Over the time shown."), Units.of(metric.unit()))
                        .asks("sum(increase(" + series + selector + "[$__range]))", metric.name()),
                6,
                8);
    }

    private void gauge(Layout layout, String series) {
        String grouped = labels.isEmpty() ? "service, instance" : String.join(", ", labels) + ", service, instance";
        layout.add(
                Panel.lines(metric.name(), says("The latest value, by label and instance."), Units.of(metric.unit()))
                        .asks("max by (" + grouped + ") (" + series + selector + ")", legend() + " · {{service}}"),
                24,
                8);
    }

    private void histogram(Layout layout, String series) {
        String unit = Units.of(metric.unit());
        Panel quantiles = Panel.lines(metric.name(), says("Diamonds lead to traces."), unit);
        quantile(quantiles, series, 0.5, "median");
        quantile(quantiles, series, 0.9, "90 %");
        quantile(quantiles, series, 0.99, "99 %");
        layout.add(quantiles.withExemplars(), 12, 9);
        layout.add(
                Panel.heatMap(metric.name() + ", distribution", says("How many values fell into which bucket."), unit)
                        .asks(
                                "sum by (le) (increase(" + series + "_bucket" + selector + Selector.INTERVAL + "))",
                                "{{le}}")
                        .withExemplars(),
                12,
                9);
    }

    private void quantile(Panel panel, String series, double quantile, String word) {
        String by = labels.isEmpty() ? "le" : "le, " + String.join(", ", labels);
        panel.asks(
                "histogram_quantile(" + quantile + ", sum by (" + by + ") (rate(" + series + "_bucket" + selector
                        + Selector.INTERVAL + ")))",
                labels.isEmpty() ? word : legend() + " " + word);
    }

    private String by() {
        return " by (" + (labels.isEmpty() ? "service" : String.join(", ", labels)) + ") ";
    }

    private String legend() {
        return labels.isEmpty()
                ? "{{service}}"
                : labels.stream().map(label -> "{{" + label + "}}").collect(Collectors.joining(" · "));
    }

    private String says(String more) {
        return metric.description().isEmpty() ? more : metric.description() + ". " + more;
    }
}
