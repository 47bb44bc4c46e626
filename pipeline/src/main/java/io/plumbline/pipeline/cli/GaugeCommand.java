package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "gauge",
        description = {
            "Keep the last value of an expression at a line of running programs.",
            "",
            "The probe ends by itself after --for, by default 1h."
        },
        footer = {"", "  plumb gauge OrderService:118 'stock.left=stock.size()' --on service=shop"})
final class GaugeCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "LOCATION",
            description = "Where, such as shop.OrderService:42 or OrderService.java:42.")
    private String location;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME=EXPR",
            description = "The gauge's name and its value.")
    private List<String> metrics = List.of();

    @Mixin
    private MetricOptions metricOptions;

    @Mixin
    private BesideOption beside;

    @Mixin
    private ProbeOptions options;

    @Override
    public Integer call() throws InterruptedException {
        String metric = OneText.of(metrics, "the metric", "plumb gauge OrderService:118 'stock.left=stock.size()'");
        return options.set(
                location, Map.of("gauge", metricOptions.metric("plumb gauge LOCATION", metric, true, beside)));
    }
}
