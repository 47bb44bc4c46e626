package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.http.HttpSender;
import io.plumbline.exporters.http.OtlpSender;
import io.plumbline.exporters.signal.SignalKind;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Makes scrape endpoints for Prometheus, or what pushes to it.
 *
 * <p>Settings of an endpoint: {@code prometheus.host} (127.0.0.1), {@code prometheus.port} (9464; 0 takes any free one),
 * {@code prometheus.expire-after} (5m), {@code prometheus.max-series} (100000).
 *
 * <p>Settings where {@code prometheus.push} says where OTLP is taken, and nothing is served: {@code prometheus.push.headers}
 * (name=value, separated by commas), {@code prometheus.push.connect-timeout} (5s), {@code prometheus.push.request-timeout} (30s).
 */
public final class PrometheusExporterFactory implements ExporterFactory {

    private static final String PUSH_EXAMPLE = "http://127.0.0.1:9090/api/v1/otlp/v1/metrics";

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public Set<SignalKind> takes() {
        return Set.of(SignalKind.METRIC);
    }

    @Override
    public BatchLimits limits() {
        return new BatchLimits(10_000, 10_000_000);
    }

    @Override
    public Exporter create(ExporterSettings settings) {
        return settings.text("push").isPresent() ? push(settings) : serve(settings);
    }

    private static Exporter push(ExporterSettings settings) {
        URI url = settings.requiredHttpUri("push", PUSH_EXAMPLE);
        if (url.getRawUserInfo() != null) {
            throw settings.wrong("push", "…", "must hold no password; put it into " + settings.fullKey("push.headers"));
        }
        HttpSender.Target target = new HttpSender.Target(
                url,
                settings.pairs("push.headers"),
                settings.duration("push.connect-timeout", Duration.ofSeconds(5)),
                settings.duration("push.request-timeout", Duration.ofSeconds(30)),
                settings.fullKey("push.request-timeout"));
        settings.refuseUnknown();
        return new PushExporter(new OtlpSender(target, "", settings.fullKey("push"), settings.fullKey("push.headers")));
    }

    private static Exporter serve(ExporterSettings settings) {
        String host = settings.text("host", "127.0.0.1");
        int port = settings.port("port", 9464);
        Duration expireAfter = settings.duration("expire-after", Duration.ofMinutes(5));
        int maxSeries = (int) settings.number("max-series", 100_000, 1, 10_000_000);
        String keys = settings.fullKey("host") + " and " + settings.fullKey("port");
        settings.refuseUnknown();
        SeriesStore store = new SeriesStore(expireAfter, maxSeries, System::nanoTime);
        return new PrometheusExporter(store, ScrapeServer.start(host, port, keys, store));
    }

    /** What a counter of OpenTelemetry's is called at the endpoint, for those who ask for it. */
    public static String counter(String name, String unit) {
        return MetricNames.family(name, MetricNames.unit(unit, false), true) + "_total";
    }

    /** The same for a gauge. */
    public static String gauge(String name, String unit) {
        return MetricNames.family(name, MetricNames.unit(unit, true), false);
    }

    /** The same for a histogram, whose series end in {@code _bucket}, {@code _sum} and {@code _count}. */
    public static String histogram(String name, String unit) {
        return MetricNames.family(name, MetricNames.unit(unit, false), false);
    }

    /** What an attribute's label is called. */
    public static String label(String attribute, boolean ofHistogram) {
        return SeriesLabels.userName(attribute, ofHistogram);
    }
}
