package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.SignalKind;
import java.time.Duration;
import java.util.Set;

/**
 * Makes scrape endpoints for Prometheus.
 *
 * <p>Settings: {@code prometheus.host} (127.0.0.1), {@code prometheus.port} (9464; 0 takes any free one),
 * {@code prometheus.expire-after} (5m), {@code prometheus.max-series} (100000).
 */
public final class PrometheusExporterFactory implements ExporterFactory {

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
        String host = settings.text("host", "127.0.0.1");
        int port = settings.port("port", 9464);
        Duration expireAfter = settings.duration("expire-after", Duration.ofMinutes(5));
        int maxSeries = (int) settings.number("max-series", 100_000, 1, 10_000_000);
        String keys = settings.fullKey("host") + " and " + settings.fullKey("port");
        settings.refuseUnknown();
        SeriesStore store = new SeriesStore(expireAfter, maxSeries, System::nanoTime);
        return new PrometheusExporter(store, ScrapeServer.start(host, port, keys, store));
    }
}
