package io.plumbline.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.stream.ExporterHost;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Log signals from a probed line through broker and exporter host to a backend that forgets them, all in this JVM: how many a second
 * arrive without a loss, what each stage uses of the processor, how long they take. Writes {@code THROUGHPUT.md}.
 */
final class Throughput {
    private static final int[] RATES = {
        25_000, 50_000, 75_000, 100_000, 125_000, 150_000, 175_000, 200_000, 250_000, 300_000
    };
    /** The agent's own, and one for who wants so many records. */
    private static final int[] BUFFERS = {4_096, 16_384};

    private static final double[] SHARES = {0.01, 0.5, 1};
    private static final long SECONDS = 8;
    private static final long CATCH_UP_MILLIS = 2_000;
    private static final int MAX_SAMPLES = 200_000;

    /** Threads by the beginning of their names, and the stage that they are. */
    private static final Map<String, String> STAGES = stages();

    private final EmbeddedBroker broker;
    private final Path data;
    private final Forgetful backend = new Forgetful();

    /** What one rate came to. */
    private record Round(
            int rate, long sent, long arrived, Map<String, Double> microsByStage, double bytes, long[] micros) {
        boolean isWhole() {
            return arrived == sent;
        }
    }

    /** Takes everything; keeps how long some of it took. */
    private static final class Forgetful implements Exporter {
        private final long[] samples = new long[MAX_SAMPLES];

        /** Set by the host's thread. */
        private volatile long arrived;

        private volatile int taken;

        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
        public Outcome export(List<Signal> batch) {
            long now = System.currentTimeMillis() * 1_000;
            for (Signal signal : batch) {
                if (signal instanceof LogSignal log && taken < MAX_SAMPLES) {
                    samples[taken] = now - log.bestTimeUnixNano() / 1_000;
                    taken++;
                }
            }
            arrived += batch.size();
            return Outcome.delivered();
        }

        void begin() {
            arrived = 0;
            taken = 0;
        }

        long[] sorted() {
            long[] all = Arrays.copyOf(samples, taken);
            Arrays.sort(all);
            return all;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private Throughput(EmbeddedBroker broker, Path data) {
        this.broker = broker;
        this.data = data;
    }

    private static Map<String, String> stages() {
        Map<String, String> stages = new LinkedHashMap<>();
        stages.put("main", "the probed line");
        stages.put("plumbline-send", "agent: encoding");
        stages.put("kafka-producer-network-thread", "agent: Kafka's client");
        stages.put("data-plane-kafka", "broker");
        stages.put("exporter-forgetful-poll", "exporter host: reading");
        stages.put("exporter-forgetful-export", "exporter host: decoding, delivery");
        return stages;
    }

    /** The page's path. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("throughput");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            PipelineTopics.ensure(Map.of("bootstrap.servers", broker.address()));
            new Throughput(broker, folder).run(Path.of(args[0]));
        }
        System.exit(0); // Kafka's threads are no daemons
    }

    private void run(Path page) throws Exception {
        ExporterHost host = ExporterHost.start(
                Map.of("bootstrap.servers", broker.address()),
                List.of(new Hosted(factory(backend), backend)),
                PipelineTopics.DEAD_LETTERS,
                new SimpleMeterRegistry());
        try {
            StringBuilder sections = new StringBuilder();
            for (int buffer : BUFFERS) {
                sections.append(measured(buffer));
            }
            Files.writeString(page, ThroughputText.of(facts(), sections.toString()));
        } finally {
            host.close();
        }
    }

    private String measured(int buffer) throws Exception {
        try (ProbedShop shop = new ProbedShop(
                Question.LOG,
                Question.LOG.budgets().withBuffer(buffer),
                capture -> new KafkaSending(capture, broker.address()))) {
            round(shop, 50_000); // warms up
            List<Round> rounds = new ArrayList<>();
            for (int rate : RATES) {
                Round round = round(shop, rate);
                System.out.println(
                        buffer + " records waiting, " + rate + " a second: " + round.arrived() + " of " + round.sent());
                if (!round.isWhole()) {
                    break;
                }
                rounds.add(round);
            }
            int most = rounds.get(rounds.size() - 1).rate();
            List<Round> latencies = new ArrayList<>();
            for (double share : SHARES) {
                latencies.add(round(shop, Math.max(1, (int) (most * share))));
            }
            return ThroughputText.section(
                    buffer,
                    rounds.stream().map(Throughput::line).toList(),
                    stageLines(rounds.get(rounds.size() - 1)),
                    latencies.stream().map(Throughput::latency).toList());
        }
    }

    private Round round(ProbedShop shop, int rate) throws InterruptedException {
        await(shop, CATCH_UP_MILLIS);
        backend.begin();
        long hitsBefore = shop.hits();
        long bytesBefore = bytes();
        Map<String, Long> cpuBefore = cpu();
        hit(shop, rate);
        long sent = shop.hits() - hitsBefore;
        Map<String, Long> cpuAfter = cpu();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CATCH_UP_MILLIS);
        while (backend.arrived < sent && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        Map<String, Double> micros = new LinkedHashMap<>();
        cpuAfter.forEach((stage, nanos) ->
                micros.put(stage, (nanos - cpuBefore.getOrDefault(stage, 0L)) / 1e3 / Math.max(1, sent)));
        return new Round(
                rate,
                sent,
                backend.arrived,
                micros,
                (bytes() - bytesBefore) / (double) Math.max(1, sent),
                backend.sorted());
    }

    private void await(ProbedShop shop, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (shop.waitingLogs() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        TimeUnit.MILLISECONDS.sleep(500);
    }

    /** Hits in small bursts, so many a second. */
    private static void hit(ProbedShop shop, int rate) {
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(SECONDS);
        long done = 0;
        for (long now = start; now < end; now = System.nanoTime()) {
            long due = (long) ((now - start) / 1e9 * rate);
            for (; done < due; done++) {
                shop.hit(done);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Map<String, Long> cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Long> nanos = new LinkedHashMap<>();
        STAGES.values().forEach(stage -> nanos.put(stage, 0L));
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                STAGES.forEach((name, stage) -> {
                    if (thread.getThreadName().startsWith(name)) {
                        nanos.merge(stage, Math.max(0, threads.getThreadCpuTime(thread.getThreadId())), Long::sum);
                    }
                });
            }
        }
        return nanos;
    }

    /** What the topic of logs takes on disk: what went over the wire, as the broker keeps it as it came. */
    private long bytes() {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(
                            file -> file.getParent().getFileName().toString().startsWith(Topics.LOGS + "-"))
                    .filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("commit", Machine.commit());
        facts.put("date", LocalDate.now().toString());
        facts.put("machine", Machine.describe() + ", load at the end " + Machine.load());
        facts.put("JDK", Machine.jdk());
        return facts;
    }

    private static String line(Round round) {
        double all = round.microsByStage().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        return String.format(Locale.ROOT, "| %,d | %.2f | %.0f |", round.rate(), all, round.bytes());
    }

    private static List<String> stageLines(Round round) {
        List<String> lines = new ArrayList<>();
        round.microsByStage()
                .forEach((stage, micros) -> lines.add(String.format(Locale.ROOT, "| %s | %.2f |", stage, micros)));
        return lines;
    }

    private static String latency(Round round) {
        long[] sorted = round.micros();
        return String.format(
                Locale.ROOT,
                "| %,d | %.0f | %.0f | %.0f |",
                round.rate(),
                at(sorted, 0.5) / 1e3,
                at(sorted, 0.99) / 1e3,
                at(sorted, 1) / 1e3);
    }

    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
    }

    private static ExporterFactory factory(Exporter exporter) {
        return new ExporterFactory() {
            @Override
            public String name() {
                return "forgetful";
            }

            @Override
            public Set<SignalKind> takes() {
                return Set.of(SignalKind.LOG);
            }

            @Override
            public BatchLimits limits() {
                return new BatchLimits(5_000, 5_000_000);
            }

            @Override
            public Exporter create(ExporterSettings settings) {
                return exporter;
            }
        };
    }
}
