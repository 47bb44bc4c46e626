package io.plumbline.exporters.jaeger;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.SignalKind;
import java.util.Set;

/** Makes exporters into Jaeger. The settings stand in {@link JaegerSettings}. */
public final class JaegerExporterFactory implements ExporterFactory {

    @Override
    public String name() {
        return "jaeger";
    }

    @Override
    public Set<SignalKind> takes() {
        return Set.of(SignalKind.SPAN);
    }

    @Override
    public BatchLimits limits() {
        // gRPC servers take four megabytes by default, resources included
        return new BatchLimits(2_000, 2_000_000);
    }

    /** Spans name their parents, so their order is of no matter. */
    @Override
    public int concurrency() {
        return 4;
    }

    @Override
    public Exporter create(ExporterSettings settings) {
        JaegerSettings read = JaegerSettings.read(settings);
        return new JaegerExporter(read, read.isGrpc() ? new GrpcSpans(read) : new HttpSpans(read));
    }
}
