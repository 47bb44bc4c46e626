package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processes of a soak: a broker, the pipeline, the demo's two services, its load and a program that counts by itself; and two backends. */
final class SoakCast implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(120);

    private static final Path DEMO = Path.of("target/classes").toAbsolutePath();

    final BulkBackend logs = new BulkBackend();
    final OtlpReceiver spans = new OtlpReceiver();
    final Plumb plumb;
    private final Path folder;
    private final Path settings;
    private final int kafkaPort = Jvm.freePort();
    private final int controlPort = Jvm.freePort();
    private final int metricsPort = Jvm.freePort();

    private Jvm broker;
    private Jvm ticker;
    private Jvm payments;
    private Jvm shop;
    private Jvm load;

    private SoakCast(Path folder) throws Exception {
        this.folder = folder;
        this.plumb = new Plumb(folder);
        this.settings = Files.writeString(folder.resolve("broker.properties"), brokerSettings());
    }

    static SoakCast start(Path folder) throws Exception {
        SoakCast cast = new SoakCast(folder);
        try {
            KafkaJvm.format(folder, cast.settings);
            cast.startBroker();
            cast.startPipeline();
            cast.ticker = cast.program("ticker", List.of(), List.of(Programs.CLASSES, TickerProgram.NAME));
            cast.payments = cast.service("payments", "payments.PaymentsMain");
            cast.shop = cast.service(
                    "shop", "shop.ShopMain", "--payments", SpanStage.said(cast.payments, "listening on (\\S+)"));
            for (String service : List.of("ticker", "payments", "shop")) {
                cast.plumb.awaitAgent(service, SOON);
            }
            return cast;
        } catch (Exception | AssertionError e) {
            cast.close();
            throw e;
        }
    }

    private String brokerSettings() throws IOException {
        int controller = Jvm.freePort();
        String address = "PLAINTEXT://" + kafka();
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "listeners=" + address + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners=" + address,
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                "log.dirs=" + folder.resolve("kafka"),
                "log.cleaner.dedupe.buffer.size=4194304",
                "auto.create.topics.enable=false",
                "offsets.topic.num.partitions=4",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "");
    }

    private String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    private Jvm service(String name, String main, String... arguments) {
        List<String> run = new ArrayList<>(List.of(DEMO.toString(), "io.plumbline.demo." + main));
        run.addAll(List.of(arguments));
        return program(name, SpanStage.traced(name), run);
    }

    /**
     * Starts a program as in production, with the second compiler. All probes together may cost more than usual, so that those that stay
     * are not sampled because of those that come and go.
     *
     * @param run class path, class and arguments
     */
    private Jvm program(String name, List<String> options, List<String> run) {
        List<String> command = new ArrayList<>(options);
        command.add("-javaagent:" + Plumb.AGENT + "=kafka=" + kafka() + ",service=" + name);
        command.addAll(List.of("-Dplumbline.budget.process-cpu=30%", "-XX:TieredStopAtLevel=4", "-Xmx192m", "-cp"));
        command.addAll(run);
        return Jvm.start(folder, name, Jdks.current(), Map.of(), command);
    }

    /** Starts the demo's load, which ends by itself. */
    void startLoad(Duration length) {
        load = Jvm.start(
                folder,
                "load",
                Jdks.current(),
                Map.of(),
                List.of(
                        "-Xmx128m",
                        "-cp",
                        DEMO.toString(),
                        "io.plumbline.demo.load.LoadMain",
                        "--shop",
                        SpanStage.said(shop, "listening on (\\S+)"),
                        "--rate",
                        "20",
                        "--seconds",
                        String.valueOf(length.toSeconds())));
    }

    /** Waits for the load's end; how many orders it says were accepted. */
    long awaitOrders() throws InterruptedException {
        load.exitCode(SOON);
        return Long.parseLong(SpanStage.said(load, "(\\d+) accepted"));
    }

    void startBroker() throws IOException {
        broker = KafkaJvm.broker(folder, "broker", settings);
        KafkaJvm.awaitServing(broker);
    }

    void startPipeline() {
        plumb.up(
                "--kafka",
                kafka(),
                "--port",
                String.valueOf(controlPort),
                "--exporter",
                "prometheus",
                "--exporter",
                "elasticsearch",
                "--exporter",
                "jaeger",
                "--set",
                "prometheus.port=" + metricsPort,
                "--set",
                "elasticsearch.url=" + logs.url(),
                "--set",
                "jaeger.url=" + spans.url());
    }

    Jvm broker() {
        return broker;
    }

    Jvm ticker() {
        return ticker;
    }

    /** Those whose growth would be ours. */
    Map<String, Jvm> watched() {
        Map<String, Jvm> all = new LinkedHashMap<>();
        all.put("pipeline", plumb.upProcess());
        all.put("shop", shop);
        all.put("payments", payments);
        all.put("ticker", ticker);
        return all;
    }

    @Override
    public void close() throws Exception {
        for (Jvm each : new Jvm[] {load, shop, payments, ticker}) {
            if (each != null) {
                each.close();
            }
        }
        plumb.close();
        if (broker != null) {
            broker.kill();
        }
        logs.close();
        spans.close();
    }
}
