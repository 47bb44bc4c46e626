package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person gets to read who makes a mistake; and that the mistake changes nothing that runs. */
class BadInputTest {
    private static final String TICKER = TickerProgram.NAME;

    @TempDir
    private static Path folder;

    private static Plumb plumb;
    private static Jvm ticker;

    @BeforeAll
    static void start() throws Exception {
        Plumb.assumeBuilt();
        plumb = new Plumb(folder).up("--kafka-port", "0", "--port", "0", "--set", "prometheus.port=0");
        ticker = TickerProgram.start(folder, Jdks.current(), plumb.kafka());
        plumb.awaitAgent("ticker", Duration.ofSeconds(60));
        plumb.ok("probe", "add", TICKER + ":" + line(), "--id", "good", "--count", "good.ticks");
    }

    @AfterAll
    static void stop() throws Exception {
        if (plumb != null) {
            ticker.close();
            plumb.close();
        }
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
                    Tickre       | 38 | x                  | no class Tickre is loaded in this program; the probe waits for it; loaded and of a like name: io.plumbline.e2e.programs.Ticker
                    Ticker       | 1  | x                  | no code at line 1 of io.plumbline.e2e.programs.Ticker; nearest:
                    Ticker       | L  | {nmber}            | column 1: no variable 'nmber' here; did you mean 'number'?
                    Ticker       | L  | {number + }        | column 11: the expression ends too early
                    Ticker       | L  | {number = 1}       | '=' would assign
                    Ticker       | L  | {number && true}   | '&&' needs true or false on each side; this is int
                    Ticker       | L  | {this.tick(1)}     | not called: Ticker.tick() gives no value
                    Ticker       | L  | {sum.total}        | long has no fields
                    """)
    void add_mistake_isExplained(String type, String line, String template, String says) throws Exception {
        Plumb.Said said = plumb.run(
                "probe",
                "add",
                type + ":" + line.replace("L", String.valueOf(line())),
                "--id",
                "bad",
                "--log",
                template);

        assertThat(said.text().replaceAll("\\s+", " ")).contains(says);
        assertThat(said.code()).isIn(0, 1, 2);
        plumb.run("probe", "rm", "bad");
        goodProbeGoesOn();
    }

    /** The same words before as after, and nothing is set. */
    @Test
    void dryRun_asksTheRunningProgram() throws Exception {
        String at = TICKER + ":" + line();
        Plumb.Said fits = plumb.ok(
                "count",
                at,
                "dry.ticks",
                "--label",
                "even=number % 2 == 0",
                "--on",
                "service=ticker,other",
                "--dry-run",
                "--measure",
                "2s");
        assertThat(fits.text())
                .contains("would be created", "means 1 instance: ticker", "would be installed at 1 site")
                .contains("Ticker.tick(int) line " + line() + ", statement")
                .contains("dry.ticks had 2 label combinations in 2 s")
                .containsPattern("measured on ticker\\S*: \\d{2,3}(\\.\\d)? hits a second");

        Plumb.Said wrong = plumb.run("log", at, "{nmber}", "--dry-run");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.text().replaceAll("\\s+", " "))
                .contains(
                        "would be rejected: in the template, column 1: no variable 'nmber' here; did you mean 'number'?");
        assertThat(plumb.run("log", TICKER + ":1", "x", "--dry-run").text())
                .contains("would be rejected: no code at line 1", "nearest:");
        assertThat(plumb.run("log", "Nowhere:1", "x", "--dry-run").text())
                .contains("would wait: no class Nowhere is loaded");

        assertThat(plumb.ok("probe", "list").text()).contains("good").doesNotContain("dry.ticks", "measuring");
        goodProbeGoesOn();
    }

    @Test
    void add_anotherSource_isSaidBeforeTheProbeIsSet() throws Exception {
        Path other = folder.resolve("Ticker.java");
        Files.writeString(other, "\n".repeat(5) + "class Ticker {}\n");

        Plumb.Said said = plumb.run(
                "probe", "add", TICKER + ":" + line(), "--id", "bad", "--log", "x", "--source", other.toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text().replaceAll("\\s+", " "))
                .contains(
                        "Ticker.java is not what runs: the class has code at line",
                        "--force sets the probe all the same");
        assertThat(plumb.run("probe", "show", "bad").code()).isEqualTo(1);
        Path same = Path.of("src/test/java/io/plumbline/e2e/programs/Ticker.java");
        plumb.ok("lines", TICKER, "--source", same.toString());
        goodProbeGoesOn();
    }

    @Test
    void apply_unknownKey_isRefusedWithItsLine() throws Exception {
        Path file = folder.resolve("probes.yaml");
        Files.writeString(file, "id: bad\nat: Ticker:1\nlog:\n  tempalte: x\n");

        Plumb.Said said = plumb.run("apply", "-f", file.toString());

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("probes.yaml:4", "unknown key 'tempalte'", "did you mean 'template'?");
        goodProbeGoesOn();
    }

    @Test
    void add_metricNameOfAnotherProbe_isRefused() throws Exception {
        Plumb.Said said =
                plumb.run("probe", "add", TICKER + ":" + line(), "--id", "bad", "--histogram", "good.ticks=number");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("the metric 'good.ticks' clashes with probe 'good'");
        assertThat(plumb.run("probe", "show", "bad").code()).isEqualTo(1);
        goodProbeGoesOn();
    }

    @Test
    void apply_changeThatDoesNotFit_leavesTheOldVersionRunning() throws Exception {
        plumb.ok("probe", "add", TICKER + ":" + line(), "--id", "kept", "--count", "kept.ticks");
        Scrape scrape = new Scrape(plumb.metricsUrl());
        Await.until("ticks", Duration.ofSeconds(20), () -> scrape.sum("kept_ticks_total", ""), sum -> sum > 0);

        Plumb.Said said = plumb.run(
                "probe", "add", TICKER + ":" + line(), "--id", "kept", "--count", "kept.ticks", "--if", "nmber > 1");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("no variable 'nmber' here", "version 1 goes on");
        double now = scrape.sum("kept_ticks_total", "");
        Await.until("more", Duration.ofSeconds(20), () -> scrape.sum("kept_ticks_total", ""), sum -> sum > now + 100);
        plumb.ok("probe", "rm", "kept");
    }

    private static void goodProbeGoesOn() throws Exception {
        Scrape scrape = new Scrape(plumb.metricsUrl());
        double now = scrape.sum("good_ticks_total", "");
        Await.until("more ticks", Duration.ofSeconds(20), () -> scrape.sum("good_ticks_total", ""), sum -> sum > now);
    }

    private static int line() {
        return TickerProgram.line();
    }
}
