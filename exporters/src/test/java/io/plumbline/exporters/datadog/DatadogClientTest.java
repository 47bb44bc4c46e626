package io.plumbline.exporters.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import com.datadog.api.client.JSON;
import com.datadog.api.client.v2.model.HTTPLogItem;
import com.datadog.api.client.v2.model.MetricIntakeType;
import com.datadog.api.client.v2.model.MetricPayload;
import com.datadog.api.client.v2.model.MetricSeries;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.kit.ScriptedBackend;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.MetricInfo;
import io.plumbline.exporters.signal.SignalKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Datadog's own client reads what we send, with nothing left that its models do not know. */
class DatadogClientTest {
    private static final ObjectMapper CLIENT = new JSON().getMapper();
    private static final MetricInfo TOTAL = new MetricInfo("cart.total", "", "EUR");

    private final ScriptedBackend backend =
            ScriptedBackend.start(request -> Optional.empty(), request -> Reply.status(202));
    private final DatadogExporter exporter = (DatadogExporter) new OneKindFactory(SignalKind.LOG, new SetClock())
            .create(ExporterSettings.of(
                    "datadog",
                    Map.of(
                            "datadog.api-key", "key",
                            "datadog.logs.url", backend.uri().toString(),
                            "datadog.api.url", backend.uri().toString())));

    @AfterEach
    void close() {
        exporter.close();
        backend.close();
    }

    @Test
    void logs_areItsItems() throws Exception {
        exporter.export(List.of(
                TestSignals.log("uid-1", "hit"), TestSignals.snapshot("uid-2", Map.of("cart", Map.of("size", 3L)))));

        HTTPLogItem[] items = CLIENT.readValue(backend.requests().get(0).text(), HTTPLogItem[].class);
        assertThat(items).hasSize(2).noneMatch(it -> it.unparsed);
        assertThat(items[0].getDdsource()).isEqualTo("plumbline");
        assertThat(items[0].getDdtags()).isEqualTo("env:test,probe:probe-7");
        assertThat(items[0].getService()).isEqualTo("shop");
        assertThat(items[0].getMessage()).isEqualTo("hit");
        assertThat(items[0].getAdditionalProperty("record_id")).isEqualTo("uid-1");
        assertThat(items[1].getAdditionalProperty("event.name")).isEqualTo("plumbline.snapshot");
    }

    @Test
    void metrics_areItsSeries() throws Exception {
        exporter.export(List.of(
                TestSignals.sum("hits", Map.of("n", 1L), TestSignals.START, TestSignals.TIME, 7),
                TestSignals.gauge(TOTAL, Map.of(), TestSignals.TIME, 1.5),
                TestSignals.histogram(new MetricInfo("cart.size", "", "By"), Map.of())));

        MetricPayload payload = CLIENT.readValue(backend.requests().get(0).text(), MetricPayload.class);
        assertThat(payload.unparsed).isFalse();
        assertThat(payload.getAdditionalProperties()).isNullOrEmpty();
        List<MetricSeries> series = payload.getSeries();
        assertThat(series).allMatch(it -> !it.unparsed && it.getAdditionalProperties() == null);
        assertThat(series.stream().map(MetricSeries::getMetric))
                .containsExactly(
                        "hits",
                        "cart.total",
                        "cart.size.bucket",
                        "cart.size.bucket",
                        "cart.size.bucket",
                        "cart.size.count",
                        "cart.size.sum");
        assertThat(series.get(0).getType()).isEqualTo(MetricIntakeType.COUNT);
        assertThat(series.get(0).getPoints().get(0).getValue()).isEqualTo(7);
        assertThat(series.get(0).getPoints().get(0).getTimestamp()).isEqualTo(TestSignals.TIME / 1_000_000_000);
        assertThat(series.get(1).getType()).isEqualTo(MetricIntakeType.GAUGE);
        assertThat(series.get(1).getUnit()).isEqualTo("euro");
    }

    /** So that a form which its models do not know would be seen. */
    @Test
    void model_knowsWhatItDoesNotKnow() throws Exception {
        MetricPayload payload = CLIENT.readValue(
                "{\"series\":[{\"metric\":\"x\",\"type\":99,\"points\":[],\"odd\":1}]}", MetricPayload.class);

        assertThat(Arrays.asList(payload.getSeries().get(0).unparsed, payload.unparsed))
                .contains(true);
    }
}
