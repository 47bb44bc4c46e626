package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.e2e.OtlpReceiver.Seen;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spans between lines of services as they are: the demo's shop and payments, and WireMock behind WireMock. They run under the
 * OpenTelemetry agent, whose own spans go to the same backend, so that parents can be looked up there.
 */
class ServiceSpansTest {
    private static final String DEMO =
            Path.of("target/classes").toAbsolutePath().toString();
    private static final String HANDLER = "com.github.tomakehurst.wiremock.http.StubRequestHandler";
    private static final String PROXY = "com.github.tomakehurst.wiremock.http.ProxyResponseRenderer";
    private static final int REQUESTS = 20;
    private static final long DELAY_MILLIS = 60;

    /** Between a service's reading of the clock and the line; any one thread may wait for a core in between, most do not. */
    private static final long NEAR_NANOS = Duration.ofMillis(25).toNanos();

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

    /** A request as a service printed it. */
    private record Served(long began, long ended, String body) {}

    @Test
    void shopAndPayments_spansLieInTheRequestsTrace_asLongAsTheServicesSay() throws Exception {
        SpanStage.assumeTracer();
        try (Jvm payments = demo("payments", "payments.PaymentsMain");
                Jvm shop =
                        demo("shop", "shop.ShopMain", "--payments", SpanStage.said(payments, "listening on (\\S+)"))) {
            String address = SpanStage.said(shop, "listening on (\\S+)");
            stage.ready("shop", "payments");
            stage.plumb.ok(
                    "span",
                    "checkout",
                    "A=io.plumbline.demo.shop.ShopServer#order",
                    "B=io.plumbline.demo.payments.PaymentsServer#charge",
                    "C=io.plumbline.demo.shop.OrderService#place:exit",
                    "--attribute",
                    "C.order=order.id",
                    "--on",
                    "A:service=shop",
                    "--on",
                    "B:service=payments");
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(get(address + "/order?customer=anna&sku=mug-1&quantity=" + (i + 1)))
                        .isEqualTo(200);
            }

            List<Seen> first = stage.await("checkout A→B", REQUESTS);
            List<Seen> second = stage.await("checkout B→C", REQUESTS);
            checkTrees(first, second, "shop", "payments");
            Map<String, Served> charges = byCharge(payments);
            Map<String, Seen> byTrace = byTrace(first);
            List<Long> offs = new ArrayList<>();
            for (Map.Entry<String, Served> order : orders(shop).entrySet()) {
                Served served = order.getValue();
                Seen back = second.stream()
                        .filter(span -> span.says("C.order").equals(order.getKey()))
                        .findFirst()
                        .orElseThrow();
                Served charge = charges.get(found(served.body(), "\"charge\":\"([^\"]+)\""));
                Seen there = byTrace.get(back.traceId());
                assertThat(there.nanos()).isBetween(0L, charge.ended() - served.began());
                assertThat(back.nanos()).isBetween(0L, served.ended() - charge.began());
                offs.add(Math.abs(there.nanos() - (charge.began() - served.began())));
                offs.add(Math.abs(back.nanos() - (served.ended() - charge.began())));
            }
            assertThat(offs).hasSize(2 * REQUESTS);
            assertThat(offs.stream().filter(off -> off < NEAR_NANOS).count())
                    .as("spans as long as the services say, off by %s", offs)
                    .isGreaterThanOrEqualTo(REQUESTS);
        }
    }

    @Test
    void wireMockBehindWireMock_spansLieInTheRequestsTrace() throws Exception {
        SpanStage.assumeTracer();
        int backPort = Jvm.freePort();
        try (Jvm back = wireMock("wm-back", backPort)) {
            await(backPort);
            stub(backPort);
            int frontPort = Jvm.freePort();
            try (Jvm front = wireMock("wm-front", frontPort, "--proxy-all", "http://127.0.0.1:" + backPort)) {
                await(frontPort);
                stage.ready("wm-front", "wm-back");
                stage.plumb.ok(
                        "span",
                        "proxied",
                        "A=" + HANDLER + "#handleRequest",
                        "B=" + HANDLER + "#handleRequest",
                        "C=" + PROXY + "#render:exit",
                        "--attribute",
                        "A.path=initialServeEvent.request.url",
                        "--on",
                        "A:service=wm-front",
                        "--on",
                        "B:service=wm-back",
                        "--on",
                        "C:service=wm-front");
                long[] took = new long[REQUESTS];
                for (int i = 0; i < REQUESTS; i++) {
                    long began = System.nanoTime();
                    assertThat(get("http://127.0.0.1:" + frontPort + "/slow/" + i))
                            .isEqualTo(200);
                    took[i] = System.nanoTime() - began;
                }

                List<Seen> first = stage.await("proxied A→B", REQUESTS);
                List<Seen> second = stage.await("proxied B→C", REQUESTS);
                checkTrees(first, second, "wm-front", "wm-back");
                Map<String, Seen> following = byTrace(second);
                long total = 0;
                for (Seen span : first) {
                    Seen next = following.get(span.traceId());
                    assertThat(next.nanos())
                            .isGreaterThanOrEqualTo(
                                    Duration.ofMillis(DELAY_MILLIS).toNanos());
                    total += span.nanos() + next.nanos();
                }
                assertThat(total).isLessThan(Arrays.stream(took).sum());
            }
        }
    }

    private static Jvm demo(String service, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of("-cp", DEMO, "io.plumbline.demo." + main, "--access-log", "on"));
        command.addAll(List.of(arguments));
        return stage.program(service, stage.tracedAloud(service), Map.of(), "", command);
    }

    /** WireMock with its libraries as they are, not renamed, so that the tracer knows them. */
    private static Jvm wireMock(String service, int port, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "-cp",
                Programs.libraries(),
                "wiremock.Run",
                "--port",
                String.valueOf(port),
                "--bind-address",
                "127.0.0.1"));
        command.addAll(List.of(arguments));
        return stage.program(service, stage.tracedAloud(service), Map.of(), "", command);
    }

    private void await(int port) {
        Await.until(
                "WireMock",
                SpanStage.SOON,
                () -> {
                    try {
                        return get("http://127.0.0.1:" + port + "/__admin/mappings");
                    } catch (IOException e) {
                        return 0;
                    }
                },
                status -> status == 200);
    }

    /** Answers everything under a path, after a while. */
    private void stub(int port) throws Exception {
        String mapping =
                "{\"request\": {\"urlPattern\": \"/slow/.*\"}, \"response\": {\"status\": 200, \"body\": \"ok\","
                        + " \"fixedDelayMilliseconds\": " + DELAY_MILLIS + "}}";
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/__admin/mappings"))
                        .POST(HttpRequest.BodyPublishers.ofString(mapping))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    private int get(String url) throws IOException {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each pair lies in a trace of the tracer's, below a span of the service that it begins in, which leads to the request's first. */
    private static void checkTrees(List<Seen> first, List<Seen> second, String front, String back) {
        assertThat(first).hasSize(REQUESTS);
        assertThat(second).hasSize(REQUESTS);
        assertThat(byTrace(first).keySet())
                .hasSize(REQUESTS)
                .isEqualTo(byTrace(second).keySet());
        for (Seen span : first) {
            checkWay(span, List.of(front));
            assertThat(span.says("plumbline.latency.basis")).isEqualTo("host");
        }
        for (Seen span : second) {
            checkWay(span, List.of(back, front));
        }
    }

    /** From a span up to the root through these services. */
    private static void checkWay(Seen span, List<String> services) {
        Map<String, Seen> trace = Await.until(
                "the tracer's spans of " + span.traceId(),
                SpanStage.SOON,
                () -> stage.receiver.trace(span.traceId()),
                spans -> isWhole(spans, span));
        List<String> met = new ArrayList<>();
        for (Seen at = trace.get(span.parent()); at != null; at = trace.get(at.parent())) {
            if (met.isEmpty() || !met.get(met.size() - 1).equals(at.service())) {
                met.add(at.service());
            }
        }
        assertThat(met).isEqualTo(services);
    }

    private static boolean isWhole(Map<String, Seen> trace, Seen span) {
        Seen at = span;
        Set<String> roots = Set.of("", "0000000000000000");
        while (at != null && !roots.contains(at.parent())) {
            at = trace.get(at.parent());
        }
        return at != null;
    }

    private static Map<String, Seen> byTrace(List<Seen> spans) {
        return spans.stream().collect(Collectors.toMap(Seen::traceId, span -> span));
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static Map<String, Served> orders(Jvm shop) {
        return served(shop, "/order", "\"order\":\"([^\"]+)\"");
    }

    private static Map<String, Served> byCharge(Jvm payments) {
        return served(payments, "/charge", "\"charge\":\"([^\"]+)\"");
    }

    private static Map<String, Served> served(Jvm service, String path, String key) {
        Pattern line = Pattern.compile(path + " 200 (\\d+) (\\d+) (\\{.*\\})");
        String output = Await.until(
                "what the service printed",
                SpanStage.SOON,
                service::output,
                text -> line.matcher(text).results().count() >= REQUESTS);
        Map<String, Served> all = new HashMap<>();
        line.matcher(output)
                .results()
                .forEach(found -> all.put(
                        found(found.group(3), key),
                        new Served(Long.parseLong(found.group(1)), Long.parseLong(found.group(2)), found.group(3))));
        return all;
    }
}
