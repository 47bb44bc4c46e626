package io.plumbline.pipeline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "off",
        description = "Switch off everything, one instance or one probe. Definitions are kept.",
        footer = {
            "",
            "  plumb off                       everything, everywhere",
            "  plumb off --instance shop-4711  one JVM",
            "  plumb off cart-118-log          one probe",
            "  plumb off --tag X               the probes with a tag",
            "  plumb off --pid 4711            one JVM of this host, also while Kafka is away",
        })
final class OffCommand implements Callable<Integer> {
    @Mixin
    private Switching switching;

    @Override
    public Integer call() {
        return switching.turn(true);
    }
}
