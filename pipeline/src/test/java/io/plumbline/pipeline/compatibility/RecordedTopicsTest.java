package io.plumbline.pipeline.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.signing.Seal;
import io.plumbline.config.signing.SealCheck;
import io.plumbline.config.signing.TrustedKeys;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Exporters;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.signal.Decoded;
import io.plumbline.exporters.signal.MalformedRecordException;
import io.plumbline.exporters.signal.OtlpDecoder;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.exporters.signal.SpanSignal;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.compatibility.RecordedTopics.Entry;
import io.plumbline.pipeline.control.Asking;
import io.plumbline.pipeline.control.ControlPlane;
import io.plumbline.pipeline.control.ControlSettings;
import io.plumbline.pipeline.fleet.SimulatedAgent;
import io.plumbline.pipeline.pairing.Pairer;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Today's control plane, agent, pairing and exporters over the topics as an older version left them. What they make of each record is held against what that
 * version itself said of it, field by field. {@code docs/compatibility.md} has the rules, and how another version is recorded.
 */
class RecordedTopicsTest {
    private static final RecordedTopics THEN = RecordedTopics.read("2026-11-30");

    /** They tell of the moment of asking; and whether this very control plane's key signed, which is another one here. */
    private static final Set<String> MOMENT = Set.of("heardMillisAgo", "signed");

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static ControlPlane control;
    private static Asking api;
    private static JsonNode leasesAtStart;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        PipelineTopics.ensure(kafka());
        THEN.writeTo(kafka());
        ControlSettings settings = ControlSettings.of(Map.of("control.trusted-keys", THEN.key()));
        control = ControlPlane.start(folder, 0, kafka(), List::of, () -> "", settings);
        api = new Asking(control.address());
        leasesAtStart = json(api.get("/leases").body());
    }

    @AfterAll
    static void stop() {
        control.close();
        broker.close();
    }

    @Test
    void record_hasEveryTopicThatThatVersionHad() {
        assertThat(THEN.records().stream().map(Entry::topic).collect(toSet()))
                .contains(
                        Topics.PROBES,
                        Topics.INSTANCES,
                        Topics.STATUS,
                        Topics.EXPORTERS,
                        Topics.REQUESTS,
                        Topics.REPLIES,
                        Topics.POINTS,
                        Topics.TOKENS,
                        Topics.APPROVALS,
                        Topics.LEASES,
                        Topics.AUDIT,
                        Topics.LOGS,
                        Topics.METRICS,
                        Topics.SPANS);
    }

    @Test
    void definitionsAndReports_areReadAsTheyWere() {
        same("probes", "/probes?reports=true", 200, MOMENT);
    }

    @Test
    void instances_areReadAsTheyWere() {
        same("instances", "/instances", 40, MOMENT);
    }

    @Test
    void tokens_areReadAsTheyWere() {
        same("tokens", "/tokens", 20, Set.of("expired"));
    }

    @Test
    void approvals_areReadAsTheyWere() {
        same("approvals", "/approvals?all=true", 10, MOMENT);
    }

    @Test
    void theSwitch_isReadAsItWas() {
        same("switch", "/switch", 2, MOMENT);
    }

    @Test
    void signals_areReadAsTheyWere() {
        for (String probe : List.of("line", "snap", "exception-here")) {
            same("signals-" + probe, "/probes/" + probe + "/signals", 20, MOMENT);
        }
    }

    @Test
    void audit_isReadAsItWas_withItsSignatures() throws IOException {
        List<JsonNode> then = THEN.answer("audit");
        List<JsonNode> now = RecordedTopics.JSON
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(api.get("/audit").body())
                .readAll();

        assertThat(then).hasSizeGreaterThan(10);
        // what this control plane did since stands behind it
        for (int i = 0; i < then.size(); i++) {
            assertThat(Said.differences(then.get(i), now.get(i), Set.of())).isEmpty();
        }
    }

    @Test
    void leases_areReadAsTheyWere() {
        // one that is over is ended, but not before its session could have been heard of
        assertThat(Said.values(THEN.answer("leases").get(0))).isGreaterThanOrEqualTo(4);
        assertThat(Said.differences(THEN.answer("leases").get(0), leasesAtStart, MOMENT))
                .isEmpty();
    }

    @Test
    void agentWithThePinnedKey_takesTheDefinitions() {
        Map<String, JsonNode> definitions = elements(
                        THEN.answer("probes").get(0).at("/probes"))
                .collect(toMap(each -> each.at("/id").asText(), each -> each.at("/definition")));
        try (SimulatedAgent agent =
                SimulatedAgent.start(broker.address(), "agent-1", TrustedKeys.parse("keys", THEN.key()))) {
            for (String id : List.of("snap", "exception-here")) {
                Eventually.isTrue(() -> agent.probing.isSet(id));
                assertThat(Said.differences(definitions.get(id), json(agent.probing.definition(id)), Set.of()))
                        .isEmpty();
            }
            assertThat(agent.probing.isSet("removed")).isFalse();
            assertThat(agent.probing.isSet("line")).as("is for payments").isFalse();
        }
    }

    @Test
    void everyDefinition_isSigned_andReadByTheAgentsReader() {
        SealCheck check = new SealCheck(TrustedKeys.parse("keys", THEN.key()));
        List<Entry> records = THEN.of(Topics.PROBES);
        for (Entry each : records) {
            assertThat(check.state(Topics.PROBES, each.keyText(), each.valueText(), seal(each)))
                    .as(each.keyText())
                    .isEmpty();
            if (each.value() != null && !each.keyText().startsWith("#")) {
                String again = ProbeWriter.json(ProbeReader.wire(each.valueText()));
                assertThat(json(again)).isEqualTo(json(each.valueText()));
            }
        }
        assertThat(records).hasSizeGreaterThanOrEqualTo(9);
    }

    @Test
    void everyReport_isWrittenAgainAsItWas() {
        List<Entry> reports = THEN.of(Topics.STATUS).stream()
                .filter(each -> each.value() != null)
                .toList();
        assertThat(reports).hasSizeGreaterThan(10);
        for (Entry each : reports) {
            assertThat(Said.differences(
                            json(each.valueText()),
                            json(ProbeReport.parse(each.valueText()).json()),
                            Set.of()))
                    .isEmpty();
        }
        for (Entry each : THEN.of(Topics.INSTANCES)) {
            assertThat(Said.differences(
                            json(each.valueText()),
                            json(InstanceReport.parse(each.valueText()).json()),
                            Set.of()))
                    .isEmpty();
        }
    }

    @Test
    void points_arePairedToTheSameSpans() throws Exception {
        List<SpanSignal> then = spans(THEN.of(Topics.SPANS));
        assertThat(then).hasSizeGreaterThan(5);
        long start = System.currentTimeMillis();
        try (Pairer pairer = Pairer.start(kafka())) {
            Map<String, SpanSignal> now = Eventually.get(
                    () -> byId(spans(read(Topics.SPANS).stream()
                            .filter(each -> each.at() >= start)
                            .toList())),
                    all -> all.size() >= then.size());

            for (SpanSignal span : then) {
                SpanSignal same = now.get(span.spanId());
                assertThat(same)
                        .as("span %s of trace %s", span.spanId(), span.traceId())
                        .isNotNull();
                assertThat(same.traceId()).isEqualTo(span.traceId());
                assertThat(same.parentSpanId()).isEqualTo(span.parentSpanId());
                assertThat(same.name()).isEqualTo(span.name());
                assertThat(same.timeUnixNano()).isEqualTo(span.timeUnixNano());
                assertThat(same.endUnixNano()).isEqualTo(span.endUnixNano());
                assertThat(same.attributes()).containsAllEntriesOf(span.attributes());
            }
        }
    }

    @Test
    void metrics_areScrapedAsTheyWere() throws Exception {
        ExporterSettings settings = ExporterSettings.of("prometheus", Map.of("prometheus.port", "0"));
        try (Exporter prometheus = Exporters.installed().get("prometheus").create(settings)) {
            for (Entry each : THEN.of(Topics.METRICS)) {
                assertThat(prometheus.export(decoded(SignalKind.METRIC, each).signals()))
                        .isEqualTo(Outcome.delivered());
            }
            URI page = prometheus.links().values().iterator().next();
            HttpRequest request =
                    HttpRequest.newBuilder(page).header("Accept", "text/plain").build();
            String now = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();

            List<String> then = THEN.metrics()
                    .lines()
                    .filter(line -> !line.startsWith("# HELP"))
                    .toList();
            assertThat(then).hasSizeGreaterThan(20);
            assertThat(now.lines().toList()).containsAll(then);
        }
    }

    @Test
    void fieldsThatALaterVersionAdds_arePassedOver() {
        Entry status = THEN.of(Topics.STATUS).get(0);
        Entry instance = THEN.of(Topics.INSTANCES).get(0);

        assertThat(ProbeReport.parse(later(status.valueText()))).isEqualTo(ProbeReport.parse(status.valueText()));
        assertThat(InstanceReport.parse(later(instance.valueText())))
                .isEqualTo(InstanceReport.parse(instance.valueText()));
    }

    @Test
    void keyThatALaterVersionAddsToADefinition_isRefused_forItMayNarrowWhatIsDone() {
        Entry definition = THEN.of(Topics.PROBES).get(0);
        ObjectNode later = (ObjectNode) json(definition.valueText());
        later.put("only-between", "08:00-18:00");

        assertThatThrownBy(() -> ProbeReader.wire(later.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("unknown key 'only-between' in a probe");
    }

    /** What was answered then must be answered now. */
    private static void same(String file, String path, int leastValues, Set<String> passedOver) {
        JsonNode then = THEN.answer(file).get(0);
        assertThat(Said.values(then)).isGreaterThanOrEqualTo(leastValues);

        JsonNode now = json(api.get(path).body());

        assertThat(Said.differences(then, now, passedOver)).isEmpty();
    }

    /** With a field more in each object, but for those that have keys of people's choice. */
    private static String later(String json) {
        JsonNode report = json(json);
        Stream.concat(Stream.of(report, report.path("cost"), report.path("pauses")), elements(report.path("sites")))
                .filter(JsonNode::isObject)
                .forEach(
                        each -> ((ObjectNode) each).putObject("ofALaterVersion").putArray("more"));
        assertThat(report.has("ofALaterVersion")).isTrue();
        return report.toString();
    }

    private static List<SpanSignal> spans(List<Entry> records) {
        List<SpanSignal> spans = new ArrayList<>();
        records.forEach(
                each -> decoded(SignalKind.SPAN, each).signals().forEach(signal -> spans.add((SpanSignal) signal)));
        return spans;
    }

    private static Map<String, SpanSignal> byId(List<SpanSignal> spans) {
        return spans.stream().collect(toMap(SpanSignal::spanId, span -> span, (first, second) -> second));
    }

    private static Decoded decoded(SignalKind kind, Entry each) {
        try {
            Decoded decoded = OtlpDecoder.decode(kind, each.value());
            assertThat(decoded.refused()).isEmpty();
            return decoded;
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<Seal> seal(Entry each) {
        Map<String, String> headers = each.headers().stream()
                .collect(toMap(header -> header.key(), header -> new String(header.value(), UTF_8)));
        return Seal.of(headers::get);
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        List<JsonNode> all = new ArrayList<>();
        list.forEach(all::add);
        return all.stream();
    }

    private static JsonNode json(String text) {
        try {
            return RecordedTopics.JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    /** All that stands in a topic, by partition. */
    private static List<Entry> read(String topic) {
        List<Entry> found = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(each -> found.add(new Entry(
                                topic, each.partition(), each.timestamp(), each.key(), each.value(), List.of())));
            }
        }
        return found;
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }
}
