package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.probe.ProbeSchema;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's files as they are served: by hand, as a browser would not ask for some of this. */
final class ConsolePagesTest {
    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static ControlPlane control;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.address());
        PipelineTopics.ensure(kafka);
        control = ControlPlane.start(folder, 0, kafka, List::of);
    }

    @AfterAll
    static void stop() {
        control.close();
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/console/probe, text/html; charset=utf-8, <h1>Set a probe</h1>",
        "/console/probe?at=<script>alert(1)</script>, text/html; charset=utf-8, <h1>Set a probe</h1>",
        "/console/console.css, text/css; charset=utf-8, color-scheme: light dark",
        "/console/js/probe-page/probe.js, text/javascript; charset=utf-8, import",
        "/console, text/html; charset=utf-8, <div id=\"app\">",
        "/console/, text/html; charset=utf-8, <div id=\"app\">",
        "/console/fleet?q=a, text/html; charset=utf-8, <div id=\"app\">",
        "/console/fleet/some_Thing.else, text/html; charset=utf-8, <div id=\"app\">",
        "/console/lib/uplot/dist/uPlot.esm.js, text/javascript; charset=utf-8, export",
        "/console/lib/codemirror__view/dist/index.js, text/javascript; charset=utf-8, export",
        "/console/icon.svg, image/svg+xml, <svg"
    })
    void file_hasItsType_andForbidsTheBrowserAllElse(String path, String type, String content) throws IOException {
        String answer = ask("GET", path, "");

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains("Content-Type: " + type + "\r\n", content)
                .contains("Content-Security-Policy: default-src 'none'; script-src 'self'")
                .contains("; style-src 'self';")
                .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
                .contains("X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer")
                .doesNotContain("alert(1)", "unsafe", control.address().token());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/nothing",
                "/console/nothing/fleet",
                "/console/lib/uplot/LICENSE",
                "/console/lib/../console.css",
                "/console/lib/uplot/dist/..%2f..%2f..%2fprobe.html",
                "/console/lib/uplot/dist/uPlot.d.ts",
                "/console/../prometheus/plumbline-rules.yml",
                "/console/%2e%2e/prometheus/plumbline-rules",
                "/console/..%2fprometheus%2fplumbline-rules.yml",
                "/console/js/..%5c..%5cgrafana",
                "/console/js",
                "/console/js/probe-page/probe.JS",
                "/console/probe.html/",
                "/console/probe.class"
            })
    void path_thatIsNoFileOfTheConsole_isNotFound(String path) throws IOException {
        assertThat(ask("GET", path, "")).startsWith("HTTP/1.1 404 ").doesNotContain("groups:", "import ");
    }

    @Test
    void pages_areReadOnly_andForThisMachineOnly() throws IOException {
        assertThat(ask("POST", "/console/probe", "Content-Length: 0\r\n")).startsWith("HTTP/1.1 405 ");
        assertThat(ask("GET", "/console/probe", "Origin: https://evil.example\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(exchange("GET /console/probe HTTP/1.1\r\nHost: evil.example\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void schemaOfProbeFiles_isHandedOut_withoutAToken() throws IOException {
        assertThat(ask("GET", "/schema/probe.json", ""))
                .startsWith("HTTP/1.1 200 ")
                .contains("Content-Type: application/schema+json\r\n", "https://json-schema.org/draft/2020-12/schema")
                .endsWith(ProbeSchema.json());
        assertThat(ask("GET", "/schema/nothing.json", "")).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void api_takesRequestsOfItsOwnPages_withTheToken_andOfNoOther() throws IOException {
        String token = "Authorization: Bearer " + control.address().token() + "\r\n";
        String own = "Origin: " + control.address().url() + "\r\n";

        assertThat(ask("GET", "/api/v1/probes", token + own)).startsWith("HTTP/1.1 200 ");
        assertThat(ask("GET", "/api/v1/probes", own)).startsWith("HTTP/1.1 401 ");
        assertThat(ask("GET", "/api/v1/probes", token + "Origin: null\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(ask("GET", "/api/v1/probes", token + "Origin: https://127.0.0.1:" + port() + "\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(ask("GET", "/api/v1/probes", token + own + "Origin: https://evil.example\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    private static String ask(String method, String path, String headers) throws IOException {
        return exchange(method + " " + path.replace("<", "%3C").replace(">", "%3E") + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + port() + "\r\n" + headers);
    }

    private static int port() {
        return URI.create(control.address().url()).getPort();
    }

    private static String exchange(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
