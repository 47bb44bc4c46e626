package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Beside the OpenTelemetry agent, JaCoCo and a debugger, in both orders and attached later: hits are counted right, and
 * the others see what they see without us.
 */
class BesideAgentsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path AGENTS = Path.of("target/agents").toAbsolutePath();
    private static final Path OPEN_TELEMETRY = AGENTS.resolve("opentelemetry-javaagent.jar");
    private static final Path JACOCO = AGENTS.resolve("jacocoagent.jar");
    private static final int REQUESTS = 20;
    private static final int ROUNDS = 3;

    /** Hits of each marked line for one request. */
    private static final Map<String, Integer> HITS =
            Map.of("work", 1, "loop", ROUNDS + 1, "body", ROUNDS, "branch", 1, "finally", 1, "lambda", 2);

    @TempDir
    private static Path folder;

    private static Plumb plumb;
    private static Map<Integer, String> coverageWithoutUs;

    /** Where Plumbline stands among the agents. */
    enum Order {
        FIRST,
        LAST,
        ATTACHED_LATER
    }

    @BeforeAll
    static void start() throws Exception {
        Plumb.assumeBuilt();
        assumeThat(Files.exists(OPEN_TELEMETRY) && Files.exists(JACOCO))
                .as("SKIPPED: the other agents are copied by 'process-test-resources' into " + AGENTS)
                .isTrue();
        plumb = new Plumb(folder).up("--kafka-port", "0", "--port", "0", "--set", "prometheus.port=0");
        Path exec = folder.resolve("without.exec");
        try (BesideProgram program = BesideProgram.start(folder, "without", others(exec))) {
            request(program);
            program.stop();
        }
        coverageWithoutUs = Coverage.ofLines(exec, BesideProgram.NAME);
    }

    @AfterAll
    static void stop() throws Exception {
        if (plumb != null) {
            plumb.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hitsCoverageSpansAndBreakpoints_areRight(Order order) throws Exception {
        String name =
                "beside-" + order.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        Path exec = folder.resolve(name + ".exec");
        try (BesideProgram program = BesideProgram.start(folder, name, options(order, name, exec))) {
            if (order == Order.ATTACHED_LATER) {
                program.work(traceId(99));
                plumb.ok("attach", String.valueOf(program.pid()), "--service", name);
            }
            plumb.awaitAgent(name, SOON);
            setProbes(name);
            List<String> traces = request(program);
            requireCounts(name, REQUESTS);
            requireTraces(name, program, traces);
            assertThat(program.output())
                    .as("the OpenTelemetry agent makes no spans of what ours sends")
                    .doesNotContain("PRODUCER", "otlp_");
            breakpointOnAProbedLine_isHit(program, name);
            program.stop();
        }
        assertThat(Coverage.ofLines(exec, BesideProgram.NAME)).isEqualTo(coverageWithoutUs);
    }

    private static void setProbes(String service) throws Exception {
        for (String mark : HITS.keySet()) {
            String said = plumb.ok(
                            "probe",
                            "add",
                            BesideProgram.NAME + ":" + BesideProgram.line(mark),
                            "--id",
                            service + "-" + mark,
                            "--count",
                            "beside.hits",
                            "--label",
                            "trace=$trace",
                            "--on",
                            "service=" + service)
                    .text();
            assertThat(said).contains("installed at");
        }
    }

    private static void requireCounts(String service, int requests) {
        Scrape scrape = new Scrape(plumb.metricsUrl());
        Map<String, Integer> expected = new LinkedHashMap<>();
        HITS.forEach((mark, hits) -> expected.put(mark, hits * requests));
        for (Map.Entry<String, Integer> line : expected.entrySet()) {
            String probe = "\"" + service + "-" + line.getKey() + "\"";
            Await.until(
                    "hits of " + probe,
                    SOON,
                    () -> scrape.sum("beside_hits_total", probe),
                    sum -> sum.intValue() == line.getValue());
        }
    }

    /** The probes saw the traces that the requests came with, and the OpenTelemetry agent made its spans. */
    private static void requireTraces(String service, BesideProgram program, List<String> traces) {
        Scrape scrape = new Scrape(plumb.metricsUrl());
        String scraped = Await.until("traces", SOON, scrape::text, text -> text.contains(traces.get(REQUESTS - 1)));
        assertThat(traces)
                .allSatisfy(trace -> assertThat(
                                scraped.lines().filter(line -> line.contains(trace) && line.contains(service)))
                        .isNotEmpty());
        Await.until("spans", SOON, program::output, text -> traces.stream().allMatch(trace -> text.contains(trace)));
    }

    private static void breakpointOnAProbedLine_isHit(BesideProgram program, String service) throws Exception {
        try (Debugger debugger = Debugger.attach(program.found("dt_socket at address: (\\d+)"))) {
            debugger.breakAt(BesideProgram.NAME, BesideProgram.line("body"));
            request(program);
            Await.until("breakpoints", SOON, debugger::hits, hits -> hits >= ROUNDS * REQUESTS);
            assertThat(debugger.hits()).isEqualTo(ROUNDS * REQUESTS);
        }
        requireCounts(service, 2 * REQUESTS);
    }

    private static List<String> request(BesideProgram program) throws Exception {
        List<String> traces = IntStream.rangeClosed(1, REQUESTS)
                .mapToObj(BesideAgentsTest::traceId)
                .toList();
        for (String trace : traces) {
            program.work(trace);
        }
        return traces;
    }

    private static String traceId(int number) {
        return String.format("4bf92f3577b34da6a3ce929d0e0e%04x", number);
    }

    private static List<String> options(Order order, String service, Path exec) {
        List<String> options = new ArrayList<>(others(exec));
        String own = "-javaagent:" + Plumb.AGENT + "=kafka=" + plumb.kafka() + ",service=" + service;
        if (order == Order.FIRST) {
            options.add(0, own);
        } else if (order == Order.LAST) {
            options.add(own);
        }
        return options;
    }

    private static List<String> others(Path exec) {
        return List.of(
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0",
                "-javaagent:" + OPEN_TELEMETRY,
                "-javaagent:" + JACOCO + "=destfile=" + exec + ",includes=" + BesideProgram.NAME,
                "-Dotel.traces.exporter=console",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none");
    }
}
