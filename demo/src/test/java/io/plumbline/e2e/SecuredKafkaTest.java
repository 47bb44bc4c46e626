package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.e2e.programs.Ticker;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way over a cluster that is there and lets in by TLS and SASL only. */
class SecuredKafkaTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TICK = TickerProgram.NAME + ":" + TickerProgram.line();

    @TempDir
    private Path folder;

    @Test
    void probe_overTlsAndSasl_isSetAndItsNumbersArrive() throws Exception {
        Plumb.assumeBuilt();
        try (SecuredKafka kafka = SecuredKafka.start(folder.resolve("kafka"));
                Plumb plumb = new Plumb(folder)) {
            String settings = settings(kafka).toString();
            plumb.up("--kafka", kafka.address(), "--port", "0", "--set", "prometheus.port=0", "--settings", settings);
            try (Jvm ticker = ticker(kafka)) {
                plumb.awaitAgent("ticker", SOON);

                assertThat(plumb.ok("probe", "add", TICK, "--id", "ticks", "--count", "ticks")
                                .text())
                        .contains("installed at");

                Scrape scrape = new Scrape(plumb.metricsUrl());
                Await.until("the count", SOON, () -> scrape.sum("ticks_total", ""), sum -> sum > 0);
                assertThat(ticker.output()).doesNotContain("plumb-secret");
            }
        }
    }

    /** Passwords stand in a file for this user's eyes, never on the command line. */
    private Path settings(SecuredKafka kafka) throws Exception {
        Properties settings = new Properties();
        kafka.client().forEach((key, value) -> settings.setProperty("kafka." + key, value));
        Path file = Files.createFile(
                folder.resolve("up.properties"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        return file;
    }

    private Jvm ticker(SecuredKafka kafka) throws Exception {
        Properties client = new Properties();
        client.putAll(kafka.client());
        StringWriter text = new StringWriter();
        client.store(text, null);
        Path file = Files.writeString(folder.resolve("client.properties"), text.toString());
        String agent =
                "-javaagent:" + Plumb.AGENT + "=kafka=" + kafka.address() + ",service=ticker,kafka-config=" + file;
        return Jvm.start(
                folder,
                "ticker",
                Jdks.current(),
                Map.of(),
                List.of(agent, "-cp", Programs.CLASSES, Ticker.class.getName()));
    }
}
