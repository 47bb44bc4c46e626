package io.plumbline.pipeline.cli;

import static io.plumbline.pipeline.cli.Given.put;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Who gets the signals of a probe, and until when: the same for every kind of probe. */
final class DeliveryOptions {
    @Option(
            names = "--to",
            paramLabel = "NAME",
            split = ",",
            description = "Only to the exporter of this name (see: plumb exporters). Default: to all.")
    private List<String> to = List.of();

    @Option(names = "--for", paramLabel = "TIME", description = "How long: 90s, 15m, 1h30m, 7d or never. Default 1h.")
    private String life;

    /** Into a definition, where they were given. */
    void putInto(Map<String, Object> probe) {
        put(probe, "to", to);
        put(probe, "for", life);
    }
}
