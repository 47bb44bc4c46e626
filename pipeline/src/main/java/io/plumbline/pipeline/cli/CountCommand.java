package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
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
final class CountCommand extends MetricCommand {
    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME[=EXPR]",
            description = "The counter's name; what to add, by default 1.")
    private List<String> metrics = List.of();

    @Override
    Map<String, Object> actions() {
        return metric("count", metrics, false, "plumb count OrderService:118 orders");
    }
}
