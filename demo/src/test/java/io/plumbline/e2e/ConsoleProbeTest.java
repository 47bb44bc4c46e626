package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** The page that a link of Sentry's opens: a real browser sets a probe in a running program and sees it run. */
class ConsoleProbeTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static Plumb plumb;
    private static Jvm ticker;
    private static String url;
    private static String token;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Plumb.assumeBuilt();
        Browser.assumeThere();
        plumb = new Plumb(folder).up("--kafka-port", "0", "--port", "0", "--set", "prometheus.port=0");
        ticker = TickerProgram.start(folder, Jdks.current(), plumb.kafka());
        plumb.awaitAgent("ticker", SOON);
        JsonNode control = plumb.control();
        url = control.get("url").asText() + "/console/probe";
        token = control.get("token").asText();
        browser = Browser.start();
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
    void open() {
        browser.freshTab();
    }

    @AfterEach
    void removeProbes() throws Exception {
        for (JsonNode probe : plumb.ok("probe", "list", "--json").json().get("probes")) {
            plumb.ok("probe", "rm", probe.get("id").asText());
        }
    }

    @Test
    void printedLink_opensTheConsoleByOneClick_once_andStaysInNoAddress() {
        String console = url.substring(0, url.lastIndexOf('/'));
        browser.open(plumb.loginLink());
        browser.seen("#main .source");
        assertThat(browser.driver().getCurrentUrl()).startsWith(console).doesNotContain("login");

        browser.freshTab();
        browser.driver().manage().deleteAllCookies();
        browser.open(plumb.loginLink());
        browser.awaitText("#token-error", "this link is used up or over");
        assertThat(browser.driver().getCurrentUrl()).startsWith(console).doesNotContain("login");
    }

    @Test
    void linkOfSentrys_setsAProbe_whoseSignalsArrive() throws Exception {
        browser.look(1280, 800, "light");
        browser.open(url + "?installationId=7a485448-a9e2-4c85-8a3c-4f44175783c9&projectSlug=ticker&lineNo="
                + TickerProgram.line() + "&filename=Ticker.java");
        browser.fill("#token", "not-the-token" + Keys.ENTER);
        browser.awaitText("#token-error", "That is not the token");
        browser.screenshot("token");
        browser.fill("#token", token + Keys.ENTER);

        browser.awaitText("#at-check", "Code there on 1 of 1 instance asked");
        assertThat(browser.text("#at-check")).contains("in scope: ", "number");
        assertThat(browser.value("#at")).isEqualTo("Ticker.java:" + TickerProgram.line());
        assertThat(browser.value("#service")).isEqualTo("ticker");
        assertThat(browser.text("#origin"))
                .isEqualTo("From Ticker.java, line " + TickerProgram.line() + " in Sentry’s project ticker");
        WebElement focused = browser.driver().switchTo().activeElement();
        assertThat(focused.getDomAttribute("id")).isEqualTo("template");
        focused.sendKeys("tick <b>{number}</b>" + Keys.ENTER);

        assertThat(browser.awaitText("#state", "installed 1/1")).doesNotContain("rejected");
        browser.awaitText("#signals li .body", "tick <b>");
        browser.awaitText("#state", "emitting 1/1");
        assertThat(browser.text("#signals li .body")).matches("tick <b>\\d+</b>");
        assertThat(browser.text("#yaml")).contains("at: Ticker.java:" + TickerProgram.line(), "template: 'tick <b>");
        assertThat(browser.complaints())
                .allSatisfy(complaint -> assertThat(complaint).contains("401"));
        browser.driver().executeScript("window.scrollTo(0, 0)");
        browser.screenshot("probe-1280-light");

        browser.click("#remove");
        browser.awaitText("#state", "removed");
        assertThat(plumb.ok("probe", "list", "--json").json().get("probes")).isEmpty();
    }

    @Test
    void metric_isSet_andASecondQuestionAtTheLineGetsAnotherName() {
        enter("?class=" + TickerProgram.NAME + "&line=" + TickerProgram.line() + "&service=ticker");
        browser.choose("count");
        browser.fill("#metric", "console.ticks");
        browser.click("#set");
        browser.awaitText("#signals li .body", "console.ticks = ");

        browser.fill("#metric", "console.ticks.even");
        browser.fill("#condition", "number % 2 == 0");
        browser.click("#set");

        browser.awaitText("#signals li .body", "console.ticks.even = ");
        assertThat(browser.text("#instances")).contains("emitting");
    }

    @Test
    void onlyHit_isShown_thoughItComesAtOnce() {
        enter("?at=" + TickerProgram.NAME + ":" + TickerProgram.line() + "&service=ticker");
        browser.choose("snapshot");
        browser.fill("#hits", "1" + Keys.ENTER);

        browser.awaitText("#signals li .from", "the first, ");
        browser.awaitText("#state", "expired 1/1");
        assertThat(browser.text("#signal-count")).isEqualTo("1");
        browser.click("#signals summary");
        assertThat(browser.text("#signals pre")).contains("\"number\": ", "\"doubled\": ");
    }

    @Test
    void wrongExpression_isToldAtItsField_withThePlaceInIt() {
        enter("?at=" + TickerProgram.NAME + ":" + TickerProgram.line());
        browser.fill("#template", "n {number}");
        browser.fill("#condition", "number > )");
        browser.click("#set");

        browser.awaitText("#condition-error", "number > )");
        assertThat(browser.text("#condition-error mark")).isEqualTo(")");
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id"))
                .isEqualTo("condition");
        assertThat(browser.text("#template-error") + browser.text("#at-error") + browser.text("#form-error"))
                .isEmpty();
        assertThat(browser.text("#state")).isEqualTo("not set yet");
    }

    @Test
    void wrongLocation_isToldAtItsField() {
        enter("?at=Ticker");
        browser.fill("#template", "n {number}" + Keys.ENTER);

        browser.awaitText("#at-error", "a location is a class or source file and a line");
        assertThat(browser.seen("#at").getDomAttribute("aria-invalid")).isEqualTo("true");
    }

    @Test
    void lineWithoutCode_isToldBefore_andItsRefusalAfter() {
        enter("?at=" + TickerProgram.NAME + ":1&service=ticker");
        browser.awaitText("#at-check", "no code at line 1");
        browser.fill("#template", "never" + Keys.ENTER);

        browser.awaitText("#state", "rejected 1/1");
        assertThat(browser.text("#instances")).contains("rejected: no code at line 1");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            filename=Cart.java&lineNo=118,                          Cart.java:118
            filename=shop/web/Cart.kt&lineno=9,                     Cart.kt:9
            filename=Cart.java&lineNo=118&class=shop.Cart,          shop.Cart:118
            filename=Cart.java&lineNo=118&module=shop.Cart%24Line,  shop.Cart:118
            class=shop.Cart%24%24Lambda%2F0x7f&line=3,              shop.Cart:3
            class=app%2F%2Fshop.Cart&line=3,                        shop.Cart:3
            class=shop.%24Proxy12&line=3,                           shop.$Proxy12:3
            at=shop.Cart%23add:exit&class=other.Class,              shop.Cart#add:exit
            filename=Cart.java&lineNo=,                             Cart.java:
            filename=%3Cgenerated%3E&lineNo=7,                      ""
            filename=app.min.js&lineNo=7,                           ""
            class=%22%3E%3Cscript%3E&line=7,                        ""
            """)
    void frame_becomesALocation(String query, String at) {
        enter("?" + query);

        assertThat(browser.value("#at")).isEqualTo(at == null ? "" : at);
    }

    @Test
    void foreignText_staysText() {
        String evil = "\"><img src=x onerror=\"window.harmed=1\"><script>window.harmed=1</script>";
        String encoded = URLEncoder.encode(evil, StandardCharsets.UTF_8);
        enter("?at=" + encoded + "&service=" + encoded + "&projectSlug=" + encoded);

        assertThat(browser.value("#at")).isEqualTo(evil);
        assertThat(browser.value("#service")).isEqualTo(evil);
        browser.open(url + "?filename=" + encoded + "&lineNo=" + encoded + "&projectSlug=" + encoded);
        browser.awaitText("#origin", evil);
        browser.fill("#template", evil + Keys.ENTER);
        browser.awaitText("#at-error", "this is none");

        assertThat(browser.text("#yaml")).contains("<script>window.harmed=1</script>");
        assertThat(browser.driver().findElements(By.cssSelector("main img, main script")))
                .isEmpty();
        assertThat(browser.driver().executeScript("return window.harmed")).isNull();
    }

    /** The page's own policy, should a defect ever make HTML of a text. */
    @Test
    void scriptsAndHtmlOfAText_areForbiddenByThePagesPolicy() {
        enter("");

        Object refused = browser.driver().executeScript("""
                        try { document.body.insertAdjacentHTML('beforeend', '<img>'); return 'taken'; }
                        catch (e) { return e.name; }
                        """);
        browser.driver()
                .executeScript("const s = document.createElement('link'); s.rel = 'stylesheet';"
                        + "s.href = 'http://127.0.0.1:9/other.css'; document.head.append(s)");

        assertThat(refused).isEqualTo("TypeError");
        Await.until(
                "a word of the policy",
                SOON,
                () -> String.join("\n", browser.complaints()),
                all -> all.contains("Content Security Policy") && all.contains("other.css"));
    }

    @Test
    void newTab_takesTheTokenOfAnother_andAForgottenOneIsGone() {
        enter("");
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.open(url + "?at=shop.Cart:1");
        browser.seen("#probe-form");

        browser.click("#forget");

        browser.seen("#token");
        assertThat(browser.driver().executeScript("return sessionStorage.length + localStorage.length"))
                .isEqualTo(0L);
        assertThat(browser.driver().manage().getCookies()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1280,800,light", "1280,800,dark", "400,800,light", "400,800,dark"})
    void page_keepsNobodyOut(int width, int height, String scheme) throws Exception {
        browser.look(width, height, scheme);
        browser.open(url);
        browser.seen("#token");
        assertFitsAndIsUsable();
        enter("?class=" + TickerProgram.NAME + "&line=" + TickerProgram.line() + "&service=ticker");
        browser.awaitText("#at-check", "Code there");
        browser.choose("snapshot");
        browser.click("#set");
        browser.awaitText("#signals li", "Variables");
        browser.click("#signals summary");
        browser.choose("log");
        browser.fill("#condition", "number > )" + Keys.ENTER);
        browser.awaitText("#condition-error", "number");
        assertFitsAndIsUsable();
        browser.driver().executeScript("window.scrollTo(0, 0)");
        browser.screenshot("form-" + width + "-" + scheme);
        browser.driver().executeScript("document.querySelector('.side').scrollIntoView()");
        browser.screenshot("side-" + width + "-" + scheme);
    }

    /** No scrolling sideways, and none of the faults that axe knows of. */
    private static void assertFitsAndIsUsable() {
        assertThat(browser.assertUsable(url)).hasSizeGreaterThan(10);
    }

    private static void enter(String query) {
        browser.open(url + query);
        browser.fill("#token", token + Keys.ENTER);
        browser.seen("#probe-form");
    }
}
