package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignalLineTest {
    private static String line(String json) {
        return new SignalLine(ZoneOffset.UTC, "").of(JsonObject.parse(json)).replace(System.lineSeparator(), "\n");
    }

    @Test
    void of_snapshot_hasVariablesAndStackBelow() {
        String long80 = "x".repeat(80);

        assertThat(line("""
                {"kind": "log", "time": 250, "instance": "shop-1", "probe": "p", "event": "plumbline.snapshot",
                 "severity": "INFO", "function": "shop.Cart.add", "line": 118, "body": "snapshot at shop.Cart.add:118",
                 "values": {
                   "this": {"@type": "shop.Cart", "items": ["pen", {"@cut": "elements", "@more": 7}]},
                   "order": {"@type": "shop.Order", "id": 17, "note": {"@text": "%s", "@cut": "length", "@length": 900},
                             "customer": {"@type": "shop.Customer", "@cut": "depth"}, "owner": {"@cycle": "order"}},
                   "total": 2.5, "nothing": null, "password": "***",
                   "lock": {"@type": "java.util.concurrent.locks.ReentrantLock", "@id": "1f", "@cut": "unread"},
                   "@watch": {"order.id": 17}, "@cut": "bytes", "@more": 2},
                 "stack": "at shop.Cart.add(Cart.java:118)\\nat java.lang.Thread.run(Thread.java:840)",
                 "stackOwn": [0]}
                """.formatted(long80))).isEqualTo("""
                00:00:00.250 shop-1 p Cart.add:118 snapshot at shop.Cart.add:118
                  this: Cart {items: ["pen", … (7 more, cut: elements)]}
                  order: Order
                    id: 17
                    note: "%s" … (of 900 characters)
                    customer: Customer … (cut: depth)
                    owner: (order again)
                  total: 2.5
                  nothing: null
                  password: "***"
                  lock: ReentrantLock @1f (not read)
                  watch: {order.id: 17}
                  … (2 more, cut: bytes)
                  * at shop.Cart.add(Cart.java:118)
                    at java.lang.Thread.run(Thread.java:840)""".formatted(long80));
    }

    @Test
    void of_exception_hasItsOwnStackBelow() {
        assertThat(line("""
                {"kind": "log", "time": 0, "instance": "shop-1", "probe": "p", "event": "exception", "severity": "ERROR",
                 "body": "java.io.IOException: gone", "values": {"id": 7}, "stack": "at a.B.c(B.java:1)",
                 "exception": "java.io.IOException: gone\\n\\tat a.B.d(B.java:2)"}
                """)).isEqualTo("""
                00:00:00.000 shop-1 p ERROR java.io.IOException: gone
                  id: 7
                    java.io.IOException: gone
                        at a.B.d(B.java:2)""");
    }

    /** A program's texts can neither forge lines nor steer the terminal. */
    @Test
    void of_snapshot_isHarmless() {
        assertThat(line("""
                {"kind": "log", "event": "plumbline.snapshot", "body": "b", "instance": "i", "probe": "p",
                 "values": {"a\\nb": "c\\u001b[2Jd", "m": {"k\\r": {"@type": "T\\u0007"}}}, "stack": "at a\\u001bb"}
                """)).doesNotContain("\u001b", "\r", "\u0007").contains("a\\nb: \"c\\u001b[2Jd\"");
    }

    @Test
    void of_logRecord_isOneLine() {
        assertThat(line("{\"kind\": \"log\", \"event\": \"plumbline.log\", \"body\": \"b\", \"instance\": \"i\","
                        + " \"probe\": \"p\", \"values\": {\"a\": \"1\"}}"))
                .isEqualTo("00:00:00.000 i p b");
    }

    @Test
    void span_hasDurationBoundAndLink() {
        String json = "{\"kind\":\"span\",\"time\":0,\"instance\":\"shop-1\",\"probe\":\"way\",\"name\":\"way A→B\","
                + "\"duration\":\"12.3 ms ±0.2 ms\",\"traceId\":\"0af7\"}";

        assertThat(new SignalLine(ZoneOffset.UTC, "http://jaeger:16686/trace/").of(JsonObject.parse(json)))
                .isEqualTo("00:00:00.000 shop-1 way A→B 12.3 ms ±0.2 ms http://jaeger:16686/trace/0af7");
        assertThat(line(json)).endsWith("trace 0af7");
    }
}
