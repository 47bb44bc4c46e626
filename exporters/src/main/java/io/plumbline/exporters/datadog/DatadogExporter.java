package io.plumbline.exporters.datadog;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends logs and metrics to Datadog's intake, and spans to an Agent or Collector.
 *
 * <p>The bargain: a log that comes twice is there twice, for Datadog knows no ids; both carry the same {@code record_id}.
 * Counters and histograms arrive as counts, what was added since the last answer, and a batch that is repeated adds
 * nothing, see {@link Deltas}. What is older than Datadog takes is rejected with that reason. Each kind has a request of
 * its own; when one fails and another succeeded, only the failed one is to be repeated.
 *
 * <p>Threads: as the contract says.
 */
final class DatadogExporter implements Exporter {
    private static final ArrayRequests.Form LOGS = new ArrayRequests.Form("/api/v2/logs", "[", "]", 1_000, 4_250_000);

    /**
     * Datadog takes 512,000 bytes packed and ten times that unpacked. What has no more unpacked is within both, whatever
     * it holds.
     */
    private static final ArrayRequests.Form SERIES =
            new ArrayRequests.Form("/api/v2/series", "{\"series\":[", "]}", Integer.MAX_VALUE, 500_000);

    private final DatadogSettings settings;
    private final List<Intake> intakes = new ArrayList<>();
    private final ArrayRequests logs;
    private final ArrayRequests series;
    private final SpanRequests spans;
    /** Set by close, read by the host's thread. */
    private volatile boolean closed;

    DatadogExporter(DatadogSettings settings, Clock clock) {
        this.settings = settings;
        String site = settings.key("site") + " and ";
        Intake logIntake = new Intake(settings.logsTarget(), site + settings.key("logs.url"), settings);
        Intake seriesIntake = new Intake(settings.apiTarget(), site + settings.key("api.url"), settings);
        Optional<Intake> spanIntake =
                settings.otlpTarget().map(target -> new Intake(target, settings.key("otlp.url"), settings));
        intakes.add(logIntake);
        intakes.add(seriesIntake);
        spanIntake.ifPresent(intakes::add);
        this.logs = new ArrayRequests(logIntake, new LogEntries(settings.tags(), clock), LOGS);
        Deltas deltas = new Deltas(settings.maxSeries(), clock);
        this.series = new ArrayRequests(seriesIntake, new SeriesEntries(settings.tags(), deltas, clock), SERIES);
        this.spans = new SpanRequests(spanIntake);
    }

    @Override
    public Outcome export(List<Signal> batch) throws InterruptedException {
        if (closed) {
            return Outcome.retry("the datadog exporter is closed");
        }
        Map<SignalKind, List<Integer>> places = new EnumMap<>(SignalKind.class);
        for (int i = 0; i < batch.size(); i++) {
            places.computeIfAbsent(batch.get(i).kind(), any -> new ArrayList<>())
                    .add(i);
        }
        Verdict verdict = new Verdict(batch.size());
        logs.send(batch, places.getOrDefault(SignalKind.LOG, List.of()), verdict);
        series.send(batch, places.getOrDefault(SignalKind.METRIC, List.of()), verdict);
        spans.send(batch, places.getOrDefault(SignalKind.SPAN, List.of()), verdict);
        return verdict.outcome();
    }

    /** {@code logs} is the explorer, with what we sent. */
    @Override
    public Map<String, URI> links() {
        return settings.app()
                .map(app -> Map.of(
                        "logs",
                        URI.create(app + "/logs?query=source%3Aplumbline"),
                        "metrics",
                        URI.create(app + "/metric/explorer")))
                .orElse(Map.of());
    }

    @Override
    public void close() {
        closed = true;
        intakes.forEach(Intake::close);
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
