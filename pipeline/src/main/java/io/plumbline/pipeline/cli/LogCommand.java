package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "log",
        description = {
            "Write a log record whenever a line of running programs is reached.",
            "",
            "{EXPR} in the template stands for a value. The probe ends by itself after --for, by default 1h."
        },
        footer = {
            "",
            "  plumb log OrderService:118 'order {order.id}'",
            "  plumb log OrderService:118 'order {order.id}' --if 'total > 100' --on service=shop --for 15m",
            "  plumb log OrderService.java:118 'order {order.id}: {total}' --level warn --hits 10"
        })
final class LogCommand extends LocatedCommand {
    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "TEMPLATE",
            description = "What to write; {EXPR} stands for a value.")
    private List<String> templates = List.of();

    @Mixin
    private LogOptions logOptions;

    @Mixin
    private BesideOption beside;

    @Override
    Map<String, Object> actions() {
        String template = OneText.of(templates, "what to log", "plumb log OrderService:118 'order {order.id}'");
        return Map.of("log", logOptions.log(template, beside));
    }
}
