package io.plumbline.pipeline.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "snapshot",
        description = {
            "Capture the variables in scope and the stack at a line of running programs.",
            "",
            "The probe ends by itself after --for, by default 1h."
        },
        footer = {
            "",
            "  plumb snapshot OrderService:118 --hits 3",
            "  plumb snapshot OrderService:118 --if 'total > 1000' --watch 'order.lines.get(0)' --depth 5"
        })
final class SnapshotCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "LOCATION",
            description = "Where, such as shop.OrderService:42 or OrderService.java:42.")
    private String location;

    @Mixin
    private CapturingOptions capturing;

    @Mixin
    private ProbeOptions options;

    @Override
    public Integer call() throws InterruptedException {
        return options.set(location, Map.of("snapshot", capturing.form()));
    }
}
