package io.plumbline.pipeline.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One fault with one exporter: numbered signals through Kafka to the backend, and what arrived of them. */
final class Cell {
    private static final int A_RECORD = 5;
    private static final long SPREAD_MILLIS = 3_000;
    private static final long DEADLINE_SECONDS = 150;
    private static final long QUIET_MILLIS = 1_500;
    private static final long FREEZE_SECONDS = 15;

    private final Stage stage;
    private final Fault fault;
    private final Dialect dialect;
    private final Endpoint backend;

    /** Numbers that Kafka has taken. */
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

    /** Set by the backend's thread, too. */
    private volatile Child host;

    private final List<Child> others = new ArrayList<>();

    /**
     * What came of it.
     *
     * @param sent signals that Kafka had taken
     * @param refused by the backend for good
     * @param buried signals among the dead letters, poison too
     * @param lost neither there nor refused
     * @param twice that the backend has more than once and does not know
     */
    record Result(
            int sent, int refused, int buried, int lost, int twice, int poison, boolean outlived, double seconds) {
        boolean isRight(Dialect dialect) {
            return lost == 0 && buried == refused + poison && outlived && (!dialect.knowsIds || twice == 0);
        }

        @Override
        public String toString() {
            return sent + " sent, " + (lost == 0 ? "none lost" : "**" + lost + " lost**")
                    + (refused == 0 ? "" : ", " + refused + " refused")
                    + (buried == refused + poison ? "" : ", **" + buried + " dead letters**")
                    + (twice == 0 ? "" : ", " + twice + " twice")
                    + (outlived ? "" : ", **the process died**");
        }
    }

    Cell(Stage stage, Fault fault, Dialect dialect, Endpoint backend) {
        this.stage = stage;
        this.fault = fault;
        this.dialect = dialect;
        this.backend = backend;
    }

    Result run() throws Exception {
        long start = System.nanoTime();
        long letters = stage.letters(dialect.exporter());
        stage.passOver(dialect);
        backend.begin(fault.trouble(this));
        startHost();
        boolean outlived;
        Map<Integer, Integer> taken;
        try {
            send();
            await();
            outlived = host.isAlive();
            taken = backend.taken();
            host.stop();
        } finally {
            host.close();
            others.forEach(Child::close);
        }
        Set<Integer> lost = new HashSet<>(acknowledged);
        lost.removeAll(taken.keySet());
        lost.removeAll(backend.refused());
        int twice = dialect.knowsIds
                ? 0
                : taken.values().stream().mapToInt(times -> times - 1).sum();
        return new Result(
                acknowledged.size(),
                backend.refused().size(),
                (int) (stage.letters(dialect.exporter()) - letters),
                lost.size(),
                twice,
                fault.poison(),
                outlived,
                (System.nanoTime() - start) / 1e9);
    }

    private void startHost() throws Exception {
        host = stage.host(dialect, backend.url());
        backend.exportingIs(host);
    }

    private void send() throws Exception {
        int signals = fault.signals(dialect);
        int records = signals / A_RECORD;
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stage.kafka(), "linger.ms", 5, "delivery.timeout.ms", 120_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                if (i == records / 3) {
                    producer.flush();
                    fault.inTheMiddle(this);
                }
                if (i < fault.poison()) {
                    producer.send(new ProducerRecord<>(dialect.topic, ("poison " + i).getBytes(UTF_8)));
                }
                send(producer, i);
                if (i % 10 == 0) {
                    TimeUnit.MILLISECONDS.sleep(SPREAD_MILLIS * 10 / records);
                }
            }
        }
    }

    private void send(Producer<byte[], byte[]> producer, int record) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < A_RECORD; i++) {
            numbers.add(stage.base() + record * A_RECORD + i);
        }
        producer.send(new ProducerRecord<>(dialect.topic, dialect.record(numbers, fault.bytes())), (metadata, e) -> {
            if (e == null) {
                acknowledged.addAll(numbers);
            }
        });
    }

    /** Until all is there, and a moment longer, in which something may come twice. */
    private void await() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (System.nanoTime() < deadline) {
            Set<Integer> missing = new HashSet<>(acknowledged);
            missing.removeAll(backend.taken().keySet());
            missing.removeAll(backend.refused());
            if (missing.isEmpty()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
    }

    // what faults do

    boolean isScraped() {
        return dialect.isScraped();
    }

    /** Ends the exporting process without a word and starts another. Called by the backend, or in the middle. */
    void replaceHost() {
        try {
            host.kill();
            startHost();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void joinAndLeave() throws Exception {
        Child second = stage.host(dialect, backend.url());
        others.add(second);
        TimeUnit.SECONDS.sleep(2);
        second.stop();
    }

    void replaceBroker(boolean kill) throws Exception {
        stage.replaceBroker(kill);
    }

    void freezeBroker() throws Exception {
        stage.broker().signal("STOP");
        TimeUnit.SECONDS.sleep(FREEZE_SECONDS);
        stage.broker().signal("CONT");
    }
}
