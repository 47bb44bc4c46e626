package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends a probe, and what brings it back: hit limit, expiry, the switch. On the newest JDK there is. */
class LifeTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TICK = TickerProgram.NAME + ":" + TickerProgram.line();

    @TempDir
    private static Path folder;

    private static Plumb plumb;
    private static Jvm ticker;

    @BeforeAll
    static void start() throws Exception {
        Plumb.assumeBuilt();
        plumb = new Plumb(folder).up("--kafka-port", "0", "--port", "0", "--set", "prometheus.port=0");
        ticker = TickerProgram.start(folder, Jdks.newest().orElse(Jdks.current()), plumb.kafka());
        plumb.awaitAgent("ticker", SOON);
    }

    @AfterAll
    static void stop() throws Exception {
        if (plumb != null) {
            ticker.close();
            plumb.close();
        }
    }

    @Test
    void hitLimit_emitsExactlySoMany_thenExpires() throws Exception {
        plumb.ok(
                "probe", "add", TICK, "--id", "ten", "--count", "ten.ticks", "--hits", "10", "--if", "number % 2 == 0");

        JsonNode report = Await.until(
                "the end", SOON, () -> report("ten"), found -> state(found).equals("expired"));

        assertThat(report.get("emitted").asInt()).isEqualTo(10);
        assertThat(report.get("reason").asText()).contains("its limit of 10 hits is reached");
        Scrape scrape = new Scrape(plumb.metricsUrl());
        Await.until("the count", SOON, () -> scrape.sum("ten_ticks_total", ""), sum -> sum >= 10);
        assertThat(scrape.sum("ten_ticks_total", "")).isEqualTo(10);
    }

    @Test
    void expiry_isEnforcedByTheAgent() throws Exception {
        plumb.ok("probe", "add", TICK, "--id", "brief", "--count", "brief.ticks", "--for", "2s");

        JsonNode report = Await.until(
                "the end", SOON, () -> report("brief"), found -> state(found).equals("expired"));

        assertThat(report.get("reason").asText()).contains("its time was over");
        assertThat(report.get("sites")).isEmpty();
    }

    @Test
    void gauge_showsTheLastValue_withLabels() throws Exception {
        plumb.ok(
                "probe", "add", TICK, "--id", "last", "--gauge", "last.tick=number", "--label", "even=number % 2 == 0");

        Scrape scrape = new Scrape(plumb.metricsUrl());
        double first = Await.until("a value", SOON, () -> scrape.sum("last_tick", "even=\"true\""), sum -> sum > 0);

        Await.until("a later one", SOON, () -> scrape.sum("last_tick", "even=\"true\""), sum -> sum > first);
        assertThat(first % 2).isZero();
        plumb.ok("probe", "rm", "last");
    }

    @Test
    void off_stopsAndOnGoesOn() throws Exception {
        plumb.ok("probe", "add", TICK, "--id", "switched", "--count", "switched.ticks");
        Await.until(
                "ticks", SOON, () -> report("switched"), found -> state(found).equals("emitting"));

        plumb.ok("off", "switched");

        JsonNode off = Await.until(
                "off", SOON, () -> report("switched"), found -> state(found).equals("off"));
        assertThat(off.get("sites")).isEmpty();
        plumb.ok("on", "switched");
        Await.until(
                "ticks again",
                SOON,
                () -> report("switched"),
                found -> state(found).equals("emitting"));
        plumb.ok("probe", "rm", "switched");
    }

    private static JsonNode report(String probe) throws InterruptedException {
        return plumb.ok("probe", "show", probe, "--json").json().get("reports").get(0);
    }

    private static String state(JsonNode report) {
        return report.get("state").asText();
    }
}
