package io.plumbline.exporters.datadog;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.SignalKind;
import java.util.Set;

/** The factory, for the kit: it is given one kind, and its exporters live when the kit's signals do. */
record OneKindFactory(SignalKind kind, SetClock clock) implements ExporterFactory {

    @Override
    public String name() {
        return new DatadogExporterFactory().name();
    }

    @Override
    public Set<SignalKind> takes() {
        return Set.of(kind);
    }

    @Override
    public BatchLimits limits() {
        return new DatadogExporterFactory().limits();
    }

    @Override
    public Exporter create(ExporterSettings settings) {
        clock.setBeforeSignals();
        DatadogExporter exporter = new DatadogExporter(DatadogSettings.read(settings), clock);
        clock.setAfterSignals();
        return exporter;
    }
}
