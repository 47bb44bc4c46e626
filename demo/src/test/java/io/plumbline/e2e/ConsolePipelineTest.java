package io.plumbline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The console's screens of what becomes of signals: a real browser, a backend that refuses, and a program that is probed. */
class ConsolePipelineTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static HttpServer refusing;
    private static Plumb plumb;
    private static Jvm ticker;
    private static String url;
    private static String token;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Plumb.assumeBuilt();
        Browser.assumeThere();
        refusing = refusing();
        Path address = Files.writeString(
                folder.resolve("webhook-url"),
                "http://127.0.0.1:" + refusing.getAddress().getPort());
        plumb = new Plumb(folder)
                .up(
                        "--kafka-port",
                        "0",
                        "--port",
                        "0",
                        "--exporter",
                        "webhook",
                        "--set",
                        "webhook.url=${file:" + address + "}",
                        "--set",
                        "control.approval.vault=service=vault",
                        "--set",
                        "control.console.jaeger.url=http://127.0.0.1:16686/trace/{trace}");
        ticker = TickerProgram.start(folder, Jdks.current(), plumb.kafka());
        plumb.awaitAgent("ticker", SOON);
        JsonNode control = plumb.control();
        url = control.get("url").asText() + "/console/";
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
        if (refusing != null) {
            refusing.stop(0);
        }
    }

    @BeforeEach
    void open() {
        browser.freshTab();
        browser.look(1280, 800, "dark");
    }

    @AfterEach
    void removeProbes() throws Exception {
        for (JsonNode probe : plumb.ok("probe", "list", "--json").json().get("probes")) {
            plumb.ok("probe", "rm", probe.get("id").asText());
        }
    }

    @Test
    void refusedSignal_isSeenWithItsReason_andSentAgainAfterSayingWhatThatMeans() throws Exception {
        plumb.ok(
                "log",
                TickerProgram.NAME + ":" + TickerProgram.line(),
                "tick {number}",
                "--id",
                "refused",
                "--hits",
                "3",
                "--on",
                "service=ticker");
        enter("pipeline", token);
        browser.awaitText(".exporter h2", "webhook");
        browser.awaitText(".exporter .figures", "rejected");
        assertUsable("exporters");

        browser.seen(".exporter a[href*=letters]").click();
        browser.awaitText(".split-list .list", "refused");
        browser.driver().findElement(By.cssSelector(".split-list .list-row")).click();
        browser.awaitText(".split-one pre", "\"body\": \"tick ");
        assertThat(browser.text(".would")).contains("only webhook gets it, at once");
        assertUsable("letters");

        browser.seen(".would button").click();
        browser.awaitText(".would [role=status]", "1 signal sent: 1 to webhook.");
        browser.seen(".filters button").click();
        assertThat(browser.text("dialog")).contains("letters to webhook, and to no other exporter: it runs");
        browser.driver().findElement(By.cssSelector("dialog .foot button")).click();
        browser.awaitText("dialog [role=status]", " to webhook.");
        browser.seen("dialog .foot button").click();

        browser.seen("#tab-audit").click();
        browser.fill(".filters input", "replay");
        browser.awaitText(".split-list .list", "deadletters.replay");
        browser.driver().findElement(By.cssSelector(".split-list .list-row")).click();
        browser.awaitText(".split-one", "by a trusted key");
        assertUsable("audit");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void probeThatWaits_isReadTriedAndApprovedBySomebodyElse() throws Exception {
        plumb.ok("log", "vault.Safe:7", "opened", "--id", "opened", "--on", "service=vault");
        enter("pipeline?tab=approvals", token);
        browser.awaitText(".request pre", "id: opened");
        browser.awaitText(".decide", "You asked for it");
        browser.seen(".request .would button").click();
        browser.awaitText(".trial", "on 0 running instances");
        assertUsable("approvals");

        browser.seen("#tab-tokens").click();
        browser.fill(".new-token input", "ann");
        browser.driver().findElement(By.cssSelector("option[value=approver]")).click();
        browser.seen(".new-token button").click();
        String ann = browser.seen(".secret-text").getText();
        browser.awaitText("table.tokens", "approver");
        assertUsable("tokens");

        browser.freshTab();
        enter("pipeline?tab=approvals", ann);
        browser.seen(".decide > button").click();
        browser.seen(".decide .danger").click();
        browser.awaitText(".panel [role=status]", "0 probes wait");
        assertThat(plumb.ok("probe", "list", "--json").text()).contains("\"opened\"");
        browser.seen("#tab-audit").click();
        browser.awaitText(".panel", "Only an admin sees this.");
    }

    @Test
    void spanProbe_isSeenAsLatenciesAndBars_andItsShareOutlivesIt() throws Exception {
        Path file = Files.writeString(folder.resolve("ticks.yaml"), """
                id: ticks
                on: {service: ticker}
                span:
                  by: number
                  points:
                    A: {at: '%s:%d', if: number %% 50 == 0}
                    B: {at: '%s:%d', if: number %% 50 == 0}
                """.formatted(
                        TickerProgram.NAME, TickerProgram.line() - 1, TickerProgram.NAME, TickerProgram.line()));
        plumb.ok("apply", "-f", file.toString());
        enter("spans?probe=ticks", token);
        browser.awaitText(".latency", "A → B");
        assertThat(browser.text(".latency .percentiles")).contains("p50", "p99", "µs");
        assertThat(browser.text(".latency")).contains("Both ends by one clock.");
        browser.seen("table.slowest button").click();
        browser.seen(".waterfall .span-bar");
        assertThat(browser.seen(".waterfall a").getDomAttribute("href")).startsWith("http://127.0.0.1:16686/trace/");
        assertThat(browser.driver().getCurrentUrl()).contains("trace=");
        browser.seen("table.bars button").click();
        browser.awaitText(".span-more", "one process’s clock");
        assertUsable("spans");

        browser.seen(".waterfall .foot button").click();
        String share = browser.seen(".waterfall .foot a[href*='/shared/']").getDomAttribute("href");
        plumb.ok("probe", "rm", "ticks");
        browser.open(url.replace("/console/", "") + share);
        browser.awaitText(".share-probe pre", "span:");
        browser.seen(".share-signals .span-bar");
        assertUsable("share");
        assertThat(browser.text(".share-tools")).contains("control.share.slack.url");
        browser.seen(".share-tools .quiet:last-of-type").click();
        browser.seen(".share-tools .danger").click();
        browser.awaitText(".shared", "Nothing is shared yet.");
        assertThat(browser.complaints()).isEmpty();
    }

    /** In dark and wide, then in light and narrow: no scrolling sideways, and none of the faults that axe knows of. */
    private static void assertUsable(String name) throws Exception {
        for (String scheme : new String[] {"dark", "light"}) {
            browser.look(scheme.equals("dark") ? 1280 : 390, 844, scheme);
            browser.screenshot(name + "-" + scheme);
            assertThat(browser.assertUsable(name + " in " + scheme)).hasSizeGreaterThan(10);
        }
        browser.look(1280, 800, "dark");
    }

    private static void enter(String screen, String secret) {
        browser.open(url + screen);
        browser.fill("#token", secret + Keys.ENTER);
        browser.seen(".screen h1");
    }

    private static HttpServer refusing() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] why = "no channel is called so".getBytes(UTF_8);
            exchange.sendResponseHeaders(400, why.length);
            exchange.getResponseBody().write(why);
            exchange.close();
        });
        server.start();
        return server;
    }
}
