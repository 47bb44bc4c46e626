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

        browser.click(".exporter a[href*=letters]");
        browser.awaitText(".split-list .list", "refused");
        browser.click(".split-list .list-row");
        browser.awaitText(".split-one pre", "\"body\": \"tick ");
        assertThat(browser.text(".would")).contains("only webhook gets it, at once");
        assertUsable("letters");

        browser.click(".would button");
        browser.awaitText(".would [role=status]", "1 signal sent: 1 to webhook.");
        browser.click(".filters button");
        assertThat(browser.text("dialog")).contains("letters to webhook, and to no other exporter: it runs");
        browser.click("dialog .foot button");
        browser.awaitText("dialog [role=status]", " to webhook.");
        browser.click("dialog .foot button");

        browser.click("#tab-audit");
        browser.fill(".filters input", "replay");
        browser.awaitText(".split-list .list", "deadletters.replay");
        browser.click(".split-list .list-row");
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
        browser.click(".request .would button");
        browser.awaitText(".trial", "on 0 running instances");
        assertUsable("approvals");

        browser.click("#tab-tokens");
        browser.fill(".new-token input", "ann");
        browser.click("option[value=approver]");
        browser.click(".new-token button");
        String ann = browser.text(".secret-text");
        browser.awaitText("table.tokens", "approver");
        assertUsable("tokens");

        browser.freshTab();
        enter("pipeline?tab=approvals", ann);
        browser.click(".decide > button");
        browser.click(".decide .danger");
        browser.awaitText(".panel [role=status]", "0 probes wait");
        assertThat(plumb.ok("probe", "list", "--json").text()).contains("\"opened\"");
        browser.click("#tab-audit");
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
        browser.click("table.slowest button");
        browser.seen(".waterfall .span-bar");
        assertThat(browser.seen(".waterfall a").getDomAttribute("href")).startsWith("http://127.0.0.1:16686/trace/");
        assertThat(browser.driver().getCurrentUrl()).contains("trace=");
        browser.click("table.bars button");
        browser.awaitText(".span-more", "one process’s clock");
        assertUsable("spans");

        browser.click(".waterfall .foot button");
        String share = browser.seen(".waterfall .foot a[href*='/shared/']").getDomAttribute("href");
        plumb.ok("probe", "rm", "ticks");
        browser.open(url.replace("/console/", "") + share);
        browser.awaitText(".share-probe pre", "span:");
        browser.seen(".share-signals .span-bar");
        assertUsable("share");
        assertThat(browser.text(".share-tools")).contains("control.share.slack.url");
        browser.click(".share-tools .quiet:last-of-type");
        browser.click(".share-tools .danger");
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
