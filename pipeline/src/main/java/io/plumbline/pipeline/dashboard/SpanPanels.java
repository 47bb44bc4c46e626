package io.plumbline.pipeline.dashboard;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.SpanPair;
import io.plumbline.config.probe.SpanPoint;
import java.util.Map;
import java.util.stream.Collectors;

/** What a span probe shows: how long requests take from point to point, how many do, and how many never arrive. */
final class SpanPanels {
    private static final String DURATION = "plumbline_span_duration_seconds";

    private final Action.Span span;
    private final String probe;
    private final Map<String, String> places;

    SpanPanels(Probe probe, Action.Span span) {
        this.span = span;
        this.probe = Selector.ofSpans(probe);
        this.places = span.points().stream()
                .collect(Collectors.toMap(
                        SpanPoint::name, point -> point.location().toString()));
    }

    void addTo(Layout layout) {
        span.pairs().forEach(pair -> latency(layout, pair));
        layout.add(
                Panel.lines("Spans per second", "Requests that went from one point to the next.", Units.PER_SECOND)
                        .field("min", 0)
                        .asks(
                                "sum by (plumbline_span_from, plumbline_span_to) (rate(" + DURATION + "_count{" + probe
                                        + "}" + Selector.INTERVAL + "))",
                                "{{plumbline_span_from}} → {{plumbline_span_to}}"),
                12,
                8);
        layout.add(
                Panel.lines(
                                "Never closed",
                                "Hits in a second that no later point followed within the time that the probe waits.",
                                Units.PER_SECOND)
                        .field("min", 0)
                        .asks(
                                "sum by (plumbline_span_from) (rate(plumbline_span_unclosed_total{" + probe + "}"
                                        + Selector.INTERVAL + ")) or on() label_replace(vector(0),"
                                        + " \"plumbline_span_from\", \"none\", \"\", \"\")",
                                "{{plumbline_span_from}}"),
                12,
                8);
    }

    private void latency(Layout layout, SpanPair pair) {
        String name = pair.from() + " → " + pair.to();
        String from = "From " + places.get(pair.from()) + " to " + places.get(pair.to()) + ". Diamonds lead to traces.";
        String series = DURATION + "_bucket{" + probe + ",plumbline_span_from=\"" + pair.from()
                + "\",plumbline_span_to=\"" + pair.to() + "\"}" + Selector.INTERVAL;
        Panel quantiles = Panel.lines(name + ", latency", from, Units.SECONDS).field("min", 0);
        quantiles.asks("histogram_quantile(0.5, sum by (le) (rate(" + series + ")))", "median");
        quantiles.asks("histogram_quantile(0.9, sum by (le) (rate(" + series + ")))", "90 %");
        quantiles.asks("histogram_quantile(0.99, sum by (le) (rate(" + series + ")))", "99 %");
        layout.add(quantiles.withExemplars(), 12, 9);
        layout.add(
                Panel.heatMap(name + ", distribution", from, Units.SECONDS)
                        .asks("sum by (le) (increase(" + series + "))", "{{le}}")
                        .withExemplars(),
                12,
                9);
    }
}
