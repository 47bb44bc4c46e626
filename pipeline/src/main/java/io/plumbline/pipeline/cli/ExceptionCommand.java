package io.plumbline.pipeline.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "exception",
        description = {
            "Capture the exception at a catch, a throw or a method's end, with the variables there.",
            "",
            "The probe ends by itself after --for, by default 1h."
        },
        footer = {
            "",
            "  plumb exception 'shop.OrderService#place:exception'",
            "  plumb exception 'OrderService:catch(IOException)' --hits 10"
        })
final class ExceptionCommand extends LocatedCommand {
    @Mixin
    private CapturingOptions capturing;

    @Override
    Map<String, Object> actions() {
        return Map.of("exception", capturing.form());
    }
}
