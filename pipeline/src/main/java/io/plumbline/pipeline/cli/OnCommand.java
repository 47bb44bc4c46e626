package io.plumbline.pipeline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "on",
        description = "Switch on what was switched off.",
        footer = {
            "",
            "  plumb on                       everything, everywhere",
            "  plumb on --instance shop-4711  one JVM",
            "  plumb on cart-118-log          one probe",
            "  plumb on --tag X               the probes with a tag",
            "  plumb on --pid 4711            one JVM of this host that was switched off so",
        })
final class OnCommand implements Callable<Integer> {
    @Mixin
    private Switching switching;

    @Override
    public Integer call() {
        return switching.turn(false);
    }
}
