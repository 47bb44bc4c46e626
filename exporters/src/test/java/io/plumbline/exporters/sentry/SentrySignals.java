package io.plumbline.exporters.sentry;

import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Exceptions as the agent writes them. */
final class SentrySignals {

    static final String FINGERPRINT = "0123456789abcdef0123456789abcdef";

    /** The message of the outer one looks like a trace itself. */
    static final String MESSAGE = "cannot pay\nCaused by: too many\n\tat points.Of.view(Nowhere.java:1)";

    static final String STACK = "java.lang.IllegalStateException: " + MESSAGE + "\n"
            + "\tat shop.Cart.add(Cart.java:118)\n"
            + "\tat shop.Cart$$Lambda/0x00007f01.run(Unknown Source)\n"
            + "\tat app//org.springframework.Proxy.invoke(Proxy.java)\n"
            + "\tat java.base/java.lang.Thread.run(Thread.java:840)\n"
            + "\tSuppressed: java.io.IOException: close\n"
            + "\t\tat shop.Db.close(Db.java:9)\n"
            + "\tCaused by: java.io.IOException: inner\n"
            + "\t\t... 1 more\n"
            + "Caused by: shop.CardException: card 17 is blocked\n"
            + "\tat shop.Cards.check(Cards.java:33)\n"
            + "\tat shop.Cards.<init>(Cards.java:12)\n"
            + "\t… 2 frames left out\n"
            + "\t... 2 more\n";

    private static final Resource SHOP = Resource.of(Map.of(
            "service.name", "shop",
            "service.version", "1.4.2",
            "service.instance.id", "4f2a1c9e-0000",
            "deployment.environment.name", "test",
            "host.name", "web-3"));

    private SentrySignals() {}

    static LogSignal exception(String uid) {
        return exception(uid, Map.of("total", 250.0));
    }

    static LogSignal exception(String uid, Map<String, Object> variables) {
        return exception(uid, variables, STACK);
    }

    /** @param stack its head has to be that of {@link #STACK} */
    static LogSignal exception(String uid, Map<String, Object> variables, String stack) {
        Map<String, Object> attributes =
                new LinkedHashMap<>(TestSignals.log(uid, "", variables).attributes());
        attributes.put("exception.type", "java.lang.IllegalStateException");
        attributes.put("exception.message", MESSAGE);
        attributes.put(AttributeNames.EXCEPTION_STACK, stack);
        attributes.put("plumbline.exception.fingerprint", FINGERPRINT);
        attributes.put(
                "plumbline.exception.causes",
                List.of(Map.of(
                        "type",
                        "shop.CardException",
                        "message",
                        "card 17 is blocked",
                        "at",
                        "shop.Cards.check(Cards.java:33)")));
        return log(17, "java.lang.IllegalStateException: " + MESSAGE, attributes, "exception");
    }

    static LogSignal log(int severity, String body, Map<String, Object> attributes, String eventName) {
        return new LogSignal(
                SHOP,
                TestSignals.TIME,
                TestSignals.TIME,
                severity,
                "",
                body,
                attributes,
                TestSignals.TRACE_ID,
                TestSignals.SPAN_ID,
                eventName,
                400);
    }
}
