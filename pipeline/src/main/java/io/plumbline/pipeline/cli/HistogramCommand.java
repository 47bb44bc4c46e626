package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "histogram",
        description = {
            "Keep how the values of an expression at a line of running programs are spread.",
            "",
            "The probe ends by itself after --for, by default 1h."
        },
        footer = {"", "  plumb histogram OrderService:118 order.total=total --unit EUR --label tier=customer.tier"})
final class HistogramCommand extends MetricCommand {
    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME=EXPR",
            description = "The histogram's name and its value.")
    private List<String> metrics = List.of();

    @Override
    Map<String, Object> actions() {
        return metric("histogram", metrics, true, "plumb histogram OrderService:118 order.total=total");
    }
}
