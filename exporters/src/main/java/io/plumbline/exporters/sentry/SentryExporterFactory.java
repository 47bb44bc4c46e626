package io.plumbline.exporters.sentry;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.SignalKind;
import java.util.Set;

/** Makes exporters into Sentry. The settings stand in {@link SentrySettings}. */
public final class SentryExporterFactory implements ExporterFactory {

    @Override
    public String name() {
        return "sentry";
    }

    @Override
    public Set<SignalKind> takes() {
        return Set.of(SignalKind.LOG);
    }

    @Override
    public BatchLimits limits() {
        // a request for each event, so a large batch would only keep the host from hearing how it goes
        return new BatchLimits(100, 4_000_000);
    }

    /** Sentry takes one event a request, in any order. */
    @Override
    public int concurrency() {
        return 4;
    }

    @Override
    public Exporter create(ExporterSettings settings) {
        return new SentryExporter(SentrySettings.read(settings), System::nanoTime);
    }
}
