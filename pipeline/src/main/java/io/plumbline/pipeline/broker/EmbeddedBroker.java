package io.plumbline.pipeline.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker in this process: one KRaft node on the loopback interface, with its data in a folder that
 * survives restarts.
 *
 * <p>The bargain: one copy of everything, no encryption and no access control beyond the loopback interface. It serves
 * a laptop or a single host; a fleet has a cluster. The port of the controller is a new one at each start.
 *
 * <p>Threads: Kafka's own, which are not daemons: whoever started a broker closes it, or the process does not end.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String FORMATTED = "meta.properties";
    private static final int MAX_ATTEMPTS = 5;

    private final KafkaRaftServer server;
    private final FolderLock lock;
    private final int port;
    /** Guarded by this. */
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, FolderLock lock, int port) {
        this.server = server;
        this.lock = lock;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it answers.
     *
     * @param folder its data; made if it is not there, formatted if it is empty
     * @param port 0 takes any free one
     * @throws IllegalStateException with a remedy, when the folder or the port is in use
     */
    public static EmbeddedBroker start(Path folder, int port) {
        return start(folder, port, false);
    }

    /** The same, but forgets what the folder held before. */
    public static EmbeddedBroker startFresh(Path folder, int port) {
        return start(folder, port, true);
    }

    private static EmbeddedBroker start(Path folder, int port, boolean fresh) {
        FreePorts.require(port);
        Path logs = logs(folder);
        FolderLock lock = FolderLock.of(folder);
        try {
            if (fresh) {
                empty(logs);
            }
            format(logs);
            return started(logs, port, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** A port that was free a moment ago may be somebody else's by now; where any will do, others are tried. */
    private static EmbeddedBroker started(Path logs, int wanted, FolderLock lock) {
        for (int attempt = 1; ; attempt++) {
            FreePorts ports = FreePorts.find(wanted);
            KafkaRaftServer server = new KafkaRaftServer(
                    KafkaConfig.fromProps(BrokerSettings.of(logs, ports.broker(), ports.controller())), Time.SYSTEM);
            try {
                server.startup();
                return new EmbeddedBroker(server, lock, ports.broker());
            } catch (RuntimeException e) {
                server.shutdown();
                server.awaitShutdown();
                if (attempt == MAX_ATTEMPTS || !FreePorts.isTaken(e)) {
                    throw e;
                }
            }
        }
    }

    /** What clients put into {@code bootstrap.servers}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Stops the broker and waits until everything is on disk. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        lock.close();
    }

    private static Path logs(Path folder) {
        try {
            return Files.createDirectories(folder.resolve("kafka"));
        } catch (IOException e) {
            throw new UncheckedIOException("can't make the data folder " + folder + "; choose another with --data", e);
        }
    }

    private static void empty(Path logs) {
        try (Stream<Path> all = Files.walk(logs)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(logs)) {
                    Files.delete(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't empty " + logs + "; make it writable or choose another folder", e);
        }
    }

    private static void format(Path logs) {
        if (Files.exists(logs.resolve(FORMATTED))) {
            return;
        }
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false)) {
            new Formatter()
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(nowhere)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("can't format " + logs + "; make it writable or choose another folder", e);
        }
    }
}
