package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.config.kit.Debian;
import io.plumbline.e2e.OtlpReceiver.Seen;
import io.plumbline.e2e.programs.Back;
import io.plumbline.e2e.programs.Front;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans between lines of two programs that run by themselves, as a tracing backend of the test's own gets them. */
class SpansTest {
    private static final Path FAKE_TIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
    private static final int REQUESTS = 20;

    private static final long SKEW_NANOS = Duration.ofSeconds(30).toNanos();

    @TempDir
    private static Path folder;

    private static SpanStage stage;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        stage = SpanStage.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (stage != null) {
            stage.close();
        }
    }

    /** When a thread came to a line: not before the one and not after the other. */
    private record Came(long earliest, long latest) {}

    /** When a request came to the lines, by what the programs printed. */
    private record Printed(Came a, Came b, Came c) {}

    @Test
    void trace_spansLieInTheRequestsTrace_andAreRight() throws Exception {
        SpanStage.assumeTracer();
        try (Jvm back = program(Back.class, "back-t", List.of("http"), true, Map.of(), "");
                Jvm front = program(Front.class, "front-t", List.of("http", port(back)), true, Map.of(), "")) {
            stage.ready("front-t", "back-t");
            stage.plumb.ok(spanOf("way", "front-t", "back-t", "trace"));

            Map<String, String> traces = order(front, "t", true);

            check("way", traces, printed(front, back, "t"), "host");
        }
    }

    @Test
    void trace_clocksHalfAMinuteApart_latencyIsRightWithinItsBound() throws Exception {
        SpanStage.assumeTracer();
        assumeThat(Debian.has("faketime", FAKE_TIME))
                .as("SKIPPED: no " + FAKE_TIME + "; Debian's package faketime has it")
                .isTrue();
        Map<String, String> later =
                Map.of("LD_PRELOAD", FAKE_TIME.toString(), "FAKETIME", "+30s", "DONT_FAKE_MONOTONIC", "1");
        try (Jvm back = program(Back.class, "back-s", List.of("http"), true, later, ",clock=elsewhere");
                Jvm front = program(Front.class, "front-s", List.of("http", port(back)), true, Map.of(), "")) {
            stage.ready("front-s", "back-s");
            stage.plumb.ok(spanOf("skewed", "front-s", "back-s", "trace"));

            Map<String, String> traces = order(front, "s", true);

            List<Seen> spans = check("skewed", traces, printed(front, back, "s"), "hops");
            assertThat(spans).allSatisfy(span -> {
                long bound = Long.parseLong(span.says("plumbline.latency.bound_ns"));
                assertThat(bound).isPositive().isLessThan(SKEW_NANOS / 10);
            });
        }
    }

    @Test
    void key_throughAQueueBetweenTwoProcesses_withoutATracer() throws Exception {
        try (Jvm back = program(Back.class, "back-q", List.of("queue"), false, Map.of(), "");
                Jvm front = program(Front.class, "front-q", List.of("queue", port(back)), false, Map.of(), "")) {
            stage.ready("front-q", "back-q");
            stage.plumb.ok(
                    "span",
                    "queue",
                    "A=" + line(Front.class, "A"),
                    "B=" + line(Back.class, "B"),
                    "--by",
                    "id",
                    "--by-at",
                    "B=message",
                    "--attribute",
                    "A.id=id",
                    "--on",
                    "A:service=front-q",
                    "--on",
                    "B:service=back-q");

            order(front, "q", false);

            Map<String, Printed> printed = printed(front, back, "q");
            List<Seen> spans = await("queue A→B");
            assertThat(spans).hasSize(REQUESTS);
            for (Seen span : spans) {
                Printed times = printed.get(span.says("A.id"));
                assertThat(span.says("plumbline.latency.basis")).isEqualTo("host");
                assertThat(spans.stream().map(Seen::traceId).distinct()).hasSize(REQUESTS);
                checkLength(span, times.a(), times.b(), 0);
            }
        }
    }

    private static String[] spanOf(String id, String front, String back, String by) {
        return new String[] {
            "span",
            id,
            "A=" + line(Front.class, "A"),
            "B=" + line(Back.class, "B"),
            "C=" + line(Front.class, "C"),
            "--by",
            by,
            "--attribute",
            "A.id=id",
            "--on",
            "A:service=" + front,
            "--on",
            "B:service=" + back,
            "--on",
            "C:service=" + front
        };
    }

    private static String line(Class<?> program, String mark) {
        return program.getName() + ":" + Programs.line(program, mark);
    }

    private static Jvm program(
            Class<?> main,
            String service,
            List<String> arguments,
            boolean traced,
            Map<String, String> env,
            String more) {
        List<String> command = new ArrayList<>(List.of("-cp", Programs.CLASSES, main.getName()));
        command.addAll(arguments);
        return stage.program(service, traced ? SpanStage.traced(service) : List.of(), env, more, command);
    }

    private static String port(Jvm program) {
        return SpanStage.said(program, "port (\\d+)");
    }

    /** Sends requests; returns the trace that each was made a part of, by its id. */
    private Map<String, String> order(Jvm front, String prefix, boolean traced) throws Exception {
        Map<String, String> traces = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            String id = prefix + i;
            String trace = String.format("%032x", 0xabc000 + i + prefix.hashCode() * 1_000L);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(front) + "/order?" + id));
            if (traced) {
                request.header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
            }
            client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            traces.put(id, trace);
        }
        return traces;
    }

    private static Map<String, Printed> printed(Jvm front, Jvm back, String prefix) {
        Map<String, Came> backs = new HashMap<>();
        Matcher lines = Pattern.compile("back (" + prefix + "\\d+) (\\d+) (\\d+)\n")
                .matcher(Await.until(
                        "the back",
                        SpanStage.SOON,
                        back::output,
                        text -> Pattern.compile(prefix + (REQUESTS - 1) + " \\d+ \\d+\n")
                                .matcher(text)
                                .find()));
        while (lines.find()) {
            backs.put(lines.group(1), came(lines, 2));
        }
        Map<String, Printed> printed = new HashMap<>();
        lines = Pattern.compile("front (" + prefix + "\\d+) (\\d+) (\\d+) (\\d+) (\\d+)\n")
                .matcher(front.output());
        while (lines.find()) {
            printed.put(lines.group(1), new Printed(came(lines, 2), backs.get(lines.group(1)), came(lines, 4)));
        }
        assertThat(printed).hasSize(REQUESTS);
        return printed;
    }

    private static Came came(Matcher line, int group) {
        return new Came(Long.parseLong(line.group(group)), Long.parseLong(line.group(group + 1)));
    }

    private static List<Seen> await(String name) {
        return stage.await(name, REQUESTS);
    }

    private static List<Seen> check(
            String probe, Map<String, String> traces, Map<String, Printed> printed, String basis) {
        List<Seen> first = await(probe + " A→B");
        List<Seen> second = await(probe + " B→C");
        assertThat(first).hasSize(REQUESTS);
        assertThat(second).hasSize(REQUESTS);
        Map<String, Seen> byTrace = new HashMap<>();
        second.forEach(span -> byTrace.put(span.traceId(), span));
        for (Seen span : first) {
            String id = span.says("A.id");
            Printed times = printed.get(id);
            Seen next = byTrace.get(span.traceId());
            assertThat(span.traceId()).isEqualTo(traces.get(id));
            assertThat(next).as("B→C of " + id).isNotNull();
            assertThat(span.parent()).as("the server's span in the front").matches("[0-9a-f]{16}");
            assertThat(span.parent()).isNotEqualTo(next.parent());
            for (Seen one : List.of(span, next)) {
                assertThat(one.says("plumbline.latency.basis")).isEqualTo(basis);
            }
            checkLength(span, times.a(), times.b(), bound(span));
            checkLength(next, times.b(), times.c(), bound(next));
        }
        return first;
    }

    private static long bound(Seen span) {
        String bound = span.says("plumbline.latency.bound_ns");
        return bound.isEmpty() ? 0 : Long.parseLong(bound);
    }

    /** A span is as long as it was from one line to the other, to within what it says itself. */
    private static void checkLength(Seen span, Came from, Came to, long bound) {
        assertThat(span.nanos())
                .as("%s of %s", span.name(), span.traceId())
                .isBetween(to.earliest() - from.latest() - bound, to.latest() - from.earliest() + bound);
    }
}
