package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.e2e.OtlpReceiver.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pipeline, a tracing backend of the test's own behind it, and programs with the agent, with the OpenTelemetry agent or without. */
final class SpanStage implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(180);

    private static final Path OPEN_TELEMETRY =
            Path.of("target/agents/opentelemetry-javaagent.jar").toAbsolutePath();

    final OtlpReceiver receiver;
    final Plumb plumb;
    private final Path folder;

    private SpanStage(Path folder) throws Exception {
        this.folder = folder;
        this.receiver = new OtlpReceiver();
        this.plumb = new Plumb(folder)
                .up(
                        "--kafka-port",
                        "0",
                        "--port",
                        "0",
                        "--exporter",
                        "jaeger",
                        "--set",
                        "jaeger.url=" + receiver.url());
    }

    static SpanStage start(Path folder) throws Exception {
        Plumb.assumeBuilt();
        return new SpanStage(folder);
    }

    static void assumeTracer() {
        assumeThat(Files.exists(OPEN_TELEMETRY))
                .as("SKIPPED: the OpenTelemetry agent is copied by 'process-test-resources' to " + OPEN_TELEMETRY)
                .isTrue();
    }

    /** Options that make a program part of traces. */
    static List<String> traced(String service) {
        List<String> options =
                new ArrayList<>(List.of("-javaagent:" + OPEN_TELEMETRY, "-Dotel.service.name=" + service));
        for (String kind : List.of("traces", "metrics", "logs")) {
            options.add("-Dotel." + kind + ".exporter=none");
        }
        return options;
    }

    /** The same, and the tracer's own spans go to the backend too. */
    List<String> tracedAloud(String service) {
        List<String> options = traced(service);
        options.replaceAll(option -> option.replace("traces.exporter=none", "traces.exporter=otlp"));
        options.addAll(List.of(
                "-Dotel.exporter.otlp.protocol=http/protobuf",
                "-Dotel.exporter.otlp.endpoint=" + receiver.url(),
                "-Dotel.bsp.schedule.delay=200"));
        return options;
    }

    /**
     * Starts a program with the agent.
     *
     * @param options of the JVM, a tracer's among them, before the agent
     * @param more settings of the agent, each with a comma before it
     * @param main class path, class and arguments
     */
    Jvm program(String service, List<String> options, Map<String, String> env, String more, List<String> main) {
        List<String> command = new ArrayList<>(options);
        command.add("-javaagent:" + Plumb.AGENT + "=kafka=" + plumb.kafka() + ",service=" + service + more);
        command.addAll(main);
        return Jvm.start(folder, service, Jdks.current(), env, command);
    }

    void ready(String... services) {
        for (String service : services) {
            plumb.awaitAgent(service, SOON);
        }
    }

    /** What a program's output holds in a pattern's group, once it does. */
    static String said(Jvm program, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        String output = Await.until(
                "the program",
                SOON,
                program::output,
                text -> compiled.matcher(text).find());
        Matcher matcher = compiled.matcher(output);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** The spans of a name, once there are so many. */
    List<Seen> await(String name, int count) {
        return Await.until(name, SOON, () -> receiver.spans(name), spans -> spans.size() >= count);
    }

    @Override
    public void close() throws Exception {
        plumb.close();
        receiver.close();
    }
}
