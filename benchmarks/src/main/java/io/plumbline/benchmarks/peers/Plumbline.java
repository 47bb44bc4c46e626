package io.plumbline.benchmarks.peers;

import io.plumbline.benchmarks.fleet.FleetApi;
import io.plumbline.benchmarks.inside.InsideJvm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The agent as it is shipped, at a real broker, with a probe that was set through the API. */
final class Plumbline implements Peer {
    private static final String ID = "peer";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_MILLIS = 100;

    private final String kafka;
    private final FleetApi api;
    private final String action;

    /**
     * @param kafka the broker's address
     * @param api of a control plane at the same broker
     * @param action what the probe asks, as JSON members
     */
    Plumbline(String kafka, FleetApi api, String action) {
        this.kafka = kafka;
        this.api = api;
        this.action = action;
    }

    @Override
    public List<String> options() {
        return List.of("-javaagent:" + InsideJvm.builtAgent().toAbsolutePath().normalize() + "=kafka=" + kafka
                + ",service=peer");
    }

    @Override
    public void awaitProbe() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        String at = PeerProgram.class.getName() + ":" + PeerProgram.LINE;
        api.set("{\"id\": \"" + ID + "\", \"at\": \"" + at + "\", " + action + "}");
        while (api.installed(ID) == 0) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the probe is not installed after a minute");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            api.remove(ID);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
