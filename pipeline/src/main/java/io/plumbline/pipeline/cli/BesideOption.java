package io.plumbline.pipeline.cli;

import picocli.CommandLine.Option;

/** Whether a record or metric also stands in the program's own telemetry. */
final class BesideOption {
    @Option(
            names = "--beside",
            description = "Also in the program's own log (Logback) and metrics (Micrometer or simpleclient).")
    private boolean beside;

    boolean isWanted() {
        return beside;
    }

    /** As the key {@code beside} of an action without further choices; null where it is not wanted. */
    Object form() {
        return beside ? Boolean.TRUE : null;
    }
}
