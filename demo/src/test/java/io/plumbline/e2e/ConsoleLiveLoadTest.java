package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The screen of signals stays usable under a stream of 5,000 a second: what it costs the page's thread, its longest stop, and the scroll
 * through all 10,000 rows. docs/proofs.md names the settings of the long proof.
 */
class ConsoleLiveLoadTest {
    private static final int PER_SECOND = Integer.getInteger("signals.per.second", 5_000);
    private static final int SECONDS = Integer.getInteger("seconds", 4);
    /** A stop that people call a freeze; the proof on a machine with nothing else to do asks for 100. */
    private static final int LONGEST_MILLIS = Integer.getInteger("longest.millis", 1_500);

    private static final Duration SCROLL = Duration.ofSeconds(60);
    private static final double MOST_OF_A_CORE = 0.6;

    private static final String WATCH = """
            window.stops = [];
            new PerformanceObserver((all) => all.getEntries().forEach((one) => window.stops.push(one.duration))).observe({entryTypes: ['longtask']});
            """;
    private static final String SCROLL_UP = """
            const list = document.querySelector('.list');
            let at = list.scrollHeight;
            window.frames = 0;
            (function step() {
              at = Math.max(0, at - 600);
              list.scrollTop = at;
              window.frames++;
              at > 0 ? requestAnimationFrame(step) : window.isTop = true;
            })();
            """;

    @Test
    void stream_leavesThePageFree_andAllRowsScroll() throws Exception {
        Browser.assumeThere();
        try (SignalReplay replay = new SignalReplay(PER_SECOND);
                Browser browser = Browser.start()) {
            browser.look(1440, 900, "dark");
            browser.open(replay.url() + "/console/icon.svg");
            browser.driver().executeScript("sessionStorage.setItem('plumbline.token', 'any')");
            browser.open(replay.url() + "/console/live?probe=hot");
            browser.awaitText(".live-status", " 10,000 hits");
            browser.driver().executeCdpCommand("Performance.enable", Map.of("timeDomain", "threadTicks"));
            browser.driver().executeScript(WATCH);

            double before = busySeconds(browser);
            long sent = replay.sent();
            Thread.sleep(SECONDS * 1_000L);
            double share = (busySeconds(browser) - before) / SECONDS;
            report(
                    "streamed " + (replay.sent() - sent) + " signals in " + SECONDS + " s, " + Math.round(share * 100)
                            + " % of a core",
                    browser);
            assertThat(share).isBetween(0.0, MOST_OF_A_CORE);
            assertThat(browser.text(".live-status")).contains(" 10,000 hits").doesNotContain("missed");

            browser.driver().executeScript(SCROLL_UP);
            Await.until(
                    "the first row",
                    SCROLL,
                    () -> browser.driver().executeScript("return window.isTop"),
                    top -> top != null);
            report("scrolled up " + browser.driver().executeScript("return window.frames") + " frames", browser);
            assertThat(browser.seen(".list-row").getDomAttribute("aria-posinset"))
                    .isEqualTo("1");
            assertThat(Integer.parseInt(browser.seen(".list-row").getDomAttribute("aria-setsize")))
                    .isGreaterThanOrEqualTo(10_000);
            assertThat(browser.driver().executeScript("return document.querySelectorAll('.list-row').length"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LONG)
                    .isLessThan(200);
        }
    }

    /** Time that the page's thread was at work, in CPU time, so that other programs do not count. */
    private static double busySeconds(Browser browser) {
        Object metrics = browser.driver()
                .executeCdpCommand("Performance.getMetrics", Map.of())
                .get("metrics");
        return ((List<?>) metrics)
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> one.get("name").equals("TaskDuration"))
                        .mapToDouble(one -> ((Number) one.get("value")).doubleValue())
                        .sum();
    }

    /** Tells the page's longest stop since the last call, and fails if it was too long. */
    private static void report(String what, Browser browser) {
        List<?> stops = (List<?>) browser.driver().executeScript("return window.stops.splice(0)");
        double longest = stops.stream()
                .mapToDouble(one -> ((Number) one).doubleValue())
                .max()
                .orElse(0);
        System.out.println(
                what + "; stops over 50 ms: " + stops.size() + ", the longest " + Math.round(longest) + " ms");
        assertThat(longest).as(what).isLessThan(LONGEST_MILLIS);
    }
}
