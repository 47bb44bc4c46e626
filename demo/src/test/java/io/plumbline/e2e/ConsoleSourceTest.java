package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The console's screen of sources: a real browser finds a class that runs, probes a line of it and sees its hits beside the line. */
class ConsoleSourceTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static Plumb plumb;
    private static Jvm ticker;
    private static Browser browser;
    private static SourceScreen screen;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        Plumb.assumeBuilt();
        Browser.assumeThere();
        String sources = Path.of("src", "test", "java").toAbsolutePath().toString();
        plumb = new Plumb(folder)
                .up(
                        "--kafka-port",
                        "0",
                        "--port",
                        "0",
                        "--set",
                        "prometheus.port=0",
                        "--set",
                        "control.source.folders=" + sources);
        ticker = TickerProgram.start(folder, Jdks.current(), plumb.kafka());
        plumb.awaitAgent("ticker", SOON);
        JsonNode control = plumb.control();
        url = control.get("url").asText() + "/console/";
        browser = Browser.start();
        screen = new SourceScreen(browser);
        browser.look(1440, 900, "light");
        browser.open(url + "icon.svg");
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

    @Test
    void class_isFound_probedAtALine_withAMistakeExplainedAtItsPlace_andItsHitsStandBesideTheLine() throws Exception {
        String line = String.valueOf(TickerProgram.line());
        browser.open(url + "source");
        browser.seen("#find");
        browser.driver().findElement(By.cssSelector("body")).sendKeys("/");
        Await.until(
                        "the search to have the focus",
                        SOON,
                        () -> browser.driver().switchTo().activeElement(),
                        at -> "find".equals(at.getDomAttribute("id")))
                .sendKeys("Tick");
        browser.awaitText("#found [aria-selected=true]", "Ticker");
        browser.seen("#find").sendKeys(Keys.ENTER);
        browser.awaitText(".origin", "Ticker.java");
        assertThat(browser.text(".origin")).contains("Folder");

        screen.atLine(line, ".cm-probes .cm-gutterElement").click();
        screen.type("probe-template", "tick {num");
        screen.awaitCompletion("probe-template", "number");
        screen.keys().sendKeys(Keys.ENTER, "}").perform();
        screen.type("probe-condition", "numbr > 3");
        browser.awaitText("#probe-condition-error", "no variable 'numbr' here; did you mean 'number'?");
        assertThat(screen.inside("probe-condition", ".cm-wrong").getText()).isEqualTo("numbr");
        browser.assertUsable("source");
        browser.screenshot("source-mistake");

        screen.keys()
                .keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .sendKeys("num")
                .perform();
        screen.awaitCompletion("probe-condition", "number");
        screen.keys().sendKeys(Keys.ENTER, " > 3").perform();
        browser.awaitText(".trial", "Would stand at 1 site");
        assertThat(browser.text("#probe-condition-error")).isEmpty();
        browser.click("#set-probe");

        browser.awaitText("#set-state", "emitting 1/1");
        Await.until(
                "a hit beside its line",
                SOON,
                () -> screen.atLine(line, ".said").getText(),
                text -> text.matches("(?s)tick \\d+.*"));
        Await.until(
                "the rate in the gutter",
                SOON,
                () -> screen.atLine(line, ".has").getText(),
                text -> text.contains("/s"));
        JsonNode set =
                plumb.ok("probe", "list", "--json").json().get("probes").get(0).get("definition");
        assertThat(set.get("if").asText()).isEqualTo("number > 3");
        assertThat(set.get("log").get(0).get("template").asText()).isEqualTo("tick {number}");
        browser.assertUsable("source");
        browser.screenshot("source-hits");

        screen.button("Remove").click();
        screen.button("Yes").click();
        Await.until(
                "its end",
                SOON,
                () -> plumb.ok("probe", "list", "--json").json().get("probes").size(),
                size -> size == 0);
    }

    @Test
    void span_isBuiltOfTwoLines_andSet() throws Exception {
        int line = TickerProgram.line();
        browser.open(url + "source?service=ticker&class=" + TickerProgram.NAME + "&line=" + (line - 1) + "&probe=here");
        screen.point("A");
        browser.awaitText(".tray", "Ticker:" + (line - 1));
        screen.atLine(String.valueOf(line), ".cm-probes .cm-gutterElement").click();
        browser.awaitText(".line-panel h2", "Line " + line);
        screen.point("B");
        browser.click(".tray option[value=thread]");
        browser.assertUsable("source");

        browser.click("#set-span");

        browser.awaitText("#set-state", "emitting 1/1");
        JsonNode probe =
                plumb.ok("probe", "list", "--json").json().get("probes").get(0);
        assertThat(probe.get("definition").get("span").get("by").asText()).isEqualTo("thread");
        plumb.ok("probe", "rm", probe.get("id").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void screen_keepsNobodyOut(String scheme) throws Exception {
        String line = String.valueOf(TickerProgram.line());
        browser.look(1280, 800, scheme);
        browser.open(url + "source?service=ticker&class=" + TickerProgram.NAME);
        browser.awaitText(".origin", "Ticker.java");
        browser.assertUsable("source");
        browser.open(url + "source?service=ticker&class=" + TickerProgram.NAME + "&line=" + line + "&probe=here");
        browser.seen("#set-probe");
        browser.assertUsable("source");
        browser.screenshot("source-1280-" + scheme);
        browser.open(url + "source?service=ticker&class=" + TickerProgram.NAME + "&line=1&probe=here");
        browser.awaitText(".line-panel", "No code at line 1");
        browser.look(390, 844, scheme);
        browser.assertUsable("source");
        browser.look(1440, 900, "light");
    }
}
