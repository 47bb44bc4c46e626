package io.plumbline.pipeline.cli;

import static io.plumbline.pipeline.cli.Given.put;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "add",
        description = {
            "Set a probe at a line of running programs.",
            "",
            "A line is CLASS:LINE or FILE:LINE; 'plumb lines CLASS' lists those with code and the variables there."
                    + " Expressions (EXPR) are Java without side effects. A probe ends by itself after --for, by default 1h.",
        },
        footer = {
            "",
            "For one thing only there are shorter commands: plumb log, count, gauge, histogram, snapshot, exception.",
            "",
            "A log line, with values:",
            "  plumb probe add shop.OrderService:42 --log 'order {order.id}: {total}'",
            "only where something holds, on one service, at most ten times:",
            "  plumb probe add OrderService.java:42 --log 'dear: {total}' \\",
            "        --if 'total > 1000' --on service=shop --hits 10",
            "Ten times on all instances together, at first on one of them:",
            "  plumb probe add OrderService.java:42 --log 'dear: {total}' --fleet-hits 10 --guarded",
            "All variables there, and the stack:",
            "  plumb probe add shop.OrderService:42 --snapshot --hits 3",
            "Also where the program's own lines go, though its level is WARN:",
            "  plumb probe add shop.OrderService:42 --log 'order {order.id}' --beside --lift",
            "A number for Prometheus: how often, how much, how it is spread:",
            "  plumb probe add shop.OrderService:42 --count orders --label tier=customer.tier",
            "  plumb probe add shop.OrderService:42 --gauge 'stock.left=stock.size()'",
            "  plumb probe add shop.OrderService:42 --histogram order.total=total --unit EUR",
        })
final class ProbeAddCommand extends LocatedCommand {
    @Option(names = "--log", paramLabel = "TEMPLATE", description = "Write a log record; {EXPR} stands for a value.")
    private List<String> logs = List.of();

    @Option(names = "--snapshot", description = "Capture the variables in scope and the stack.")
    private boolean snapshot;

    @Option(names = "--exception", description = "Capture the exception at a catch or a throw, with the variables.")
    private boolean exception;

    @Option(names = "--count", paramLabel = "NAME[=EXPR]", description = "Count hits, or add up what EXPR says.")
    private List<String> counts = List.of();

    @Option(names = "--gauge", paramLabel = "NAME=EXPR", description = "Keep the last value.")
    private List<String> gauges = List.of();

    @Option(names = "--histogram", paramLabel = "NAME=EXPR", description = "Keep how the values are spread.")
    private List<String> histograms = List.of();

    @Mixin
    private LogOptions logOptions;

    @Mixin
    private CapturingOptions capturing;

    @Mixin
    private MetricOptions metrics;

    @Mixin
    private BesideOption beside;

    @Override
    Map<String, Object> actions() {
        requireAction();
        Map<String, Object> actions = new LinkedHashMap<>();
        put(
                actions,
                "log",
                logs.stream().map(text -> logOptions.log(text, beside)).toList());
        put(actions, "snapshot", snapshot ? capturing.form() : null);
        put(actions, "exception", exception ? capturing.form() : null);
        put(actions, "count", metrics("--count", counts, false));
        put(actions, "gauge", metrics("--gauge", gauges, true));
        put(actions, "histogram", metrics("--histogram", histograms, true));
        return actions;
    }

    private List<Map<String, Object>> metrics(String option, List<String> texts, boolean needsValue) {
        return texts.stream()
                .map(text -> metrics.metric(option, text, needsValue, beside))
                .toList();
    }

    private void requireAction() {
        boolean measures = !counts.isEmpty() || !gauges.isEmpty() || !histograms.isEmpty();
        if (logs.isEmpty() && !snapshot && !exception && !measures) {
            throw Failure.badInput(
                    "say what the probe does: --log, --snapshot, --exception, --count, --gauge or --histogram");
        }
        if (logs.isEmpty() && logOptions.namesLogger()) {
            throw Failure.badInput("--logger and --lift belong to --log; add one");
        }
        if (beside.isWanted() && logs.isEmpty() && !measures) {
            throw Failure.badInput(
                    "--beside is for log records and metrics; add --log, --count, --gauge or --histogram");
        }
        if (!snapshot && !exception && capturing.isGiven()) {
            throw Failure.badInput("--watch and --depth belong to --snapshot or --exception; add one of them");
        }
    }
}
