package io.plumbline.agent.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which monotonic clock {@link System#nanoTime} reads. On Linux it is {@code CLOCK_MONOTONIC}, one for all processes of a host since
 * its last start, but for those in a time namespace of their own; so host and namespace name it. Elsewhere each instance's is its
 * own.
 */
public final class HostClock {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path TIME_NAMESPACE = Path.of("/proc/self/ns/time");

    private HostClock() {}

    /**
     * @param instance stands for the clock where nobody knows the host's
     */
    public static String id(String instance) {
        try {
            String boot = Files.readString(BOOT_ID).strip();
            return boot.isEmpty() ? instance : boot + namespace();
        } catch (IOException e) {
            return instance;
        }
    }

    /** Empty in kernels before time namespaces. */
    private static String namespace() {
        try {
            return "/" + Files.readSymbolicLink(TIME_NAMESPACE);
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
