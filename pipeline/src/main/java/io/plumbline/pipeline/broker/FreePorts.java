package io.plumbline.pipeline.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Two ports of the loopback interface that were free at the same time, a moment ago.
 *
 * @param broker what clients connect to
 * @param controller Kafka's own
 */
record FreePorts(int broker, int controller) {

    /**
     * A check beforehand: Kafka itself would fail late and with many lines.
     *
     * @param wanted 0 for any
     * @throws IllegalStateException with a remedy, when it is in use
     */
    static void require(int wanted) {
        find(wanted);
    }

    /**
     * Both are held until both are found; else the second could be the first again.
     *
     * @param wanted the broker's; 0 for any
     */
    static FreePorts find(int wanted) {
        try (ServerSocket broker = bound(wanted);
                ServerSocket controller = bound(0)) {
            return new FreePorts(broker.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port " + wanted + " for Kafka is taken by another program; choose another with --kafka-port"
                            + " (0 takes any free one), or name the cluster that is there with --kafka",
                    e);
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Whether somebody else took a port meanwhile. */
    static boolean isTaken(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
