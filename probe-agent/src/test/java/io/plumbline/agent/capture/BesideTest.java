package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.capture.context.Surroundings;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.weave.Compiled;
import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.cases.Requests;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes that also write to the program's own log, registry and span; libraries as programs have them, old and new. */
class BesideTest {
    private static final String LOGBACK = """
            package app;
            import ch.qos.logback.classic.Level;
            import ch.qos.logback.classic.LoggerContext;
            import ch.qos.logback.classic.spi.ILoggingEvent;
            import ch.qos.logback.core.AppenderBase;
            import java.util.Collections;
            import java.util.ArrayList;
            import java.util.List;
            import java.util.TreeMap;
            import org.slf4j.LoggerFactory;
            import org.slf4j.MDC;
            public class Shop {
                static final List<String> LINES = Collections.synchronizedList(new ArrayList<>());
                static class Own extends AppenderBase<ILoggingEvent> {
                    @Override
                    protected void append(ILoggingEvent event) {
                        if (event.getFormattedMessage().contains("throw")) {
                            throw new IllegalStateException("appender");
                        }
                        StackTraceElement at = event.getCallerData()[0];
                        LINES.add(event.getLevel() + "|" + event.getLoggerName() + "|" + event.getThreadName() + "|"
                                + new TreeMap<>(event.getMDCPropertyMap()) + "|" + at.getMethodName() + ":"
                                + at.getLineNumber() + "|" + event.getFormattedMessage());
                    }
                }
                public static void level(String level) {
                    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
                    ch.qos.logback.classic.Logger root = context.getLogger("ROOT");
                    root.detachAndStopAllAppenders();
                    Own own = new Own();
                    own.setContext(context);
                    own.start();
                    root.addAppender(own);
                    root.setLevel(Level.toLevel(level));
                    MDC.clear();
                }
                public static void pay(String order) {
                    MDC.put("tenant", "blue");
                    int total = order.length();
                    LoggerFactory.getLogger(Shop.class).debug("by hand {}", total);
                    MDC.clear();
                }
                public static List<String> lines() {
                    return new ArrayList<>(LINES);
                }
            }
            """;
    private static final int PAY = lineOf(LOGBACK, "by hand {}");

    private static final String[] LOGBACK_NEW = {"logback-classic-1.5.38", "logback-core-1.5.38", "slf4j-api-2.0.17"};
    private static final String[] LOGBACK_OLD = {"logback-classic-1.2.13", "logback-core-1.2.13", "slf4j-api-1.7.36"};

    private static final String MICROMETER = """
            package app;
            import io.micrometer.core.instrument.DistributionSummary;
            import io.micrometer.core.instrument.Meter;
            import io.micrometer.core.instrument.Metrics;
            import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
            import java.util.Map;
            import java.util.TreeMap;
            public class Metered {
                public static void start() {
                    Metrics.globalRegistry.add(new SimpleMeterRegistry());
                    Metrics.counter("own.orders").increment(5);
                }
                public static void only() {
                    Metrics.globalRegistry.counter("own.orders");
                }
                public static void pay(String tier, int total) {
                    String label = tier;
                    total++;
                }
                public static Map<String, String> meters() {
                    Map<String, String> all = new TreeMap<>();
                    for (Meter meter : Metrics.globalRegistry.getMeters()) {
                        StringBuilder text = new StringBuilder(meter.getId().getType().toString());
                        meter.measure().forEach(measured ->
                                text.append(' ').append(measured.getStatistic()).append('=').append(measured.getValue()));
                        if (meter.getId().getBaseUnit() != null) {
                            text.append(' ').append(meter.getId().getBaseUnit());
                        }
                        all.put(meter.getId().getName() + meter.getId().getTags(), text.toString());
                    }
                    return all;
                }
            }
            """;
    private static final int METERED = lineOf(MICROMETER, "total++");

    private static final String[] MICROMETER_NEW = {
        "micrometer-core-1.16.6", "micrometer-commons-1.16.6", "micrometer-observation-1.16.6"
    };
    private static final String[] MICROMETER_OLD = {"micrometer-core-1.5.17", "HdrHistogram-2.2.2"};

    private static final String SIMPLECLIENT = """
            package app;
            import io.prometheus.client.CollectorRegistry;
            import io.prometheus.client.Counter;
            import java.io.StringWriter;
            public class Scraped {
                public static void start() {
                    Counter.build("own_orders", "By hand").register().inc(5);
                }
                public static void pay(String tier, int total) {
                    String label = tier;
                    total++;
                }
                public static String scrape() throws Exception {
                    StringWriter out = new StringWriter();
                    for (var family : java.util.Collections.list(
                            CollectorRegistry.defaultRegistry.metricFamilySamples())) {
                        out.write(family.type + " " + family.name + " " + family.help + "\\n");
                        for (var sample : family.samples) {
                            out.write(sample.name + sample.labelNames + sample.labelValues + " " + sample.value + "\\n");
                        }
                    }
                    return out.toString();
                }
            }
            """;
    private static final int SCRAPED = lineOf(SIMPLECLIENT, "total++");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Capture capture = new Capture(
            Redaction.standard(),
            Probes.NO_MATTER,
            Resource.create(Attributes.of(AttributeKey.stringKey("service.instance.id"), "here")),
            WeaveFixture::open,
            WeaveFixture.INSTRUMENTATION::getAllLoadedClasses);
    private String type;
    private final WeaveFixture fixture = new WeaveFixture(capture.specials());

    @AfterEach
    void restore() {
        fixture.close();
    }

    /** Each test has a class of its own, as a probe is in all classes of a name. */
    private Compiled program(String name, String source, String... jars) {
        type = "app." + name + COUNT.incrementAndGet();
        return Found.program(type, source.replace("class " + name, "class " + type.substring(4)), jars);
    }

    private static int lineOf(String source, String part) {
        return (int) source.substring(0, source.indexOf(part)).lines().count();
    }

    private void set(String yaml) {
        Probe probe = Probes.of(yaml);
        List<ArmedProbe> armed = new ArrayList<>();
        capture.look();
        for (Probe part : probe.span().isPresent() ? probe.parts() : List.of(probe)) {
            Capture.Prepared prepared = capture.prepare(part);
            capture.use(prepared);
            armed.add(new ArmedProbe(part, prepared.tap(), prepared.sinks()));
        }
        fixture.weaver.apply(armed, List.of());
    }

    private void remove(String probe) {
        fixture.weaver.apply(List.of(), List.of(probe));
        capture.disarm(probe);
    }

    private List<LogRecordData> drain() {
        List<LogRecordData> sent = new ArrayList<>();
        while (capture.drainLogs(sent::add, 100) > 0) {
            // until there is no more
        }
        return sent;
    }

    private <T> void until(Supplier<T> actual, T expected) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!expected.equals(actual.get()) && System.nanoTime() < end) {
            pause(20);
        }
        assertThat(actual.get())
                .as(() -> Stream.of("m", "s", "none", "paid", "low")
                        .map(capture::besideNote)
                        .toList()
                        .toString())
                .isEqualTo(expected);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] logback(String version) {
        return version.equals("new") ? LOGBACK_NEW : LOGBACK_OLD;
    }

    private static Compiled shop(String version, String level) {
        Compiled program = Found.program("app.Shop", LOGBACK, logback(version));
        Found.call(program, "app.Shop", "level", level);
        return program;
    }

    private static List<String> lines(Compiled program) {
        return List.copyOf((List<String>) Found.call(program, "app.Shop", "lines"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "old"})
    void log_beside_isInTheProgramsOwnLog_asIfTheLineHadWrittenIt(String version) {
        Compiled program = shop(version, "INFO");
        set("{id: paid, at: 'app.Shop:" + PAY
                + "', log: {template: 'order {order}, {total}', level: warn, beside: true}}");

        Found.call(program, "app.Shop", "pay", "o-1");
        Found.call(program, "app.Shop", "pay", "4111 1111 1111 1111");

        assertThat(drain()).as("our own records too").hasSize(2);
        String head = "WARN|app.Shop|" + Thread.currentThread().getName()
                + "|{plumbline.probe.id=paid, tenant=blue}|pay:" + PAY + "|";
        until(() -> lines(program), List.of(head + "order o-1, 3", head + "order ***, 19"));
        assertThat(capture.besideNote("paid")).isEmpty();
        assertThat(capture.dropped("paid")).containsOnlyKeys("redacted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "old"})
    void log_belowTheLevel_isKeptBackAndCounted_unlessLifted(String version) {
        Compiled program = shop(version, "WARN");
        set("{id: low, at: 'app.Shop:" + PAY + "', log: {template: 'low', beside: {logger: audit}}}");
        set("{id: high, at: 'app.Shop:" + PAY + "', log: {template: 'high', beside: {logger: audit, lift: true}}}");

        Found.call(program, "app.Shop", "pay", "o-1");
        drain();

        until(() -> lines(program).size(), 1);
        assertThat(lines(program).get(0)).startsWith("INFO|audit|").endsWith("|high");
        until(() -> capture.dropped("low"), Map.of("beside-level", 1L));
        until(
                () -> capture.besideNote("low"),
                "records below WARN are kept out of the program's own log by the level of logger audit;"
                        + " 'beside: {lift: true}' writes them all the same");
        assertThat(capture.dropped("high")).isEmpty();
    }

    @Test
    void log_appenderThatThrows_isToldAndHarmsNothing() {
        Compiled program = shop("new", "INFO");
        set("{id: bad, at: 'app.Shop:" + PAY + "', log: {template: 'throw {order}', beside: true}}");

        Found.call(program, "app.Shop", "pay", "o-1");
        assertThat(drain()).hasSize(1);

        // Logback itself swallows what an appender throws, and says so in its status
        until(() -> lines(program), List.of());
        set("{id: good, at: 'app.Shop:" + PAY + "', log: {template: 'fine', beside: true}}");
        Found.call(program, "app.Shop", "pay", "o-2");
        drain();
        until(() -> lines(program).size(), 1);
    }

    @Test
    void log_probeInTheProgramsAppender_doesNotHitItself() {
        Compiled program = shop("new", "INFO");
        int append = lineOf(LOGBACK, "StackTraceElement at =");
        set("{id: paid, at: 'app.Shop:" + PAY + "', log: {template: 'paid', beside: true}}");
        set("{id: loop, at: 'app.Shop$Own:" + append + "', log: {template: 'loop', beside: true},"
                + " count: {name: n}}");

        Found.call(program, "app.Shop", "pay", "o-1");
        for (int i = 0; i < 20; i++) {
            drain();
            pause(20);
        }

        assertThat(lines(program)).hasSize(1);
        assertThat(capture.dropped("loop")).isEmpty();
    }

    @Test
    void log_withoutLogback_isSaid() {
        Compiled program = program("Scraped", SIMPLECLIENT, "simpleclient-0.9.0");
        set("{id: none, at: '" + type + ":" + SCRAPED
                + "', log: {template: 'x', beside: true}, count: {name: n, beside: true}}");
        Found.call(program, type, "pay", "gold", 1);
        assertThat(drain()).hasSize(1);

        until(
                () -> capture.besideNote("none"),
                "its records are not in the program's own log: " + type + " sees no SLF4J that is in use; n is not in a"
                        + " registry of the program's own: neither Micrometer's global registry nor simpleclient's default"
                        + " registry is in use here");
        assertThat(capture.dropped("none")).isEqualTo(Map.of("beside-failed", 1L));
        // from now on it is in use
        Found.call(program, type, "start");
        until(() -> capture.besideNote("none").contains("n is not"), false);
    }

    private Map<String, String> meters(Compiled program) {
        return new TreeMap<>((Map<String, String>) Found.call(program, type, "meters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "old"})
    void metrics_beside_standInMicrometersRegistry_withTheSameNumbers(String version) {
        Compiled program = program("Metered", MICROMETER, version.equals("new") ? MICROMETER_NEW : MICROMETER_OLD);
        Found.call(program, type, "start");
        String at = "at: '" + type + ":" + METERED + "'";
        set("{id: m, " + at + ", count: [{name: orders, labels: {tier: label}, unit: order, beside: true},"
                + " {name: hits, beside: true}, {name: not.there}], gauge: {name: last, value: total, beside: true},"
                + " histogram: {name: totals, value: total, buckets: [5, 10], beside: true}}");

        for (int i = 1; i <= 10; i++) {
            Found.call(program, type, "pay", i % 2 == 0 ? "gold" : "base", i);
        }

        Map<String, String> expected = new TreeMap<>(Map.of(
                "own.orders[]", "COUNTER COUNT=5.0",
                "orders[tag(tier=gold)]", "COUNTER COUNT=5.0 order",
                "orders[tag(tier=base)]", "COUNTER COUNT=5.0 order",
                "hits[]", "COUNTER COUNT=10.0",
                "last[]", "GAUGE VALUE=10.0",
                "totals[]", "DISTRIBUTION_SUMMARY COUNT=10.0 TOTAL=55.0"));
        until(() -> meters(program), expected);
        assertThat(capture.besideNote("m")).isEmpty();
        Found.call(program, type, "pay", "gold", 1);
        until(() -> meters(program).get("hits[]"), "COUNTER COUNT=11.0");

        remove("m");
        until(() -> meters(program), Map.of("own.orders[]", "COUNTER COUNT=5.0"));
    }

    @Test
    void metrics_nameOfTheProgramsOwn_isLeftToIt() {
        Compiled program = program("Metered", MICROMETER, MICROMETER_NEW);
        Found.call(program, type, "start");
        set("{id: own, at: '" + type + ":" + METERED + "', count: {name: own.orders, beside: true}}");
        Found.call(program, type, "pay", "gold", 1);

        until(
                () -> capture.besideNote("own"),
                "own.orders is not in the program's own registry: the program has a meter 'own.orders' of its own; give the"
                        + " probe's metric another name");
        remove("own");
        pause(300);
        assertThat(meters(program)).isEqualTo(Map.of("own.orders[]", "COUNTER COUNT=5.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.16.0", "0.9.0"})
    void metrics_beside_standInSimpleclientsRegistry_withTheSameNumbers(String version) {
        String[] jars = Stream.of(
                        "simpleclient",
                        "simpleclient_tracer_common",
                        "simpleclient_tracer_otel",
                        "simpleclient_tracer_otel_agent")
                .limit(version.equals("0.9.0") ? 1 : 4)
                .map(name -> name + "-" + version)
                .toArray(String[]::new);
        Compiled program = program("Scraped", SIMPLECLIENT, jars);
        Found.call(program, type, "start");
        set("{id: s, at: '" + type + ":" + SCRAPED
                + "', count: {name: orders.paid, labels: {tier: label}, beside: true},"
                + " gauge: {name: last, value: total, beside: true},"
                + " histogram: {name: totals, value: total, buckets: [5, 10], description: Totals, beside: true}}");

        for (int i = 1; i <= 10; i++) {
            Found.call(program, type, "pay", "gold", i);
        }

        // each is registered by itself, a moment after the other
        until(
                () -> Stream.of("orders_paid_total[tier][gold] 10.0\n", "last[][] 10.0\n", "totals_count[][] 10.0\n")
                        .allMatch(scraped(program)::contains),
                true);
        assertThat(scraped(program))
                .contains(
                        "last[][] 10.0\n",
                        "HISTOGRAM totals Totals\ntotals_bucket[le][5.0] 5.0\ntotals_bucket[le][10.0] 10.0\n"
                                + "totals_bucket[le][+Inf] 10.0\ntotals_count[][] 10.0\ntotals_sum[][] 55.0\n");
        remove("s");
        until(() -> scraped(program).matches("(?s).*(totals|orders_paid).*"), false);
        assertThat(scraped(program)).contains(" 5.0");
    }

    private String scraped(Compiled program) {
        return (String) Found.call(program, type, "scrape");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.67.0", "1.31.0"})
    void point_beside_marksTheProgramsOwnSpan(String version) {
        Compiled program = Found.traced(version);
        Found.run(program, "run", () -> {});
        String type = Requests.class.getName();
        set("{id: way, span: {points: {A: {at: '" + type + "#begin', beside: event},"
                + " B: {at: '" + type + "#arrive', attributes: {key: order, n: number, big: number > 5},"
                + " beside: [attributes, event]}}}}");
        Requests requests = new Requests();

        Found.run(program, "run", () -> {
            requests.pass("card 4111 1111 1111 1111", 10);

            Surroundings around = Found.surroundings();
            around.look();
            Map<String, Object> all = new TreeMap<>();
            around.spans().attributes(around.spans().current(), all::put, 100);
            assertThat(all)
                    .containsEntry("key", "card ***")
                    .containsEntry("n", 10L)
                    .containsEntry("big", true);
            assertThat((String) Found.call(program, "app.Traced", "events"))
                    .startsWith("way A{}way B")
                    .contains("n=10", "key=card ***", "big=true");
        });
        assertThat(drain()).as("the points themselves").hasSize(2);
    }

    @Test
    void point_besideWithoutASpan_isCounted() {
        String type = Requests.class.getName();
        set("{id: way, span: {by: thread, points: {A: {at: '" + type + "#begin', beside: event}, B: '" + type
                + "#arrive'}}}");

        new Requests().pass("o-1", 10);
        drain();

        assertThat(capture.dropped("way/A")).containsEntry("beside-no-span", 1L);
    }
}
