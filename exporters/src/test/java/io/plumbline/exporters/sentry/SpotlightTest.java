package io.plumbline.exporters.sentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sentry's own receiver takes what we send and shows it. It runs where npm can install it. */
@Timeout(300)
class SpotlightTest {

    private static SpotlightServer spotlight;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Optional<String> hindrance = SpotlightServer.install();
        hindrance.ifPresent(why -> System.out.println("SpotlightTest skipped: " + why));
        assumeTrue(hindrance.isEmpty(), () -> hindrance.orElse(""));
        spotlight = SpotlightServer.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (spotlight != null) {
            spotlight.close();
            assertThat(spotlight.isAlive()).isFalse();
        }
    }

    @Test
    void export_exceptionAndSnapshot_areShown() throws Exception {
        List<Signal> batch = List.of(
                SentrySignals.exception("uid-1", Map.of("total", 250.0)),
                TestSignals.log("uid-2", "not for Sentry"),
                TestSignals.snapshot("uid-3", Map.of("total", 17L)));

        try (Exporter exporter = exporter()) {
            assertThat(exporter.export(batch)).isEqualTo(Outcome.delivered());
        }

        JsonNode exception = spotlight.awaitEnvelope();
        JsonNode snapshot = spotlight.awaitEnvelope();
        assertThat(exception.at("/0/event_id").asText()).isEqualTo(id(batch.get(0)));
        assertThat(exception.at("/1/0/0/type").asText()).isEqualTo("event");
        JsonNode event = exception.at("/1/0/1");
        assertThat(event.get("event_id").asText()).isEqualTo(id(batch.get(0)));
        assertThat(event.at("/exception/values/0/type").asText()).isEqualTo("CardException");
        assertThat(event.findParents("vars"))
                .singleElement()
                .matches(it -> it.at("/vars/total").asDouble() == 250.0);
        assertThat(snapshot.at("/0/event_id").asText()).isEqualTo(id(batch.get(2)));
        assertThat(snapshot.at("/1/0/1/message/formatted").asText()).isEqualTo("snapshot at shop.Cart.add:118");
    }

    @Test
    void export_otherPath_isNotTaken() throws Exception {
        try (Exporter exporter =
                create("http://key@127.0.0.1:" + spotlight.uri().getPort() + "/not/there/1")) {
            assertThat(exporter.export(List.of(SentrySignals.exception("uid-1"))))
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class, it -> assertThat(it.reason()).contains("404", "check sentry.dsn"));
        }
    }

    private static String id(Signal log) {
        return EventId.of((LogSignal) log).toString();
    }

    private static Exporter exporter() {
        return create("http://key@127.0.0.1:" + spotlight.uri().getPort() + "/1");
    }

    private static Exporter create(String dsn) {
        return new SentryExporterFactory().create(ExporterSettings.of("sentry", Map.of("sentry.dsn", dsn)));
    }
}
