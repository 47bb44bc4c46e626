package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.Outcome.Rejection;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.Signal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes metric points into memory, where Prometheus fetches them.
 *
 * <p>The bargain: "delivered" means kept for the next scrape, not stored. A restart forgets all points until the
 * agents, which send cumulative values, send their next ones. A point that would make the scrape ambiguous is rejected
 * with a reason; the scrape itself never breaks.
 *
 * <p>Threads: the host's thread writes the store, the server's threads read it.
 */
final class PrometheusExporter implements Exporter {

    private final SeriesStore store;
    private final ScrapeServer server;
    /** Set by close, read by the host thread. */
    private volatile boolean closed;

    PrometheusExporter(SeriesStore store, ScrapeServer server) {
        this.store = store;
        this.server = server;
    }

    @Override
    public Outcome export(List<Signal> batch) {
        if (closed) {
            return Outcome.retry("the prometheus exporter is closed");
        }
        List<Rejection> rejections = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            try {
                store.put(metric(batch.get(i)));
            } catch (UnfitPointException e) {
                rejections.add(Rejection.last(i, e.getMessage()));
            }
        }
        return Outcome.of(rejections);
    }

    @Override
    public Map<String, URI> links() {
        return Map.of("metrics", server.uri("/metrics"));
    }

    @Override
    public void close() {
        closed = true;
        server.close();
    }

    private static MetricSignal metric(Signal signal) throws UnfitPointException {
        if (signal instanceof MetricSignal metric) {
            return metric;
        }
        throw new UnfitPointException("prometheus takes metrics only: " + signal.kind());
    }
}
