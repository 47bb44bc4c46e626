package io.plumbline.pipeline.cli;

import static io.plumbline.pipeline.cli.Given.put;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What can be said of a snapshot or of an exception's record. */
final class CapturingOptions {
    @Option(names = "--watch", paramLabel = "EXPR", description = "A further value of the snapshot.")
    private List<String> watches = List.of();

    @Option(names = "--depth", paramLabel = "N", description = "Levels of objects in the snapshot. Default 3.")
    private Integer depth;

    boolean isGiven() {
        return !watches.isEmpty() || depth != null;
    }

    /** The action as a definition has it: what is wanted, or true. */
    Object form() {
        Map<String, Object> wanted = new LinkedHashMap<>();
        put(wanted, "watch", watches);
        put(wanted, "depth", depth);
        return wanted.isEmpty() ? Boolean.TRUE : wanted;
    }
}
