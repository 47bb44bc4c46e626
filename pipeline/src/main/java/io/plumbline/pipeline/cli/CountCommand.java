package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "count",
        description = {
            "Count how often a line of running programs is reached, or add up a value there.",
            "",
            "The probe ends by itself after --for, by default 1h."
        },
        footer = {
            "",
            "  plumb count OrderService:118 orders --label tier=customer.tier",
            "  plumb count OrderService:118 items=order.items.size() --if 'total > 100'"
        })
final class CountCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "LOCATION",
            description = "Where, such as shop.OrderService:42 or OrderService.java:42.")
    private String location;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME[=EXPR]",
            description = "The counter's name; what to add, by default 1.")
    private List<String> metrics = List.of();

    @Mixin
    private MetricOptions metricOptions;

    @Mixin
    private BesideOption beside;

    @Mixin
    private ProbeOptions options;

    @Override
    public Integer call() throws InterruptedException {
        String metric = OneText.of(metrics, "the metric", "plumb count OrderService:118 orders");
        return options.set(
                location, Map.of("count", metricOptions.metric("plumb count LOCATION", metric, false, beside)));
    }
}
