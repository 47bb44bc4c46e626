package io.plumbline.pipeline.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.wire.Chosen;
import io.plumbline.config.wire.CodeRequest;
import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.LinesRequest;
import io.plumbline.config.wire.Pauses;
import io.plumbline.config.wire.ProbeCost;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.SiteReport;
import io.plumbline.config.wire.Switch;
import io.plumbline.config.wire.Topics;
import io.plumbline.config.wire.TrialReply;
import io.plumbline.config.wire.TrialRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Does on the wire what an agent does: reports itself, reads definitions, reports on each, emits a signal for each when
 * told to, answers requests. Knows the class {@code shop.OrderService} with line 42; whatever lies elsewhere is pending.
 */
public final class FakeAgent implements AutoCloseable {
    /** What the class was compiled from. */
    public static final String SOURCE = "package shop;\n" + "// one more line\n".repeat(40) + "class OrderService {}\n";

    private final String instance;
    private final String service;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<String, String> consumer;
    private final Map<String, Probe> probes = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "fake-agent");
    private volatile Switch off = Switch.ON;
    private volatile boolean closed;

    private FakeAgent(String kafka, String service) {
        this.service = service;
        this.instance = service + "-1";
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    public static FakeAgent start(String kafka, String service) {
        FakeAgent agent = new FakeAgent(kafka, service);
        TopicPartition probes = new TopicPartition(Topics.PROBES, 0);
        TopicPartition requests = new TopicPartition(Topics.REQUESTS, 0);
        agent.consumer.assign(List.of(probes, requests));
        agent.consumer.seekToBeginning(List.of(probes));
        agent.consumer.seekToEnd(List.of(requests));
        agent.consumer.position(requests);
        agent.report(true);
        agent.thread.setDaemon(true);
        agent.thread.start();
        return agent;
    }

    public String instance() {
        return instance;
    }

    public Map<String, Probe> probes() {
        return probes;
    }

    public Switch off() {
        return off;
    }

    /** Emits one signal for each action of each probe. */
    public void hit() {
        probes.values().forEach(this::hit);
    }

    public void send(String topic, byte[] value) {
        write(new ProducerRecord<>(topic, value));
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        report(false);
        producer.close();
    }

    private void run() {
        try (consumer) {
            Instant next = Instant.now().plus(InstanceReport.HEARTBEAT);
            while (!closed) {
                if (Instant.now().isAfter(next)) {
                    report(true);
                    next = next.plus(InstanceReport.HEARTBEAT);
                }
                consumer.poll(Duration.ofMillis(50)).forEach(this::handle);
            }
        }
    }

    private void handle(ConsumerRecord<String, String> each) {
        if (each.topic().equals(Topics.REQUESTS)) {
            if (TrialRequest.isIn(each.value())) {
                answer(TrialRequest.parse(each.value()));
            } else if (CodeRequest.isIn(each.value())) {
                answer(CodeRequest.parse(each.value()));
            } else {
                answer(LinesRequest.parse(each.value()));
            }
        } else if (each.key().equals(Topics.SWITCH_KEY)) {
            off = Switch.parse(each.value());
        } else if (RolloutStage.isKey(each.key()) || Chosen.isKey(each.key())) {
            // plays an agent that takes every probe at once
        } else if (each.value() == null) {
            probes.remove(each.key());
            put(Topics.STATUS, ProbeReport.key(instance, each.key()), null);
        } else {
            Probe probe = ProbeReader.wire(each.value());
            if (probe.targets().match(labels())) {
                probes.put(probe.id(), probe);
                report(probe);
            }
        }
    }

    private void hit(Probe probe) {
        for (Action action : probe.actions()) {
            if (action instanceof Action.Metric metric) {
                send(Topics.METRICS, Otlp.count(service, probe.id(), metric.name(), 7));
            } else {
                send(Topics.LOGS, Otlp.logs(service, probe.id(), "order 17"));
            }
        }
    }

    private void report(Probe probe) {
        boolean here = probe.location().type().contains("OrderService");
        boolean hasCode = probe.location().line() == 42;
        ProbeState state = !here ? ProbeState.PENDING : hasCode ? ProbeState.INSTALLED : ProbeState.REJECTED;
        String reason = !here
                ? "no class " + probe.location().type() + " is loaded yet"
                : hasCode ? "" : "no code at line " + probe.location().line() + " of shop.OrderService; nearest: 42";
        List<SiteReport> sites = hasCode && here
                ? List.of(new SiteReport("shop.OrderService", "app", "place()V", 0, ProbeState.INSTALLED, ""))
                : List.of();
        put(
                Topics.STATUS,
                ProbeReport.key(instance, probe.id()),
                new ProbeReport(
                                probe.id(),
                                probe.version(),
                                instance,
                                state,
                                reason,
                                sites,
                                0,
                                Map.of(),
                                ProbeCost.NONE,
                                1,
                                1_000,
                                Instant.now())
                        .json());
    }

    /** Has one site for whatever is asked. */
    private void answer(TrialRequest request) {
        TrialReply.TrialSite site = new TrialReply.TrialSite(
                request.probe().location().type(),
                "app",
                "place(Lshop/Order;)V",
                request.probe().location().line(),
                "statement",
                "");
        TrialReply.Part part = new TrialReply.Part(
                "", ProbeState.INSTALLED, "", Map.of(site.type(), "0123456789ab"), List.of(site), List.of("password"));
        put(Topics.REPLIES, request.id(), new TrialReply(request.id(), instance, List.of(part)).json());
    }

    /** Knows one class. */
    private void answer(CodeRequest request) {
        if (request.instance().equals(instance)) {
            put(Topics.REPLIES, request.id(), PlayedCode.answer(request).json());
        }
    }

    private void answer(LinesRequest request) {
        if (!request.instance().equals(instance)) {
            return;
        }
        boolean known = request.type().contains("OrderService");
        List<LinesReply.Line> lines = known
                ? List.of(new LinesReply.Line(
                        "shop.OrderService", "", 42, "place()V", 1, List.of("statement"), List.of("order: shop.Order")))
                : List.of();
        String problem = known ? "" : "no class " + request.type() + " is loaded; let the program use it first";
        put(
                Topics.REPLIES,
                request.id(),
                new LinesReply(request.id(), instance, lines, problem, known ? List.of(source()) : List.of()).json());
    }

    private static LinesReply.Source source() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(SOURCE.getBytes(UTF_8));
            return new LinesReply.Source(
                    "shop/OrderService.java", HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> labels() {
        return new TreeMap<>(Map.of("instance", instance, "service", service, "host", "test", "pid", "4711"));
    }

    private void report(boolean running) {
        Instant now = Instant.now();
        put(
                Topics.INSTANCES,
                instance,
                new InstanceReport(
                                instance,
                                labels(),
                                "0.1",
                                now,
                                now,
                                running,
                                Map.of(),
                                InstanceReport.UNKNOWN,
                                Pauses.NONE,
                                Map.of())
                        .json());
    }

    private void put(String topic, String key, String json) {
        byte[] value = json == null ? null : json.getBytes(UTF_8);
        write(new ProducerRecord<>(topic, key.getBytes(UTF_8), value));
    }

    private void write(ProducerRecord<byte[], byte[]> written) {
        try {
            producer.send(written).get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("Kafka did not take " + written, e);
        }
    }
}
