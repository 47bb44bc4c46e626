package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/**
 * What a person does with the console, from the link that is printed to the switch: in a real browser, with the demo's two services
 * under load. Its screenshots, under {@code target/screenshots/journey-…}, are those of the README and the docs.
 */
class ConsoleJourneyIT {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path SOURCES = Path.of("src/main/java/io/plumbline/demo");

    @TempDir
    private Path folder;

    private String url;
    private String token;
    private Browser browser;
    private SourceScreen source;

    @Test
    void personFindsALine_probesIt_looksAtItsHits_measuresBetweenServices_shares_andSwitchesOff() throws Exception {
        assumeThat(Plumb.isBuilt() && Files.exists(Path.of("target/plumbline-demo.jar")))
                .as("the demo's jars are built by 'package'")
                .isTrue();
        Browser.assumeThere();
        Path data = folder.resolve("d");
        try (Plumb plumb = new Plumb(folder);
                Jvm demo = plumb.start("demo", List.of("demo", "--data", data.toString()));
                Browser mine = Browser.start()) {
            Await.until("the demo", START, demo::output, text -> text.contains("#login="));
            JsonNode control = new ObjectMapper()
                    .readTree(data.resolve("demo/control.json").toFile());
            url = control.get("url").asText();
            token = control.get("token").asText();
            browser = mine;
            source = new SourceScreen(browser);
            browser.look(1440, 900, "dark");
            browser.open(link(demo.output()));
            browser.seen(".source #find");

            lineIsFound_aMistakeExplained_andHitsStandBesideTheLine();
            snapshotIsOpened_andTwoAreCompared();
            timeBetweenTwoServicesIsMeasured_byTwoClicks();
            String shared = hitIsShared();
            everythingElseIsSeen();
            probeIsRemoved_andAllIsSwitchedOffOnOneInstance();
            permalinkStillShowsWhatWasSeen_toSomebodyElse(shared);
        }
    }

    private void lineIsFound_aMistakeExplained_andHitsStandBesideTheLine() throws Exception {
        int line = line("shop/OrderService.java", "Receipt receipt = pay(order, cents);");
        choose("shop");
        browser.fill("#find", "OrSe");
        browser.awaitText("#found [aria-selected=true]", "OrderService");
        browser.seen("#find").sendKeys(Keys.ENTER);
        browser.awaitText(".origin", "OrderService.java");
        click(line + 1);
        source.type("probe-template", "paid {order.cust");
        source.awaitCompletion("probe-template", "customer");
        source.keys().sendKeys(Keys.ENTER, ".name}: {cents}").perform();
        source.type("probe-condition", "order.totl > 100");
        browser.awaitText("#probe-condition-error", "no field 'totl'");
        picture("mistake");
        source.keys()
                .keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .sendKeys("cents > 100")
                .perform();
        browser.awaitText(".trial", "Would stand at 1 site");
        browser.click("#set-probe");
        browser.awaitText("#set-state", "emitting 1/1");
        Await.until(
                "a hit beside its line",
                SOON,
                () -> source.atLine(String.valueOf(line + 1), ".said").getText(),
                text -> text.contains("paid "));
        picture("source");
    }

    private void snapshotIsOpened_andTwoAreCompared() throws Exception {
        int line = line("shop/OrderService.java", "soldOrders.increment();");
        open("source?service=shop&class=io.plumbline.demo.shop.OrderService&line=" + line + "&probe=here");
        kind("snapshot");
        browser.awaitText(".trial", "Would stand at 1 site");
        browser.click("#set-probe");
        browser.awaitText("#set-state", "emitting 1/1");
        open("live");
        browser.seen("input[type=checkbox][aria-label*='snapshot'], .live-probe input");
        open("live?probe=orderservice-" + line + "-snapshot");
        browser.awaitText(".list-row .message", "total=");
        keys("j");
        browser.awaitText(".tree", "order");
        picture("snapshot");
        keys("cjc");
        browser.awaitText("dialog", "differ");
        picture("compare");
        keys(Keys.ESCAPE.toString());
    }

    private void timeBetweenTwoServicesIsMeasured_byTwoClicks() throws Exception {
        int paying = line("shop/OrderService.java", "Receipt receipt = pay(order, cents);");
        int charging = line("payments/Ledger.java", "int score = risk.score(");
        open("source?service=shop&class=io.plumbline.demo.shop.OrderService&line=" + paying + "&probe=here");
        source.point("A");
        browser.awaitText(".tray", "OrderService:" + paying);
        choose("payments");
        browser.fill("#find", "Ledger");
        browser.awaitText("#found [aria-selected=true]", "Ledger");
        browser.seen("#find").sendKeys(Keys.ENTER);
        browser.awaitText(".origin", "Ledger.java");
        click(charging);
        source.point("B");
        browser.awaitText(".tray", "Ledger:" + charging);
        picture("span-tray");
        browser.click("#set-span");
        browser.awaitText("#set-state", "emitting 2/2");
        open("spans");
        browser.awaitText(".latency", "A → B");
        browser.click("table.slowest button");
        browser.seen(".waterfall .span-bar");
        picture("spans");
    }

    private String hitIsShared() throws Exception {
        int line = line("shop/OrderService.java", "soldOrders.increment();");
        open("live?probe=orderservice-" + line + "-snapshot");
        browser.awaitText(".list-row .message", "total=");
        keys("j");
        browser.awaitText(".tree", "order");
        source.button("Share").click();
        return browser.seen(".live-hit a[href*='/shared/']").getDomAttribute("href");
    }

    private void everythingElseIsSeen() throws Exception {
        open("live?probe=orders");
        browser.awaitText(".list-row .message", "order ");
        picture("live");
        open("fleet");
        browser.awaitText(".fleet", "payments");
        picture("fleet");
        open("pipeline");
        browser.awaitText(".panel", "prometheus");
        picture("pipeline");
    }

    private void probeIsRemoved_andAllIsSwitchedOffOnOneInstance() throws Exception {
        int line = line("shop/OrderService.java", "soldOrders.increment();");
        open("live?probe=orderservice-" + line + "-snapshot");
        source.button("Remove").click();
        source.button("Yes").click();
        open("fleet?q=service%3Dshop");
        source.button("Disable all here").click();
        source.button("Yes").click();
        browser.awaitText(".fleet", "Switch on again");
    }

    private void permalinkStillShowsWhatWasSeen_toSomebodyElse(String shared) throws Exception {
        try (Browser other = Browser.start()) {
            other.look(1440, 900, "light");
            other.open(url + shared);
            other.fill("#token", token + Keys.ENTER);
            other.awaitText(".share-signals", "order");
            other.awaitText(".share-probe pre", "snapshot:");
            other.screenshot("journey-shared");
        }
    }

    private static int line(String file, String code) throws IOException {
        List<String> lines = Files.readAllLines(SOURCES.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(code)) {
                return i + 1;
            }
        }
        throw new AssertionError(file + " has no " + code);
    }

    /** The link that opens the console once, of what the demo printed. */
    private static String link(String printed) {
        return printed.lines()
                .filter(text -> text.contains("#login="))
                .map(text -> text.substring(text.indexOf("http://")).trim())
                .findFirst()
                .orElseThrow();
    }

    private void open(String screen) {
        browser.open(url + "/console/" + screen);
    }

    private void choose(String service) {
        browser.click(".chooser option[value=" + service + "]");
    }

    private void kind(String name) {
        Await.until(
                        name,
                        SOON,
                        () -> browser.driver().findElement(By.cssSelector("input[value=" + name + "]")),
                        WebElement::isEnabled)
                .click();
    }

    private void click(int line) {
        source.atLine(String.valueOf(line), ".cm-probes .cm-gutterElement").click();
        browser.awaitText(".line-panel h2", "Line " + line);
    }

    private void keys(String keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    /** For people to look at; and none of the faults that axe knows of. */
    private void picture(String name) throws Exception {
        browser.screenshot("journey-" + name);
        assertThat(new AxeBuilder().analyze(browser.driver()).getViolations())
                .as(name)
                .extracting(Rule::getId, rule -> rule.getNodes().toString())
                .isEmpty();
    }
}
