package io.plumbline.pipeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.config.wire.ExportingProcess;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.signal.OtlpEncoder;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.exporters.signal.SpanSignal;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.support.RecordingExporter;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several instances of one exporter over a real broker. Each test has instances, and reads all that others wrote too. */
final class InstancesTest {
    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;

    private final RecordingExporter first = new RecordingExporter();
    private final RecordingExporter second = new RecordingExporter();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        PipelineTopics.ensure(kafka());
        producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    @Test
    void instances_ofOneExporter_haveGroupsAndCountsOfTheirOwn() throws Exception {
        for (int i = 0; i < 100; i++) {
            second.answering(Outcome.retry("503"));
        }
        send(Topics.LOGS, Otlp.logs("shop", "own", "own-1", "own-2"));
        try (ExporterHost host = host(hosted("own-well", first), hosted("own-sick", second))) {
            Eventually.isTrue(() -> first.all().containsAll(List.of("own-1", "own-2")));
            Eventually.get(() -> host.health().get(1).state(), ExporterHealth.State.RETRYING::equals);
            Eventually.get(() -> host.health().get(0).lag(), lag -> lag == 0);

            assertThat(host.health()).extracting(ExporterHealth::name).containsExactly("own-well", "own-sick");
            assertThat(host.health().get(0).deliveredByProbe().get("own")).containsEntry("log", 2L);
            assertThat(host.health().get(1).deliveredByProbe()).doesNotContainKey("own");
        }

        RecordingExporter well = new RecordingExporter();
        RecordingExporter recovered = new RecordingExporter();
        try (ExporterHost host = host(hosted("own-well", well), hosted("own-sick", recovered))) {
            Eventually.isTrue(() -> recovered.all().containsAll(List.of("own-1", "own-2")));
            assertThat(well.all()).doesNotContain("own-1", "own-2");
            assertThat(host.health()).hasSize(2);
        }
    }

    @Test
    void filteredSignals_arePassedOver_counted_andOffsetsGoOn() throws Exception {
        send(Topics.LOGS, Otlp.logs("shop", "cart-1", "filter-cart-1", "filter-cart-2"));
        send(Topics.LOGS, Otlp.logs("shop", "checkout", "filter-checkout"));
        send(Topics.LOGS, Otlp.logs("billing", "cart-1", "filter-billing"));
        send(Topics.METRICS, Otlp.count("shop", "cart-1", "filter.count", 3));
        send(Topics.LOGS, Otlp.logs("shop", "cart-2", "filter-last"));
        Map<String, String> only =
                Map.of("only.probes", "cart-*", "only.services", "sh*", "only.kinds", "log,snapshot");
        try (ExporterHost host = host(hosted("filtering", first, only), hosted("filtering-not", second))) {
            Eventually.isTrue(() -> first.all().contains("filter-last"));
            Eventually.isTrue(() -> second.all().containsAll(List.of("filter-last", "METRIC")));
            Eventually.get(host::health, health -> settled(health.get(0)) == settled(health.get(1)));

            assertThat(first.all()).contains("filter-cart-1", "filter-cart-2");
            assertThat(first.all()).doesNotContain("filter-checkout", "filter-billing", "METRIC");
            ExporterHealth health = host.health().get(0);
            assertThat(health.filtered()).isGreaterThanOrEqualTo(3);
            assertThat(health.lost()).isEmpty();
            assertThat(host.health().get(1).filtered()).isZero();
            ExportingProcess here = new ExportingProcess("p", "here", 1, Instant.EPOCH);
            assertThat(health.report(here, 0).filtered()).isEqualTo(health.filtered());
        }
        try (ExporterHost host = host(hosted("filtering", new RecordingExporter(), Map.of()))) {
            send(Topics.LOGS, Otlp.logs("shop", "later", "filter-later"));
            Eventually.get(() -> host.health().get(0).deliveredByProbe(), probes -> probes.containsKey("later"));
            assertThat(host.health().get(0).deliveredByProbe()).doesNotContainKey("checkout");
        }
    }

    @Test
    void signalsOfAProbeThatNamesInstances_goToTheseOnly_withoutALabelMore() throws Exception {
        Map<String, String> to = Map.of(SignalAttributes.TO, "to-audit,to-nobody", "kept", "yes");
        send(Topics.LOGS, Otlp.logs(to, "shop", "to", "to-1"));
        send(Topics.METRICS, Otlp.count(to, "shop", "to", "to.count", 1));
        send(Topics.SPANS, Otlp.span(to, "shop", "to-span"));
        send(Topics.LOGS, Otlp.logs("shop", "to", "to-all"));
        try (ExporterHost host = host(hosted("to-audit", first), hosted("to-errors", second))) {
            Eventually.isTrue(() -> second.all().contains("to-all"));
            Eventually.get(() -> ofKinds(first, "kept"), kinds -> kinds.size() == 3);
            Eventually.get(host::health, health -> settled(health.get(0)) == settled(health.get(1)));

            assertThat(first.all()).contains("to-all");
            assertThat(ofKinds(first, SignalAttributes.TO)).isEmpty();
            assertThat(second.all()).doesNotContain("to-1");
            assertThat(ofKinds(second, "kept")).isEmpty();
            assertThat(host.health().get(1).filtered()).isEqualTo(3);
            List<Signal> spans = first.signals().stream()
                    .filter(SpanSignal.class::isInstance)
                    .toList();
            assertThat(new String(OtlpEncoder.spans(spans), UTF_8))
                    .as("also as Jaeger is sent it")
                    .contains("to-span", "kept")
                    .doesNotContain(SignalAttributes.TO);
        }
    }

    @Test
    void redaction_ofAnInstance_isItsOwn() throws Exception {
        Map<String, String> said =
                Map.of("grossSalary", "4711", "note", "file P-123456", "plumbline.where", "P-123456");
        send(Topics.LOGS, Otlp.logs(said, "shop", "redacted", "redacted: 4711 by P-123456"));
        send(Topics.SPANS, Otlp.span(said, "shop", "redacted-span"));
        send(Topics.METRICS, Otlp.count(said, "shop", "redacted", "redacted.count", 1));
        Map<String, String> settings = Map.of(
                "redaction.names", "salary", "redaction.patterns", "\\bP-[0-9]{6}\\b", "only.kinds", "log,span,metric");
        try (ExporterHost host = host(hosted("redacting", first, settings), hosted("redacting-not", second))) {
            Eventually.isTrue(() -> first.all().contains("redacted: *** by ***"));
            Eventually.isTrue(() -> second.all().contains("redacted: 4711 by P-123456"));
            Eventually.get(() -> ofKinds(second, "grossSalary"), kinds -> kinds.size() == 3);
            Eventually.get(host::health, health -> settled(health.get(0)) == settled(health.get(1)));

            assertThat(ofKinds(first, "grossSalary"))
                    .as("a point is passed over")
                    .containsExactlyInAnyOrder(SignalKind.LOG, SignalKind.SPAN);
            assertThat(host.health().get(0).filtered()).isEqualTo(1);
            assertThat(first.signals())
                    .filteredOn(signal -> signal.attributes().containsKey("grossSalary"))
                    .allSatisfy(signal -> assertThat(signal.attributes())
                            .containsEntry("grossSalary", "***")
                            .containsEntry("note", "file ***")
                            .containsEntry("plumbline.where", "***"));
            List<Signal> spans = first.signals().stream()
                    .filter(SpanSignal.class::isInstance)
                    .toList();
            assertThat(new String(OtlpEncoder.spans(spans), UTF_8)).doesNotContain("4711", "P-123456");
        }
    }

    /** The kinds of the signals that have an attribute. */
    private static Set<SignalKind> ofKinds(RecordingExporter exporter, String attribute) {
        return exporter.signals().stream()
                .filter(signal -> signal.attributes().containsKey(attribute))
                .map(Signal::kind)
                .collect(Collectors.toSet());
    }

    private static long settled(ExporterHealth health) {
        return health.filtered()
                + health.delivered().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    private static void send(String topic, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, value)).get(10, TimeUnit.SECONDS);
    }

    private static ExporterHost host(Hosted... hosted) {
        return ExporterHost.start(kafka(), List.of(hosted), PipelineTopics.DEAD_LETTERS, new SimpleMeterRegistry());
    }

    private static Hosted hosted(String name, RecordingExporter exporter) {
        return hosted(name, exporter, Map.of());
    }

    /** @param settings without the instance's name */
    private static Hosted hosted(String name, RecordingExporter exporter, Map<String, String> settings) {
        ExporterFactory factory = RecordingExporter.factory("recording", 100, Set.of(SignalKind.values()), exporter);
        Map<String, String> full = new HashMap<>();
        settings.forEach((key, value) -> full.put(name + "." + key, value));
        Routing routing = Routing.of(ExporterSettings.of(name, full), factory.takes());
        return new Hosted(name, factory, exporter, routing);
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }
}
