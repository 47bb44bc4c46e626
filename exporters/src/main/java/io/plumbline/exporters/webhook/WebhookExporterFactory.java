package io.plumbline.exporters.webhook;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.SignalKind;
import java.util.Set;

/** Makes exporters that send messages. The settings stand in {@link WebhookSettings}. */
public final class WebhookExporterFactory implements ExporterFactory {

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public Set<SignalKind> takes() {
        return Set.of(SignalKind.LOG);
    }

    @Override
    public BatchLimits limits() {
        // All that the host reads at once, so that it becomes one message.
        return new BatchLimits(20_000, 8_000_000);
    }

    @Override
    public Exporter create(ExporterSettings settings) {
        return new WebhookExporter(WebhookSettings.read(settings), Waiting.SYSTEM);
    }
}
