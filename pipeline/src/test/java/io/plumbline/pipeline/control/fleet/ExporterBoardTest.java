package io.plumbline.pipeline.control.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.config.wire.ExporterReport;
import io.plumbline.config.wire.ExportingProcess;
import io.plumbline.config.wire.Topics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ExporterBoardTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final List<ExporterReport> own = new ArrayList<>();
    private final ExporterBoard board = new ExporterBoard(() -> own, Clock.fixed(NOW, ZoneOffset.UTC));

    /** One that has a partition of its own. */
    private static ExporterReport report(String process, String name, String state, long delivered, long lag) {
        return report(process, name, state, delivered, Map.of("otlp_logs-" + process, lag));
    }

    private static ExporterReport report(
            String process, String name, String state, long delivered, Map<String, Long> lag) {
        return new ExporterReport(
                new ExportingProcess(process, process, 7, NOW.minusSeconds(60)),
                name,
                state,
                Map.of("log", delivered),
                Map.of("p", Map.of("log", delivered)),
                1,
                2,
                Map.of("rejected", 3L),
                lag,
                0.5,
                state.equals("delivering") ? "" : "503",
                Map.of("open", "http://" + process));
    }

    private void hear(ExporterReport report, long secondsAgo) {
        hear(report.key(), report.json(), secondsAgo);
    }

    private void hear(String key, String json, long secondsAgo) {
        board.handlers()
                .get(Topics.EXPORTERS)
                .accept(
                        key,
                        new ConsumerRecord<>(
                                Topics.EXPORTERS,
                                0,
                                0,
                                NOW.minusSeconds(secondsAgo).toEpochMilli(),
                                TimestampType.LOG_APPEND_TIME,
                                0,
                                0,
                                key,
                                json,
                                new RecordHeaders(),
                                Optional.empty()));
    }

    @Test
    void processesOfOneInstance_areOneRow_withTheWorstState() {
        hear(report("a", "hook", "delivering", 10, 4), 1);
        hear(report("b", "hook", "retrying", 20, 5), 2);
        hear(report("b", "other", "delivering", 1, 0), 2);

        List<Map<String, Object>> rows = board.maps();

        assertThat(rows).extracting(row -> row.get("name")).containsExactly("hook", "other");
        assertThat(rows.get(0))
                .containsEntry("state", "retrying")
                .containsEntry("delivered", Map.of("log", 30L))
                .containsEntry("deliveredByProbe", Map.of("p", Map.of("log", 30L)))
                .containsEntry("filtered", 2L)
                .containsEntry("retried", 4L)
                .containsEntry("lost", Map.of("rejected", 6L))
                .containsEntry("lag", 9L)
                .containsEntry("perSecond", 1.0)
                .containsEntry("lastError", "b:7: 503")
                .containsEntry("links", Map.of("open", "http://a", "open of b:7", "http://b"));
        assertThat(board.names()).containsExactly("hook", "other");
    }

    @Test
    void silentProcess_isShown_andItsStateIsNot() {
        hear(report("a", "hook", "no-kafka", 10, 4), 15);
        hear(report("b", "hook", "delivering", 20, 9), 14);

        Map<String, Object> row = board.maps().get(0);

        assertThat(row).containsEntry("state", "delivering").containsEntry("delivered", Map.of("log", 30L));
        assertThat((List<?>) row.get("processes"))
                .extracting("silent", "heardMillisAgo")
                .containsExactlyInAnyOrder(tuple(true, 15_000L), tuple(false, 14_000L));
    }

    @Test
    void partitionThatChangedHands_waitsOnce_asTheLaterReportSays() {
        hear(report("killed", "hook", "retrying", 0, Map.of("otlp_logs-0", 20L, "otlp_logs-1", 5L)), 9);
        hear(report("heir", "hook", "retrying", 0, Map.of("otlp_logs-0", 21L, "otlp_logs-2", 7L)), 1);

        assertThat(board.maps().get(0)).containsEntry("lag", 33L);
    }

    @Test
    void onlySilentProcesses_areSilent_andForgottenInTheEnd() {
        hear(report("a", "hook", "delivering", 10, 4), 42);
        assertThat(board.maps().get(0)).containsEntry("state", "silent").containsEntry("lag", 4L);

        hear(report("a", "hook", "delivering", 10, 4), 600);
        assertThat(board.maps()).isEmpty();
        assertThat(board.names()).isEmpty();
    }

    @Test
    void ownProcess_isAsked_andNotCountedTwice() {
        own.add(report("a", "hook", "delivering", 12, Map.of()));
        hear(report("a", "hook", "retrying", 10, 4), 3);

        assertThat(board.maps().get(0))
                .containsEntry("delivered", Map.of("log", 12L))
                .containsEntry("state", "delivering")
                .containsEntry("lag", 0L);
    }

    @Test
    void processThatEnds_leaves_andUnreadableReportsArePassedOver() {
        ExporterReport report = report("a", "hook", "delivering", 10, 4);
        hear(report, 1);
        hear(report.key(), "{\"name\":\"hook\"}", 1);
        hear("x/y", "no JSON", 1);
        assertThat(board.names()).containsExactly("hook");

        hear(report.key(), null, 0);
        assertThat(board.maps()).isEmpty();
    }
}
