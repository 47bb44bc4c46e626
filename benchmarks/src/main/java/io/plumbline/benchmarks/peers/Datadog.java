package io.plumbline.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Datadog's agent with one probe from a file, and a stand-in on loopback for the process that it reports to. */
final class Datadog implements Peer {
    private static final String ID = "11111111-1111-1111-1111-111111111111";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long LOOK_MILLIS = 100;

    private final Path jar;
    private final Path probes;
    private final String members;
    private final DatadogIntake intake;

    /**
     * @param probes where the probe is written
     * @param members of the probe's JSON besides id and place
     */
    Datadog(Path jar, Path probes, String members) throws IOException {
        this.jar = jar;
        this.probes = probes;
        this.members = members;
        this.intake = new DatadogIntake();
    }

    @Override
    public List<String> options() throws IOException {
        Files.writeString(
                probes, """
                [{"id": "%s", "version": 0, "language": "java", "active": true,
                  "where": {"typeName": "%s", "methodName": "%s", "sourceFile": "PeerProgram.java", "lines": ["%d"]},
                  %s}]
                """.formatted(ID, PeerProgram.class.getName(), PeerProgram.METHOD, PeerProgram.LINE, members));
        return List.of(
                "-javaagent:" + jar.toAbsolutePath(),
                "-Ddd.dynamic.instrumentation.enabled=true",
                "-Ddd.dynamic.instrumentation.probe.file=" + probes.toAbsolutePath(),
                "-Ddd.trace.agent.url=" + intake.address(),
                "-Ddd.remote_config.enabled=false",
                "-Ddd.instrumentation.telemetry.enabled=false",
                "-Ddd.jmxfetch.enabled=false",
                "-Ddd.trace.startup.logs=false");
    }

    @Override
    public void awaitProbe() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!intake.saw("INSTALLED")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("Datadog's agent does not say within 90 s that its probe is installed");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() {
        intake.close();
    }
}
