package io.plumbline.exporters.webhook;

import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Resource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Log records of probes. */
final class WebhookSignals {
    private static final long SECOND = 1_000_000_000L;

    private WebhookSignals() {}

    static LogSignal hit(String uid, String probe, String service, String message) {
        return log(uid, probe, service, message, Map.of());
    }

    static LogSignal log(String uid, String probe, String service, String message, Map<String, Object> more) {
        return log(uid, probe, service, message, more, 0);
    }

    /** @param second after the kit's time */
    static LogSignal log(
            String uid, String probe, String service, String message, Map<String, Object> more, int second) {
        Map<String, Object> attributes = new LinkedHashMap<>(more);
        attributes.put("log.record.uid", uid);
        attributes.put("plumbline.probe.id", probe);
        return new LogSignal(
                Resource.of(Map.of("service.name", service)),
                TestSignals.TIME + second * SECOND,
                0,
                9,
                "",
                message,
                attributes,
                TestSignals.TRACE_ID,
                TestSignals.SPAN_ID,
                "plumbline.log",
                200);
    }

    static LogSignal exception(String uid, String probe, String fingerprint) {
        LogSignal log = log(
                uid, probe, "shop", "java.io.IOException: x", Map.of("plumbline.exception.fingerprint", fingerprint));
        return new LogSignal(
                log.resource(),
                log.timeUnixNano(),
                0,
                17,
                "",
                log.body(),
                log.attributes(),
                log.traceId(),
                log.spanId(),
                "exception",
                200);
    }
}
