package io.plumbline.exporters.console;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.SignalKind;
import java.time.ZoneId;
import java.util.Set;

/** Makes exporters that write to standard output. Settings: {@code console.color} is auto, always or never. */
public final class ConsoleExporterFactory implements ExporterFactory {

    @Override
    public String name() {
        return "console";
    }

    @Override
    public Set<SignalKind> takes() {
        return Set.of(SignalKind.LOG, SignalKind.METRIC, SignalKind.SPAN);
    }

    @Override
    public BatchLimits limits() {
        return new BatchLimits(1_000, 1_000_000);
    }

    @Override
    public Exporter create(ExporterSettings settings) {
        String color = settings.choice("color", "auto", "auto", "always", "never");
        settings.refuseUnknown();
        boolean colored = color.equals("always") || (color.equals("auto") && Terminal.isThere());
        return ConsoleExporter.to(System.out, colored, ZoneId.systemDefault());
    }
}
