package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.plumbline.e2e.programs.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A cluster of three loses the broker that matters most, by kill -9: the active controller, leader of all partitions and
 * coordinator of all groups. What a line says meanwhile has numbers, so that none can go missing unseen.
 *
 * <p>A broker counts as gone after three silent seconds here; {@code -Dbrokers.session=9000} has it as Kafka has it.
 */
class SeveralBrokersTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TICK = TickerProgram.NAME + ":" + TickerProgram.line();
    private static final int SOME = 300;

    @TempDir
    private Path folder;

    @BeforeAll
    static void quiet() {
        // a client says at length that a broker is away
        ((Logger) LoggerFactory.getLogger("org.apache.kafka")).setLevel(Level.ERROR);
    }

    @Test
    void brokerKilled_everyHitArrivesOnce_andProbesAreSetAsBefore() throws Exception {
        Plumb.assumeBuilt();
        try (ThreeBrokers kafka = ThreeBrokers.start(folder.resolve("kafka"));
                BulkBackend backend = new BulkBackend();
                BulkBackend lateBackend = new BulkBackend();
                Jvm ticker = ticker(kafka);
                Plumb plumb = new Plumb(folder).up(exporting("elasticsearch", kafka, backend))) {
            plumb.awaitAgent("ticker", SOON);
            plumb.ok("probe", "add", TICK, "--id", "before", "--log", "~before {number}~", "--per-second", "5000");
            Await.until("signals", SOON, () -> backend.numbers("before"), numbers -> numbers.count() > SOME);
            assertThat(kafka.copies()).containsKeys("otlp_logs", "plumbline_probes", "__consumer_offsets");
            assertThat(kafka.copies().values()).containsOnly(3);
            int chosen = kafka.makeOneLeadAll();
            int last = backend.numbers("before").last();

            kafka.kill(chosen);
            try (Jvm late = plumb.start("late", serving(exporting("late=elasticsearch", kafka, lateBackend)))) {
                plumb.ok("probe", "add", TICK, "--id", "after", "--log", "~after {number}~", "--hits", "100");

                assertThat(kafka.leaders()).doesNotContain(chosen);
                Await.until("a new probe's", SOON, () -> backend.numbers("after"), all -> all.count() == 100);
                Await.until("signals", SOON, () -> backend.numbers("before"), all -> all.last() > last + SOME);
                int ticks = ticks(ticker);
                plumb.ok("probe", "rm", "before");
                Await.until(
                        "each hit",
                        SOON,
                        () -> backend.numbers("before"),
                        all -> all.last() > ticks && all.missing() == 0);
                assertThat(late.isAlive()).as(late.output()).isTrue();
                Await.until(
                        "each hit at who came while there was no leader",
                        SOON,
                        () -> lateBackend.numbers("before"),
                        all -> all.equals(backend.numbers("before")));
            }
        }
    }

    private static String[] exporting(String exporter, ThreeBrokers kafka, BulkBackend backend) {
        String url = exporter.split("=")[0] + ".url=" + backend.url();
        return new String[] {"--kafka", kafka.address(), "--port", "0", "--exporter", exporter, "--set", url};
    }

    private static List<String> serving(String... arguments) {
        return Stream.concat(Stream.of("serve", "--role", "export"), Stream.of(arguments))
                .toList();
    }

    private Jvm ticker(ThreeBrokers kafka) {
        // every hit is a signal: none is sampled
        String budget = ",budget.probe-cpu=100,budget.max-probe-cpu=100,budget.process-cpu=100";
        String agent = "-javaagent:" + Plumb.AGENT + "=kafka='" + kafka.address() + "',service=ticker" + budget;
        return Jvm.start(
                folder,
                "ticker",
                Jdks.current(),
                Map.of(),
                List.of(agent, "-cp", Programs.CLASSES, Ticker.class.getName()));
    }

    /** How many there were, of late. */
    private static int ticks(Jvm ticker) {
        return ticker.output()
                .lines()
                .filter(line -> line.startsWith("ticks"))
                .mapToInt(line -> Integer.parseInt(line.split(" ")[1]))
                .max()
                .orElse(0);
    }
}
