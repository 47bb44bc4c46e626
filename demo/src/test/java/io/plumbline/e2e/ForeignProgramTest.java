package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way on a program that nobody here wrote: WireMock, attached to while it serves requests. */
class ForeignProgramTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String HANDLER = "com.github.tomakehurst.wiremock.http.StubRequestHandler";
    private static final int REQUESTS = 137;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    static List<Jdks.Jdk> jdks() {
        return Jdks.both();
    }

    @ParameterizedTest(name = "WireMock on {0}")
    @MethodSource("jdks")
    void probesInWireMock_countEqualsRequests(Jdks.Jdk jdk) throws Exception {
        Plumb.assumeBuilt();
        int port = Jvm.freePort();
        try (Search search = new Search(folder.resolve("search"));
                Plumb plumb = new Plumb(folder);
                Jvm wireMock = Jvm.start(
                        folder,
                        "wiremock",
                        jdk,
                        Map.of(),
                        List.of(
                                "-jar",
                                wireMockJar(),
                                "--port",
                                String.valueOf(port),
                                "--bind-address",
                                "127.0.0.1"))) {
            plumb.up(
                    "--kafka-port",
                    "0",
                    "--port",
                    "0",
                    "--exporter",
                    "elasticsearch",
                    "--exporter",
                    "prometheus",
                    "--set",
                    "elasticsearch.url=" + search.url(),
                    "--set",
                    "prometheus.port=0");
            Await.until("WireMock", SOON, () -> get(port, "/ready"), status -> status == 404);

            attachWhileServing(plumb, wireMock, port);
            String line = HANDLER + ":" + lineOf(plumb, "handleRequest");
            byte[] before = classBytes(wireMock, "before");
            setProbes(plumb, line);
            assertThat(classBytes(wireMock, "during")).isNotEqualTo(before);
            int lengths = 0;
            for (int i = 0; i < REQUESTS; i++) {
                String path = "/orders/" + i;
                get(port, path);
                lengths += path.length();
            }

            Scrape scrape = new Scrape(plumb.metricsUrl());
            Await.until("the count", SOON, () -> scrape.sum("wm_requests_total", "wm-count"), sum -> sum >= REQUESTS);
            assertThat(scrape.sum("wm_requests_total", "wm-count")).isEqualTo(REQUESTS);
            Await.until("the histogram", SOON, () -> scrape.sum("wm_url_length_count", ""), sum -> sum >= REQUESTS);
            assertThat(scrape.sum("wm_url_length_count", "wm-length")).isEqualTo(REQUESTS);
            assertThat(scrape.sum("wm_url_length_sum", "wm-length")).isEqualTo(lengths);
            List<JsonNode> documents =
                    Await.until("documents", SOON, () -> search.documents("wm-log"), found -> found.size() >= REQUESTS);
            assertThat(documents).hasSize(REQUESTS);
            assertThat(documents.get(0).toString()).contains("serving /orders/0");

            changedTemplate_takesEffectWithoutWeaving(plumb, search, line, port);
            plumb.ok("probe", "rm", "wm-log", "wm-count", "wm-length");
            Await.until(
                    "original bytecode",
                    SOON,
                    () -> classBytes(wireMock, "after"),
                    now -> java.util.Arrays.equals(now, before));
        }
    }

    /** Requests go on while the agent comes in; none of them fails. */
    private void attachWhileServing(Plumb plumb, Jvm wireMock, int port) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean failed = new AtomicBoolean();
        Thread traffic = new Thread(() -> {
            while (!done.get()) {
                failed.compareAndSet(false, get(port, "/meanwhile") != 404);
            }
        });
        traffic.start();
        try {
            String said = plumb.ok("attach", String.valueOf(wireMock.pid()), "--service", "wm")
                    .text();
            System.out.println(said.strip());
        } finally {
            done.set(true);
            traffic.join();
        }
        assertThat(failed).isFalse();
    }

    private static void setProbes(Plumb plumb, String line) throws InterruptedException {
        String url = "((com.github.tomakehurst.wiremock.verification.LoggedRequest) initialServeEvent.request).url";
        for (List<String> form : List.of(
                List.of("--id", "wm-log", "--log", "serving {" + url + "}"),
                List.of("--id", "wm-count", "--count", "wm.requests"),
                List.of("--id", "wm-length", "--histogram", "wm.url.length=" + url + ".length()"))) {
            String[] command = java.util.stream.Stream.concat(
                            java.util.stream.Stream.of("probe", "add", line), form.stream())
                    .toArray(String[]::new);
            String said = plumb.ok(command).text();
            System.out.println(said.strip());
            assertThat(said).contains("installed at 1 of 1 site");
        }
    }

    private void changedTemplate_takesEffectWithoutWeaving(Plumb plumb, Search search, String line, int port)
            throws InterruptedException {
        long weaves = weaves(plumb);
        plumb.ok(
                "probe",
                "add",
                line,
                "--id",
                "wm-log",
                "--log",
                "changed {this.loggingDisabled}",
                "--if",
                "initialServeEvent != null");

        get(port, "/changed");

        Await.until(
                "the changed record",
                SOON,
                () -> search.documents("wm-log"),
                found -> found.stream().anyMatch(document -> document.toString().contains("changed false")));
        assertThat(weaves(plumb)).isEqualTo(weaves);
    }

    private static long weaves(Plumb plumb) throws InterruptedException {
        JsonNode shown = plumb.ok("probe", "show", "wm-log", "--json").json();
        return shown.findValue("weaves").asLong();
    }

    private static int lineOf(Plumb plumb, String method) throws InterruptedException {
        for (JsonNode line : plumb.ok("lines", HANDLER, "--json").json().get("lines")) {
            if (line.get("method").asText().startsWith(method + "(")) {
                return line.get("line").asInt();
            }
        }
        throw new AssertionError("no line of " + method);
    }

    /** The bytes of the class as the JVM has them, dumped by an agent of the test's own. */
    private byte[] classBytes(Jvm target, String name) throws Exception {
        Path file = folder.resolve(name + ".class");
        BytesAgent.dump(target.pid(), HANDLER, file, folder);
        return Files.readAllBytes(file);
    }

    private int get(int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (java.io.IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static String wireMockJar() {
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            if (entry.contains("wiremock-standalone")) {
                return entry;
            }
        }
        throw new AssertionError("wiremock-standalone is not on the class path");
    }
}
