package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.Outcome.Rejection;
import io.plumbline.exporters.Source;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.Signal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes metric points into memory, where Prometheus fetches them.
 *
 * <p>The bargain: "delivered" means kept for the next scrape, not stored. A restart forgets all points until the
 * agents, which send cumulative values, send their next ones. A point that would make the scrape ambiguous is rejected
 * with a reason; the scrape itself never breaks. Series go when nothing came for them for a while, and at once when their source
 * is lost to another process; there they are with their next points.
 *
 * <p>Threads: the host's threads write the store, the server's threads read it.
 */
final class PrometheusExporter implements Exporter {

    /** Of signals without a source, which nobody can lose. */
    private static final Source NOWHERE = new Source("", 0);

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
        return export(batch, Collections.nCopies(batch.size(), NOWHERE));
    }

    @Override
    public Outcome export(List<Signal> batch, List<Source> sources) {
        if (closed) {
            return Outcome.retry("the prometheus exporter is closed");
        }
        List<Rejection> rejections = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            try {
                store.put(metric(batch.get(i)), sources.get(i));
            } catch (UnfitPointException e) {
                rejections.add(Rejection.last(i, e.getMessage()));
            }
        }
        return Outcome.of(rejections);
    }

    @Override
    public void lost(Set<Source> sources) {
        store.forget(sources);
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
