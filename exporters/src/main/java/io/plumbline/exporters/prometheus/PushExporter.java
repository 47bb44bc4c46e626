package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.http.OtlpSender;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.OtlpEncoder;
import io.plumbline.exporters.signal.Signal;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Pushes metric points to Prometheus' OTLP receiver, with their own times. Series have the labels that they have when they are
 * scraped, and Prometheus adds {@code job}, which is the service's name.
 *
 * <p>The bargain: a point that comes twice is one in Prometheus, which passes over what has the time and value of the last one.
 * An earlier point than the last one it refuses ("out of order") unless it keeps a window for such
 * ({@code storage.tsdb.out_of_order_time_window}). It is not known then whether it came before; the later, cumulative point holds
 * what it counted, so it counts as delivered. Prometheus refuses a request as a whole for one such point, or a point that it will
 * never take. So a request that was refused is to be split, until the points to blame are alone; only they are dead letters.
 *
 * <p>Threads: as the contract says.
 */
final class PushExporter implements Exporter {

    /** Prometheus' storage/interface.go: ErrOutOfOrderSample. */
    private static final String OUT_OF_ORDER = "out of order sample";

    /** Errors of the same file that Prometheus answers with 500, although they do not pass: ErrTooOldSample and others. */
    private static final Pattern FOR_GOOD = Pattern.compile("too old sample|out-of-order native histogram");

    private final OtlpSender sender;

    PushExporter(OtlpSender sender) {
        this.sender = sender;
    }

    @Override
    public Outcome export(List<Signal> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return Outcome.delivered();
        }
        List<MetricSignal> metrics =
                batch.stream().map(MetricSignal.class::cast).toList();
        byte[] request = OtlpEncoder.metrics(metrics, PushExporter::attributes);
        Outcome outcome = sender.send(request, response -> taken(response, batch.size()));
        if (outcome instanceof Outcome.Rejected rejected) {
            return refused(rejected.reason(), batch.size());
        }
        if (outcome instanceof Outcome.Retry retry
                && FOR_GOOD.matcher(retry.reason()).find()) {
            return refused(retry.reason(), batch.size());
        }
        return outcome;
    }

    @Override
    public void close() {
        sender.close();
    }

    private static Outcome refused(String reason, int points) {
        if (points > 1) {
            return new Outcome.TooLarge(reason);
        }
        return reason.contains(OUT_OF_ORDER) ? Outcome.delivered() : new Outcome.Rejected(reason);
    }

    private static Outcome taken(byte[] response, int points) {
        OtlpEncoder.Rejected rejected = OtlpEncoder.rejectedPoints(response);
        return rejected.rejected() == 0
                ? Outcome.delivered()
                : new Outcome.Rejected("it took " + (points - rejected.rejected()) + " of " + points + " points: "
                        + rejected.message());
    }

    private static Map<String, String> attributes(MetricSignal point) {
        Labels labels = SeriesLabels.of(point);
        Map<String, String> attributes = new LinkedHashMap<>();
        labels.forEach(label -> attributes.put(label.getName(), label.getValue()));
        return attributes;
    }
}
