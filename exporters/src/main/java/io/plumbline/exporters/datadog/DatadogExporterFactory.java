package io.plumbline.exporters.datadog;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.SignalKind;
import java.time.Clock;
import java.util.Set;

/** Makes exporters into Datadog. The settings stand in {@link DatadogSettings}. */
public final class DatadogExporterFactory implements ExporterFactory {
    private static final System.Logger LOG = System.getLogger(DatadogExporterFactory.class.getName());

    @Override
    public String name() {
        return "datadog";
    }

    @Override
    public Set<SignalKind> takes() {
        return Set.of(SignalKind.LOG, SignalKind.METRIC, SignalKind.SPAN);
    }

    @Override
    public BatchLimits limits() {
        // A request of logs holds no more; what is larger in Datadog's form is sent in several requests.
        return new BatchLimits(1_000, 2_000_000);
    }

    @Override
    public Exporter create(ExporterSettings settings) {
        DatadogSettings read = DatadogSettings.read(settings);
        if (read.otlpUrl().isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} is given no spans: {1} is not set; an Agent takes them at http://localhost:4318",
                    settings.instance(),
                    settings.fullKey("otlp.url"));
        }
        return new DatadogExporter(read, Clock.systemUTC());
    }
}
