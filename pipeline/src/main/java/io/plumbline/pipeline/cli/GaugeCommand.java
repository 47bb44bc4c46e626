package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "gauge",
        description = {
            "Keep the last value of an expression at a line of running programs.",
            "",
            "The probe ends by itself after --for, by default 1h."
        },
        footer = {"", "  plumb gauge OrderService:118 'stock.left=stock.size()' --on service=shop"})
final class GaugeCommand extends MetricCommand {
    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME=EXPR",
            description = "The gauge's name and its value.")
    private List<String> metrics = List.of();

    @Override
    Map<String, Object> actions() {
        return metric("gauge", metrics, true, "plumb gauge OrderService:118 'stock.left=stock.size()'");
    }
}
