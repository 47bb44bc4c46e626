package io.plumbline.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.config.wire.DeadLetter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.Outcome.Rejection;
import io.plumbline.exporters.signal.MalformedRecordException;
import io.plumbline.exporters.signal.OtlpDecoder;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.pipeline.stream.ExporterHealth.State;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.support.RecordingExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What the host does with each kind of outcome, without Kafka and without waiting. */
final class DeliveryTest {
    private final RecordingExporter exporter = new RecordingExporter();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<State> statesWhilePausing = new ArrayList<>();
    private final List<String> letters = new ArrayList<>();
    private final List<Boolean> refusals = new ArrayList<>();
    private final DeliveryCounts counts = new DeliveryCounts("test", new SimpleMeterRegistry());
    private final Delivery delivery = new Delivery(
            exporter,
            losses -> losses.forEach(loss -> letters.add(
                    loss.origin().offset() + ":" + loss.item().orElseThrow().index() + ":" + loss.reason())),
            counts,
            new Backoff(() -> 0),
            duration -> {
                pauses.add(duration);
                statesWhilePausing.add(health().state());
            },
            (startNanos, nanos, isRefused) -> refusals.add(isRefused));

    @Test
    void delivered_isCountedByKindAndProbe() throws Exception {
        delivery.deliver(items("a", "b"));

        assertThat(exporter.batches()).containsExactly(List.of("a", "b"));
        assertThat(health().delivered()).containsEntry("log", 2L);
        assertThat(health().deliveredByProbe()).containsEntry("p", Map.of("log", 2L, "metric", 0L, "span", 0L));
    }

    @Test
    void retry_waitsLongerEachTime_andHonoursWhatTheBackendAsked() throws Exception {
        exporter.answering(
                Outcome.retry("503"),
                Outcome.retry("503"),
                new Outcome.Retry("429", Optional.of(Duration.ofSeconds(90))));

        delivery.deliver(items("a", "b"));

        assertThat(exporter.batches()).hasSize(4).allMatch(List.of("a", "b")::equals);
        assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(90));
        assertThat(statesWhilePausing).containsOnly(State.RETRYING);
        assertThat(health().retried()).isEqualTo(6);
        assertThat(refusals).containsExactly(true, true, true, false);
        assertThat(health().state()).isEqualTo(State.DELIVERING);
        assertThat(letters).isEmpty();
    }

    @Test
    void unauthorized_pausesAndTriesSlowly() throws Exception {
        exporter.answering(new Outcome.Unauthorized("401"), new Outcome.Unauthorized("401"));

        delivery.deliver(items("a"));

        assertThat(pauses).containsExactly(Backoff.UNAUTHORIZED, Backoff.UNAUTHORIZED);
        assertThat(statesWhilePausing).containsOnly(State.UNAUTHORIZED);
        assertThat(health().lost()).isEmpty();
    }

    @Test
    void tooLarge_isSplitDownToTheOneThatIs() throws Exception {
        for (int i = 0; i < 7; i++) {
            exporter.answeringBy(batch -> batch.contains("huge") ? new Outcome.TooLarge("413") : Outcome.delivered());
        }

        delivery.deliver(items("a", "b", "huge", "d"));

        assertThat(health().delivered()).containsEntry("log", 3L);
        assertThat(health().lost()).containsExactly(Map.entry("too-large", 1L));
        assertThat(letters).containsExactly("7:2:413");
        assertThat(pauses).isEmpty();
    }

    @Test
    void partial_repeatsTheRetryable_andBuriesTheRest() throws Exception {
        exporter.answering(
                Outcome.of(List.of(Rejection.last(0, "mapping"), Rejection.retryable(2, "busy"))),
                Outcome.of(List.of(Rejection.retryable(0, "busy"))));

        delivery.deliver(items("bad", "good", "slow"));

        assertThat(exporter.batches())
                .containsExactly(List.of("bad", "good", "slow"), List.of("slow"), List.of("slow"));
        assertThat(letters).containsExactly("7:0:mapping");
        assertThat(health().delivered()).containsEntry("log", 2L);
        assertThat(health().lost()).containsExactly(Map.entry("rejected", 1L));
    }

    @Test
    void rejected_buriesAll_withOneLetterForEachSignal() throws Exception {
        exporter.answering(new Outcome.Rejected("400"));

        delivery.deliver(items("a", "b"));

        assertThat(letters).containsExactly("7:0:400", "7:1:400");
        assertThat(health().lost()).containsExactly(Map.entry("rejected", 2L));
        assertThat(health().lastError()).isEqualTo("400");
    }

    @Test
    void defectOfTheExporter_isTriedAgain_thenIsolated() throws Exception {
        for (int i = 0; i < 20; i++) {
            exporter.answeringBy(batch -> {
                if (batch.contains("poison")) {
                    throw new IllegalStateException("poison");
                }
                return Outcome.delivered();
            });
        }

        delivery.deliver(items("a", "poison", "c"));

        assertThat(health().delivered()).containsEntry("log", 2L);
        assertThat(health().lost()).containsExactly(Map.entry("defect", 1L));
    }

    @Test
    void rejectionOutsideTheBatch_isADefect_notALoss() throws Exception {
        exporter.answering(Outcome.of(List.of(Rejection.last(5, "?"))));

        delivery.deliver(items("a"));

        assertThat(exporter.batches()).containsExactly(List.of("a"), List.of("a"));
        assertThat(health().delivered()).containsEntry("log", 1L);
    }

    @Test
    void causesOfDeadLetters_areWhatTheWireSays() {
        assertThat(Arrays.stream(LossCause.values())
                        .filter(cause -> cause != LossCause.UNSUPPORTED)
                        .map(LossCause::word))
                .containsExactlyInAnyOrderElementsOf(DeadLetter.CAUSES);
    }

    private ExporterHealth health() {
        return counts.health(Map.of());
    }

    private static List<Item> items(String... bodies) throws MalformedRecordException {
        byte[] value = Otlp.logs("shop", "p", bodies);
        ConsumerRecord<byte[], byte[]> origin = new ConsumerRecord<>("otlp_logs", 0, 7, null, value);
        List<Signal> signals = OtlpDecoder.decode(SignalKind.LOG, value).signals();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < signals.size(); i++) {
            items.add(new Item(signals.get(i), origin, i));
        }
        return items;
    }
}
