package io.plumbline.exporters.elasticsearch;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.http.Answer;
import io.plumbline.exporters.http.HttpSender;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes log records with {@code _bulk} into a data stream, each under its own id.
 *
 * <p>The bargain: a record that comes twice is recognised by its id as long as the data stream has not rolled over in
 * between; after a rollover it is stored a second time. "Delivered" means written to disk on the primary and all
 * replicas in sync; it can be found after the next refresh, by default within a second. Captured values are one field
 * for searching, not a field each, so that programs cannot exhaust the index's limit of fields.
 *
 * <p>Threads: as the contract says. All I/O happens on the host's thread and the client's own daemon threads.
 */
final class ElasticsearchExporter implements Exporter {

    private final ElasticsearchSettings settings;
    private final HttpSender client;
    private final IndexTemplate template;

    ElasticsearchExporter(ElasticsearchSettings settings) {
        this.settings = settings;
        this.client = new HttpSender(settings.target());
        this.template = new IndexTemplate(settings, client);
    }

    @Override
    public Outcome export(List<Signal> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return Outcome.delivered();
        }
        try {
            template.ensure();
            byte[] body = BulkBody.of(logs(batch), settings);
            Answer answer = client.send("POST", bulkPath(), "application/x-ndjson", body);
            return answer.isSuccess() ? BulkAnswer.read(answer, batch.size()) : Answers.outcome(answer, settings);
        } catch (RefusedException e) {
            return Answers.outcomeOfSetup(e.answer(), settings);
        } catch (IOException e) {
            return Outcome.retry("no answer from " + settings.url() + ": " + message(e));
        }
    }

    @Override
    public Map<String, URI> links() {
        return Map.of("logs", URI.create(settings.url() + "/" + settings.dataStream() + "/_search"));
    }

    @Override
    public void close() {
        client.close();
    }

    /** Asks for no more than the status and the errors of each item, which keeps the answer small. */
    private String bulkPath() {
        return "/" + settings.dataStream() + "/_bulk?filter_path=errors,items.*.status,items.*.error.type,"
                + "items.*.error.reason,items.*.error.caused_by.reason";
    }

    private static List<LogSignal> logs(List<Signal> batch) {
        List<LogSignal> logs = new ArrayList<>(batch.size());
        for (Signal signal : batch) {
            logs.add((LogSignal) signal);
        }
        return logs;
    }

    private static String message(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
