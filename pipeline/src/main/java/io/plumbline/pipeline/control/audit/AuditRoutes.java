package io.plumbline.pipeline.control.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.probe.Durations;
import io.plumbline.config.signing.SealCheck;
import io.plumbline.config.signing.TrustedKeys;
import io.plumbline.config.text.Json;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Definers;
import io.plumbline.pipeline.control.records.KafkaPatience;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The API's part under {@code /audit}, for admins: entries as lines of JSON, oldest first. Each says whether one of our keys signed it.
 *
 * <p>Threads: requests, each with a consumer of its own.
 */
public final class AuditRoutes implements RouteGroup {
    private static final TopicPartition AUDIT = new TopicPartition(Topics.AUDIT, 0);
    private static final Duration KAFKA = KafkaPatience.REQUEST;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Audit audit;
    private final Map<String, Object> kafka;
    private final SealCheck signed;
    private final Clock clock;

    public AuditRoutes(Audit audit, Map<String, Object> kafka, TrustedKeys trusted, Clock clock) {
        this.audit = audit;
        this.kafka = kafka;
        this.signed = new SealCheck(trusted);
        this.clock = clock;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/audit", Guard.behind(AccessRole.ADMIN, this::send));
    }

    private void send(HttpServerExchange exchange) throws IOException {
        Instant since = since(exchange);
        audit.settle();
        try (Consumer<String, String> consumer = ControlReader.consumer(kafka, "plumbline-audit")) {
            consumer.assign(List.of(AUDIT));
            long end = consumer.endOffsets(List.of(AUDIT), KAFKA).get(AUDIT);
            OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(AUDIT, since.toEpochMilli()), KAFKA)
                    .get(AUDIT);
            consumer.seek(AUDIT, first == null ? end : first.offset());
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/x-ndjson");
            exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
            OutputStream out = exchange.getOutputStream();
            while (consumer.position(AUDIT, KAFKA) < end) {
                for (ConsumerRecord<String, String> each : consumer.poll(POLL)) {
                    out.write((line(each) + "\n").getBytes(UTF_8));
                }
            }
            out.close();
        } catch (KafkaException e) {
            throw Problem.unavailable("Kafka does not answer (" + e.getMessage() + "); check that the broker runs");
        }
    }

    private Instant since(HttpServerExchange exchange) {
        String text = exchange.getQueryParameters()
                .getOrDefault("since", new ArrayDeque<>(List.of("1d")))
                .peek();
        try {
            return clock.instant().minus(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("since", "since: " + e.getMessage());
        }
    }

    /** Whoever may write to Kafka may write anything here; it is told apart by the signature. */
    private String line(ConsumerRecord<String, String> kafkaRecord) {
        Map<String, Object> map = new LinkedHashMap<>();
        try {
            map.putAll(AuditEntry.parse(kafkaRecord.value()).map());
        } catch (RuntimeException e) {
            map.put("unreadable", AuditEntry.clean(String.valueOf(kafkaRecord.value())));
        }
        String key = String.valueOf(kafkaRecord.key());
        map.put("signed", signed.isSigned(kafkaRecord.topic(), key, kafkaRecord.value(), Definers.seal(kafkaRecord)));
        return Json.write(map);
    }
}
