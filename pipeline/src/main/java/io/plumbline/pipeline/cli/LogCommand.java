package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
final class LogCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "LOCATION",
            description = "Where, such as shop.OrderService:42 or OrderService.java:42.")
    private String location;

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

    @Mixin
    private ProbeOptions options;

    @Override
    public Integer call() throws InterruptedException {
        String template = OneText.of(templates, "what to log", "plumb log OrderService:118 'order {order.id}'");
        return options.set(location, Map.of("log", logOptions.log(template, beside)));
    }
}
