package io.plumbline.exporters.webhook;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.http.HttpSender;
import io.plumbline.exporters.signal.Signal;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Tells people about log records, snapshots and exceptions of probes: one message for a batch, in groups, and at most one
 * in each interval. Records that come from no probe are not for people and count as delivered.
 *
 * <p>The bargain: a call waits for the rest of the interval, meanwhile what comes stays in Kafka and becomes the next
 * message. A message tells how much there was and shows the last record of each group; it is no store. One that is
 * repeated has the same id; records that come again in another batch are told again, in a message with another id.
 *
 * <p>Threads: as the contract says; {@link #close} ends the wait.
 */
final class WebhookExporter implements Exporter {
    private final WebhookSettings settings;
    private final HttpSender sender;
    private final Form form;
    private final Answers answers;
    private final Pace pace;

    WebhookExporter(WebhookSettings settings, Waiting waiting) {
        this.settings = settings;
        this.sender = new HttpSender(settings.target());
        this.form = settings.form();
        this.answers = new Answers(settings);
        this.pace = new Pace(settings.interval(), waiting);
    }

    @Override
    public Outcome export(List<Signal> batch) throws InterruptedException {
        Message message = Message.of(batch);
        if (message.isEmpty()) {
            return Outcome.delivered();
        }
        return pace.awaitTurn() ? send(message) : Outcome.retry("the exporter is closed");
    }

    @Override
    public void close() {
        pace.close();
        sender.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }

    private Outcome send(Message message) throws InterruptedException {
        byte[] body = form.write(message, settings.link());
        try {
            return answers.outcome(
                    sender.postUnpacked("application/json", body, Map.of("Idempotency-Key", message.id())));
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return Outcome.retry("no answer from " + settings + ": " + settings.withoutSecrets(why));
        } finally {
            pace.sent();
        }
    }
}
