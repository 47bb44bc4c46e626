package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.Exporters;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.faults.Child;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of the pipeline in processes of their own, as far as one JVM can be several. */
class ServeTest {
    private static final int RECORDS = 40;

    @TempDir
    private Path folder;

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    /** Whether the backend refuses everything; set by the test. */
    private volatile boolean isAway;

    private EmbeddedBroker broker;
    private HttpServer backend;

    @BeforeEach
    void start() throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        PipelineTopics.ensure(Map.of("bootstrap.servers", broker.address()));
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher found = Pattern.compile("m-\\d+-").matcher(body);
            while (!isAway && found.find()) {
                received.add(found.group());
            }
            exchange.sendResponseHeaders(isAway ? 503 : 200, -1);
            exchange.close();
        });
        backend.start();
    }

    @AfterEach
    void stop() {
        backend.stop(0);
        broker.close();
    }

    private PipelineProcess exporting() {
        String url = "http://127.0.0.1:" + backend.getAddress().getPort();
        return PipelineProcess.start(new PipelineProcess.Plan(
                folder.resolve("none"),
                broker.address(),
                0,
                0,
                false,
                PipelineSettings.of(
                        List.of("webhook"),
                        Map.of("webhook.url", url, "webhook.interval", "10ms"),
                        Exporters.installed()),
                EnumSet.of(Role.EXPORT)));
    }

    /** In a JVM of its own. */
    private Child exportingElsewhere(String name) throws Exception {
        Path url = Files.writeString(
                folder.resolve(name + ".url"),
                "http://127.0.0.1:" + backend.getAddress().getPort());
        return Child.start(
                folder.resolve(name + ".out"),
                "-Xmx96m",
                Plumb.class,
                List.of(
                        "serve",
                        "--kafka",
                        broker.address(),
                        "--role",
                        "export",
                        "--data",
                        folder.toString(),
                        "--exporter",
                        "hook=webhook",
                        "--set",
                        "hook.url=${file:" + url + "}",
                        "--set",
                        "hook.interval=10ms"),
                "Plumbline serves");
    }

    private PipelineProcess controlling() {
        return PipelineProcess.start(new PipelineProcess.Plan(
                folder,
                broker.address(),
                0,
                0,
                false,
                PipelineSettings.of(List.of(), Map.of()),
                EnumSet.of(Role.CONTROL)));
    }

    private JsonObject hook() {
        List<JsonObject> all =
                JsonObject.parse(plumb("exporters", "--json").out()).objects("exporters");
        return all.isEmpty() ? JsonObject.parse("{}") : all.get(0);
    }

    private Run plumb(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--data");
        all.add(folder.toString());
        return Run.plumb(all.toArray(String[]::new));
    }

    private void send(int from) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = from; i < from + RECORDS; i++) {
                // a probe each, so that each has a group of its own in a message
                producer.send(new ProducerRecord<>(
                                Topics.LOGS, i % 4, null, Otlp.logs("shop", "p" + i, "m-" + i + "-")))
                        .get();
            }
        }
    }

    private static String metrics(PipelineProcess process) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(process.metersUrl()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double delivered(PipelineProcess process) {
        Matcher found = Pattern.compile(
                        "plumbline_exporter_delivered_total\\{exporter=\"webhook\",kind=\"log\"\\} ([0-9.E]+)")
                .matcher(metrics(process));
        return found.find() ? Double.parseDouble(found.group(1)) : -1;
    }

    @Test
    void export_twoProcesses_shareTheWork_andOneTakesOver() throws Exception {
        PipelineProcess first = exporting();
        try (PipelineProcess second = exporting()) {
            send(0);
            Eventually.isTrue(() -> received.size() >= RECORDS);
            Eventually.get(() -> delivered(first) + delivered(second), sum -> sum == RECORDS);
            assertThat(received).doesNotHaveDuplicates();
            assertThat(metrics(first))
                    .contains("plumbline_exporter_lag{exporter=\"webhook\"}", "plumbline_exporter_export_seconds_count")
                    .contains("jvm_memory_used_bytes", "plumbline_exporter_delivering{exporter=\"webhook\"} 1.0");
            first.close();

            send(RECORDS);

            Eventually.isTrue(() -> received.size() >= 2 * RECORDS);
            assertThat(received).doesNotHaveDuplicates();
        }
    }

    @Test
    void exporters_ofOtherProcesses_areSeen_andWhatWaitsCountsOnce() throws Exception {
        isAway = true;
        try (PipelineProcess control = controlling();
                Child first = exportingElsewhere("first");
                Child second = exportingElsewhere("second")) {
            Eventually.get(this::hook, hook -> hook.objects("processes").size() == 2);
            send(0);
            JsonObject stuck = Eventually.get(
                    this::hook,
                    hook -> hook.number("lag") == RECORDS
                            && hook.objects("processes").stream()
                                    .allMatch(process -> process.text("state").equals("retrying")
                                            && process.number("lag") > 0
                                            && process.number("lag") < RECORDS));
            assertThat(stuck.text("state")).isEqualTo("retrying");
            assertThat(stuck.text("lastError")).contains("503");

            second.kill();

            Eventually.get(this::hook, hook -> {
                // less while nobody knows yet what waits in the partitions that move; never counted twice
                assertThat(hook.number("lag")).isLessThanOrEqualTo(RECORDS);
                return hook.number("lag") == RECORDS
                        && hook.objects("processes").stream().anyMatch(process -> process.number("lag") == RECORDS);
            });
            isAway = false;
            Eventually.get(
                    this::hook, hook -> hook.object("delivered").number("log") == RECORDS && hook.number("lag") == 0);
            // what the killed one said last is believed until it is known to be silent
            Eventually.get(this::hook, hook -> hook.text("state").equals("delivering"));
            assertThat(plumb("exporters").out())
                    .containsPattern("EXPORTER +STATE +PROCESSES")
                    .containsPattern("hook +delivering +2(, 1 silent for \\d+s)? +log=" + RECORDS);
            assertThat(plumb("exporters", "--processes").out().lines().filter(line -> line.startsWith("hook")))
                    .hasSize(2);
            assertThat(plumb("probe", "add", "shop.OrderService:42", "--log", "x", "--to", "hook", "--dry-run")
                            .out())
                    .doesNotContain("no exporter called");
            first.stop();
            Eventually.get(this::hook, hook -> hook.objects("processes").size() == 1);
        }
    }

    @Test
    void serve_wrongRoles_areRefusedWithTheRemedy() {
        assertThat(Run.plumb("serve", "--kafka", "k:9092", "--role", "import").err())
                .contains("--role is export, pair or control, or several of them with commas: import");
        assertThat(Run.plumb("serve", "--kafka", "k:9092", "--role", "export").err())
                .contains("--role export needs an exporter, such as --exporter prometheus");
        assertThat(Run.plumb("serve", "--kafka", "k:9092", "--role", "pair", "--exporter", "jaeger")
                        .err())
                .contains("--exporter belongs to --role export; add the role");
        assertThat(Run.plumb("serve", "--role", "pair").code()).isEqualTo(2);
    }
}
