package io.plumbline.exporters.elasticsearch;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.SignalKind;
import java.util.Set;

/** Makes exporters into Elasticsearch and OpenSearch. The settings stand in {@link ElasticsearchSettings}. */
public final class ElasticsearchExporterFactory implements ExporterFactory {

    @Override
    public String name() {
        return "elasticsearch";
    }

    @Override
    public Set<SignalKind> takes() {
        return Set.of(SignalKind.LOG);
    }

    @Override
    public BatchLimits limits() {
        // As JSON it is two to three times as large; the practical size of a request is 5 MB, some services refuse 10
        // MB.
        return new BatchLimits(5_000, 2_500_000);
    }

    /** Documents have ids and times, so their order is of no matter. */
    @Override
    public int concurrency() {
        return 8;
    }

    @Override
    public Exporter create(ExporterSettings settings) {
        return new ElasticsearchExporter(ElasticsearchSettings.read(settings));
    }
}
