package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka and control plane are gone, and the probes must be, too: the switch by a file on the host. */
class HostSwitchTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TICK = TickerProgram.NAME + ":" + TickerProgram.line();
    private static final String SLOT = "io.plumbline.agent.capture.Slot";
    private static final String SNAPSHOT = "io.plumbline.agent.capture.SnapshotEntry";

    /** A thousand ticks a second are more than a probe takes. */
    private static final Set<String> HITS = Set.of("emitting", "sampling");

    @TempDir
    private Path folder;

    @Test
    void off_byAFile_bytecodeAndBuffersAreTheApplicationsOwn_onBringsTheProbesBack() throws Exception {
        Plumb.assumeBuilt();
        int port = Jvm.freePort();
        String[] up = {"--kafka-port", String.valueOf(port), "--port", "0", "--set", "prometheus.port=0"};
        try (Plumb plumb = new Plumb(folder).up(up);
                Jvm ticker = TickerProgram.start(folder, Jdks.current(), "127.0.0.1:" + port)) {
            String pid = String.valueOf(ticker.pid());
            plumb.awaitAgent("ticker", SOON);
            byte[] original = bytes(ticker);
            plumb.ok("probe", "add", TICK, "--id", "log", "--log", "{number}");
            plumb.ok("probe", "add", TICK, "--id", "snapshot", "--snapshot");
            Await.until("hits", SOON, () -> state(plumb, "snapshot"), HITS::contains);
            assertThat(bytes(ticker)).isNotEqualTo(original);
            assertThat(living(pid, SLOT)).isGreaterThan(1_000);
            plumb.killUp();

            assertThat(plumb.ok("off", "--pid", pid).text()).contains("made ");

            Await.until("the original bytecode", SOON, () -> bytes(ticker), bytes -> same(bytes, original));
            Await.until("the ring's end", SOON, () -> living(pid, SLOT), count -> count == 0);
            assertThat(living(pid, SNAPSHOT)).isZero();

            plumb.up(up);
            JsonNode report = Await.until(
                    "the reason",
                    SOON,
                    () -> report(plumb, "log"),
                    found -> found.get("state").asText().equals("off"));
            assertThat(report.get("reason").asText()).contains("switched off on its host", "plumbline-" + pid + ".off");
            assertThat(plumb.ok("on", "--pid", pid).text()).contains("removed ");
            Await.until("hits again", SOON, () -> state(plumb, "log"), HITS::contains);
        }
    }

    private byte[] bytes(Jvm ticker) throws Exception {
        Path file = folder.resolve("Ticker.bytes");
        BytesAgent.dump(ticker.pid(), TickerProgram.NAME, file, folder);
        return Files.readAllBytes(file);
    }

    private static boolean same(byte[] one, byte[] other) {
        return Arrays.equals(one, other);
    }

    /** Objects of a class that are still reachable. */
    private static long living(String pid, String className) throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), pid, "GC.class_histogram").start();
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.trim().split("\\s+"))
                    .filter(words -> words.length > 3 && words[3].equals(className))
                    .mapToLong(words -> Long.parseLong(words[1]))
                    .sum();
        }
    }

    private static JsonNode report(Plumb plumb, String probe) throws Exception {
        return plumb.ok("probe", "show", probe, "--json").json().get("reports").get(0);
    }

    private static String state(Plumb plumb, String probe) throws Exception {
        return report(plumb, probe).get("state").asText();
    }
}
