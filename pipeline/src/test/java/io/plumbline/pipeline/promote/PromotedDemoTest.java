package io.plumbline.pipeline.promote;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.YamlText;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** The demo's probes as permanent lines: the diff applies, what comes of it compiles, and says what the probe says. */
final class PromotedDemoTest {
    private static final String LEDGER = "io.plumbline.demo.payments.Ledger";
    private static final String LEDGER_FILE = "io/plumbline/demo/payments/Ledger.java";

    @TempDir
    Path folder;

    static List<Probe> samples() throws IOException {
        List<Probe> probes = new ArrayList<>();
        for (String sample : List.of("orders.yaml", "double-charge.yaml")) {
            String text = Files.readString(Path.of("../config/probes", sample));
            probes.addAll(ProbeReader.writtenAll(YamlText.read(text, sample), Clock.systemUTC()));
        }
        return probes;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySample_appliesAndCompiles(Probe probe) throws Exception {
        PromotedSources sources = PromotedSources.ofDemo(folder);

        sources.apply(probe.location().type().replace('.', '/') + ".java", sources.patch(probe, null));

        assertThat(sources.compile()).isEmpty();
    }

    @Test
    void aMetric_byOpenTelemetry_appliesAndCompiles() throws Exception {
        PromotedSources sources = PromotedSources.ofDemo(folder);
        Probe probe =
                PromotedSources.probe("at: " + LEDGER + ":37\ncount: [hits, {name: sum, value: cents, unit: ct}]\n"
                        + "gauge: {name: last, value: cents, labels: {score: score}}\n"
                        + "histogram: {name: spread, value: cents / 100.0, buckets: [1, 10], description: a \"b\"}\n");

        sources.apply(LEDGER_FILE, sources.patch(probe, Library.OPENTELEMETRY));

        assertThat(sources.compile()).isEmpty();
    }

    @Test
    void aLog_thatRuns_saysWhatTheProbeSays() throws Exception {
        PromotedSources sources = PromotedSources.ofDemo(folder);
        Probe probe = samples().stream()
                .filter(sample -> sample.id().equals("big-charges"))
                .findFirst()
                .orElseThrow();
        sources.apply(LEDGER_FILE, sources.patch(probe, null));
        assertThat(sources.compile()).isEmpty();
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        Logger logger = (Logger) LoggerFactory.getLogger(LEDGER);
        logger.addAppender(heard);
        try {
            charge(sources, 41_000, 40_000, 50_000);
        } finally {
            logger.detachAppender(heard);
        }

        assertThat(heard.list.stream().map(ILoggingEvent::getFormattedMessage))
                .containsExactly("charge c-3 of order o-7: 50000 ct, risk 50, 2 before it");
    }

    @Test
    void aCounter_thatRuns_countsWhatTheProbeCounts() throws Exception {
        PromotedSources sources = PromotedSources.ofDemo(folder);
        Probe probe = PromotedSources.probe("at: " + LEDGER
                + ":37\nif: cents > 40000\ncount: {name: promoted.charges, labels: {earlier: earlier}}\n");
        sources.apply(LEDGER_FILE, sources.patch(probe, null));
        assertThat(sources.compile()).isEmpty();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try {
            charge(sources, 41_000, 40_000, 50_000);
            assertThat(registry.get("promoted.charges")
                            .tag("earlier", "0")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("promoted.charges")
                            .tag("earlier", "2")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.find("promoted.charges").counters()).hasSize(2);
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    /** Books charges of one order. */
    private static void charge(PromotedSources sources, long... cents) throws Exception {
        try (URLClassLoader loader = sources.loader()) {
            String place = "io.plumbline.demo.payments.";
            Object issuer = make(loader.loadClass(place + "Issuer"));
            Object ledger = make(loader.loadClass(LEDGER), make(loader.loadClass(place + "RiskCheck"), issuer));
            Method of = loader.loadClass(place + "Card").getDeclaredMethod("of", String.class);
            of.setAccessible(true);
            Object card = of.invoke(null, "4111111111111111");
            Method charge = ledger.getClass()
                    .getDeclaredMethod("charge", String.class, String.class, card.getClass(), long.class);
            charge.setAccessible(true);
            for (long one : cents) {
                charge.invoke(ledger, "o-7", "ada", card, one);
            }
        }
    }

    private static Object make(Class<?> type, Object... arguments) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
    }
}
