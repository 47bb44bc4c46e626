package io.plumbline.pipeline.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
final class SnapshotCommand extends LocatedCommand {
    @Mixin
    private CapturingOptions capturing;

    @Override
    Map<String, Object> actions() {
        return Map.of("snapshot", capturing.form());
    }
}
