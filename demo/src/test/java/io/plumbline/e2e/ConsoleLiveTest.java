package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** The console's screen of signals as they arrive, in a real browser, of probes in a program that runs. */
class ConsoleLiveTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static Plumb plumb;
    private static Jvm ticker;
    private static String live;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Plumb.assumeBuilt();
        Browser.assumeThere();
        plumb = new Plumb(folder).up("--kafka-port", "0", "--port", "0", "--set", "prometheus.port=0");
        ticker = TickerProgram.start(folder, Jdks.current(), plumb.kafka());
        plumb.awaitAgent("ticker", SOON);
        String at = TickerProgram.NAME + ":" + TickerProgram.line();
        plumb.ok("snapshot", "--id", "ticks", "--no-wait", "--per-second", "5", at);
        plumb.ok("histogram", "--id", "spread", "--no-wait", at, "tick.spread=number % 100");
        JsonNode control = plumb.control();
        live = control.get("url").asText() + "/console/live";
        browser = Browser.start();
        browser.open(control.get("url").asText() + "/console/icon.svg");
        browser.driver()
                .executeScript(
                        "sessionStorage.setItem('plumbline.token', arguments[0])",
                        control.get("token").asText());
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (ticker != null) {
            ticker.close();
        }
        if (plumb != null) {
            plumb.close();
        }
    }

    @BeforeEach
    void look() {
        browser.look(1440, 900, "dark");
        browser.complaints();
    }

    @Test
    void hit_opensItsVariablesAndAllElse_andTheAddressBringsItBack() throws Exception {
        browser.open(live + "?probe=ticks");
        browser.awaitText(".list-row .message", "number=");
        assertThat(browser.text(".live-probe.chosen")).contains("ticks", "sampling", "of a core");
        browser.assertUsable("live");

        keys("jj");
        browser.awaitText(".tree", "doubled");
        String address = browser.driver().getCurrentUrl();
        assertThat(address).contains("hit=");
        browser.click("#tab-stack");
        browser.awaitText(".live-stack", "Ticker.tick");
        assertThat(browser.seen(".live-stack a").getDomAttribute("href"))
                .isEqualTo("/console/source?class=" + TickerProgram.NAME + "&line=" + TickerProgram.line()
                        + "&service=ticker&instance=" + instance());
        browser.click("#tab-process");
        browser.awaitText(".live-facts-list", "main");
        browser.click("#tab-raw");
        browser.awaitText(".live-raw", "\"uid\": ");
        browser.assertUsable("live");

        browser.open(address);
        browser.awaitText(".tree", "number");
        browser.fill(".live-hit input[type=search]", "doub");
        Await.until(
                "what was searched alone",
                SOON,
                () -> browser.text(".tree"),
                text -> text.contains("doubled") && !text.contains("number"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void twoHits_areCompared_andWhatDiffersIsTold() throws Exception {
        browser.open(live + "?probe=ticks");
        browser.awaitText(".list-row .message", "number=");
        keys("jcjc");

        browser.awaitText("dialog", "differ");
        assertThat(browser.text(".compare")).contains("number", "doubled");
        browser.assertUsable("live");
        browser.screenshot("live-compare");
        keys(Keys.ESCAPE.toString());
        Await.until(
                "no dialog",
                SOON,
                () -> browser.driver().findElements(By.cssSelector("dialog")),
                found -> found.isEmpty());
        assertThat(browser.driver().getCurrentUrl()).doesNotContain("&b=");
    }

    @Test
    void filterAndPause_doWhatTheySay() {
        browser.open(live + "?probe=ticks");
        browser.awaitText(".list-row .message", "number=");
        keys(" ");
        browser.awaitText(".live-status", "paused");
        String paused = browser.text(".live-status");
        keys("/");
        browser.driver().switchTo().activeElement().sendKeys("thread:main -class:ticker");

        browser.awaitText(".live-hits .empty", "No hit is like that.");
        browser.fill(".live-hits input[type=search]", "thread:main");
        browser.awaitText(".list-row .message", "number=");
        assertThat(browser.text(".live-status")).contains("paused");
        keys(Keys.ESCAPE.toString());
        keys(" ");
        Await.until(
                "more hits",
                SOON,
                () -> browser.text(".live-status"),
                text -> text.startsWith("live") && !text.equals(paused));
    }

    @Test
    void measuredValues_becomeCharts() throws Exception {
        browser.look(1280, 800, "light");
        browser.open(live + "?probe=spread");

        browser.awaitText(".live-charts", "Percentiles");
        Await.until(
                "the median",
                SOON,
                () -> browser.driver()
                        .findElement(By.xpath("//figure[contains(., 'Percentiles')]//div[@role='img']"))
                        .getDomAttribute("aria-label"),
                text -> text.matches(".*p50 \\d.*"));
        browser.seen(".heat canvas");
        browser.assertUsable("live");
        browser.screenshot("live-charts");
    }

    @Test
    void probe_isSwitchedOffAndOn_andItsTextIsAFile() throws Exception {
        browser.look(390, 844, "light");
        browser.open(live + "?probe=ticks");
        browser.click("#tab-probes");
        browser.click(".live-detail button");
        browser.awaitText(".live-probe.chosen .badge", "off");
        browser.click(".live-detail button");
        Await.until("on again", SOON, () -> browser.text(".live-probe.chosen .badge"), text -> !text.equals("off"));

        browser.driver().findElement(By.xpath("//button[. = 'YAML']")).click();
        assertThat(browser.text(".live-yaml pre")).contains("id: ticks", "snapshot:", "per-second: 5");
        browser.assertUsable("live");
        browser.screenshot("live-390");
    }

    private static String instance() throws Exception {
        return plumb.ok("agents", "--json").json().at("/instances/0/id").asText();
    }

    private static void keys(String keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }
}
