package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent whose Kafka is away: the program must not notice, and what it loses must be counted. */
class KafkaAwayTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TICK = TickerProgram.NAME + ":" + TickerProgram.line();

    /** Far above what a hit costs on a busy machine, far below any time-out of a Kafka client. */
    private static final long BLOCKED_MICROS = 250_000;

    @TempDir
    private Path folder;

    @BeforeEach
    void built() {
        Plumb.assumeBuilt();
    }

    @Test
    void start_kafkaUnreachable_isQuietAndConnectsLater() throws Exception {
        int port = Jvm.freePort();
        try (Plumb plumb = new Plumb(folder);
                Jvm ticker = ticker(port)) {
            Await.until("ticks", SOON, ticker::output, text -> text.contains("ticks 3000"));
            assertThat(ticker.output()).doesNotContainIgnoringCase("kafka").doesNotContain("plumbline", "WARN");

            plumb.up("--kafka-port", String.valueOf(port), "--port", "0", "--set", "prometheus.port=0");
            plumb.awaitAgent("ticker", SOON);
            plumb.ok("probe", "add", TICK, "--id", "ticks", "--count", "ticks");

            Scrape scrape = new Scrape(plumb.metricsUrl());
            Await.until("the count", SOON, () -> scrape.sum("ticks_total", ""), sum -> sum > 100);
        }
    }

    @Test
    void outage_losesOnlyWhatIsCounted_andEndsByItself() throws Exception {
        int port = Jvm.freePort();
        try (Plumb plumb = new Plumb(folder);
                Jvm ticker = ticker(port)) {
            String[] up = {"--kafka-port", String.valueOf(port), "--port", "0", "--set", "prometheus.port=0"};
            plumb.up(up);
            plumb.awaitAgent("ticker", SOON);
            // a record is about 8 kB, so that the buffer of 8 MB is full after a thousand ticks
            String fat = "{\"" + "x".repeat(1_000) + "\"}";
            plumb.ok("probe", "add", TICK, "--id", "fat", "--log", fat.repeat(7), "--cpu", "5%");
            plumb.ok("probe", "add", TICK, "--id", "ticks", "--count", "ticks");
            plumb.killUp();

            int before = ticks(ticker);
            Await.until("ticks without Kafka", SOON, () -> ticks(ticker), now -> now > before + 6_000);
            plumb.up(up);

            // the probes are there again by themselves, the counter has missed nothing, the losses are told
            Scrape scrape = new Scrape(plumb.metricsUrl());
            Await.until("the count", SOON, () -> scrape.sum("ticks_total", ""), sum -> sum > before + 5_000);
            JsonNode agents = Await.until(
                    "losses",
                    SOON,
                    () -> plumb.run("agents", "--json").json(),
                    found -> found.toString().contains("kafka-away"));
            assertThat(agents.toString()).contains("ticker");
            assertThat(longestMicros(ticker)).isLessThan(BLOCKED_MICROS);
        }
    }

    private Jvm ticker(int kafkaPort) {
        return TickerProgram.start(folder, Jdks.current(), "127.0.0.1:" + kafkaPort);
    }

    private static int ticks(Jvm ticker) {
        String[] lines =
                ticker.output().lines().filter(line -> line.startsWith("ticks")).toArray(String[]::new);
        return lines.length == 0 ? 0 : Integer.parseInt(lines[lines.length - 1].split(" ")[1]);
    }

    /** But for the first seconds, in which classes load and probes are woven. */
    private static long longestMicros(Jvm ticker) {
        return ticker.output()
                .lines()
                .filter(line -> line.startsWith("ticks"))
                .skip(4)
                .mapToLong(line -> Long.parseLong(line.split(" ")[3]))
                .max()
                .orElse(0);
    }
}
