package io.plumbline.exporters.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.ScriptedBackend;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A batch of all three kinds, which are three requests. */
class DatadogMixedTest {
    private static final List<Signal> BATCH = List.of(
            TestSignals.sum("hits", Map.of(), TestSignals.START, TestSignals.TIME, 1),
            TestSignals.log("uid-1", "hit"),
            TestSignals.span("kit A→B", 3),
            TestSignals.log("uid-2", "hit"));

    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final ScriptedBackend backend = ScriptedBackend.start(
            request -> Optional.empty(), request -> Reply.status(statuses.getOrDefault(request.path(), 200)));
    private final DatadogExporter exporter = (DatadogExporter) new OneKindFactory(SignalKind.LOG, new SetClock())
            .create(ExporterSettings.of(
                    "datadog",
                    Map.of(
                            "datadog.api-key", "key",
                            "datadog.logs.url", backend.uri().toString(),
                            "datadog.api.url", backend.uri().toString(),
                            "datadog.otlp.url", backend.uri().toString())));

    @AfterEach
    void close() {
        exporter.close();
        backend.close();
    }

    @Test
    void export_allTaken_isDelivered() throws InterruptedException {
        assertThat(exporter.export(BATCH)).isEqualTo(Outcome.delivered());
        assertThat(backend.requests().stream().map(ScriptedBackend.Request::path))
                .containsExactly("/api/v2/logs", "/api/v2/series", "/v1/traces");
    }

    @Test
    void export_logsFail_onlyTheyComeAgain() throws InterruptedException {
        statuses.put("/api/v2/logs", 503);

        assertThat(indexes(exporter.export(BATCH), true)).containsExactly(1, 3);
    }

    @Test
    void export_metricsAndSpansFail_onlyTheyComeAgain() throws InterruptedException {
        statuses.put("/api/v2/series", 429);
        statuses.put("/v1/traces", 404);

        assertThat(indexes(exporter.export(BATCH), true)).containsExactly(0, 2);
    }

    @Test
    void export_spansAreBad_onlyTheyAreDeadLetters() throws InterruptedException {
        statuses.put("/v1/traces", 400);

        assertThat(indexes(exporter.export(BATCH), false)).containsExactly(2);
    }

    @Test
    void export_notLetInAnywhere_isUnauthorized() throws InterruptedException {
        statuses.putAll(Map.of("/api/v2/logs", 403, "/api/v2/series", 403, "/v1/traces", 401));

        assertThat(exporter.export(BATCH)).isInstanceOf(Outcome.Unauthorized.class);
    }

    @Test
    void export_failedForSeveralReasons_namesEachAndLosesNone() throws InterruptedException {
        statuses.putAll(Map.of("/api/v2/logs", 403, "/api/v2/series", 413, "/v1/traces", 503));

        assertThat(indexes(exporter.export(BATCH), true)).containsExactly(1, 3, 0, 2);
    }

    private static List<Integer> indexes(Outcome outcome, boolean areRetryable) {
        assertThat(outcome).isInstanceOf(Outcome.Partial.class);
        List<Outcome.Rejection> rejections = ((Outcome.Partial) outcome).rejections();
        assertThat(rejections).allMatch(it -> it.retryable() == areRetryable);
        return rejections.stream().map(Outcome.Rejection::index).toList();
    }
}
