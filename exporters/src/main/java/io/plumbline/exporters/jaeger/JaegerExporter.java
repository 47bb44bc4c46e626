package io.plumbline.exporters.jaeger;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.signal.OtlpEncoder;
import io.plumbline.exporters.signal.Signal;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Hands spans to Jaeger by OTLP, as they came.
 *
 * <p>The bargain: a span that comes twice has the same id, and Jaeger shows one of them. A backend that says that it took a batch
 * only in part does not say which spans it did not take, so the whole batch counts as rejected: it is with the dead letters, and
 * what of it arrived is there twice if it is replayed.
 *
 * <p>Threads: as the contract says.
 */
final class JaegerExporter implements Exporter {
    private final JaegerSettings settings;
    private final SpanSender sender;

    JaegerExporter(JaegerSettings settings, SpanSender sender) {
        this.settings = settings;
        this.sender = sender;
    }

    @Override
    public Outcome export(List<Signal> batch) throws InterruptedException {
        return batch.isEmpty() ? Outcome.delivered() : sender.send(OtlpEncoder.spans(batch), batch.size());
    }

    /** {@code trace} is where a trace is shown: its id is to be put behind it. */
    @Override
    public Map<String, URI> links() {
        return settings.ui()
                .map(ui -> Map.of("traces", ui, "trace", URI.create(ui + "/trace/")))
                .orElse(Map.of());
    }

    @Override
    public void close() {
        sender.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }

    /** What a backend says that took a batch in part, or with a warning. */
    static Outcome taken(byte[] response, int spans) {
        OtlpEncoder.Rejected rejected = OtlpEncoder.rejectedSpans(response);
        return rejected.rejected() == 0
                ? Outcome.delivered()
                : new Outcome.Rejected("the backend took " + (spans - rejected.rejected()) + " of " + spans + " spans: "
                        + rejected.message());
    }
}
