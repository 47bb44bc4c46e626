package io.plumbline.pipeline.cli;

import static io.plumbline.pipeline.cli.Given.put;

import io.plumbline.config.text.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class ProbeAddCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "LOCATION", description = "Where, such as shop.OrderService:42 or OrderService.java:42.")
    private String location;

    @Option(names = "--log", paramLabel = "TEMPLATE", description = "Write a log record; {EXPR} stands for a value.")
    private List<String> logs = List.of();

    @Option(names = "--level", paramLabel = "LEVEL", description = "Its level: trace, debug, info, warn or error.")
    private String level;

    @Option(names = "--snapshot", description = "Capture the variables in scope and the stack.")
    private boolean snapshot;

    @Option(names = "--exception", description = "Capture the exception at a catch or a throw, with the variables.")
    private boolean exception;

    @Option(names = "--watch", paramLabel = "EXPR", description = "A further value of the snapshot.")
    private List<String> watches = List.of();

    @Option(names = "--depth", paramLabel = "N", description = "Levels of objects in the snapshot. Default 3.")
    private Integer depth;

    @Option(names = "--count", paramLabel = "NAME[=EXPR]", description = "Count hits, or add up what EXPR says.")
    private List<String> counts = List.of();

    @Option(names = "--gauge", paramLabel = "NAME=EXPR", description = "Keep the last value.")
    private List<String> gauges = List.of();

    @Option(names = "--histogram", paramLabel = "NAME=EXPR", description = "Keep how the values are spread.")
    private List<String> histograms = List.of();

    @Option(names = "--unit", paramLabel = "U", description = "The metrics' unit, such as ms, By or EUR.")
    private String unit;

    @Option(names = "--label", paramLabel = "NAME=EXPR", description = "A label of the metrics.")
    private Map<String, String> labels = Map.of();

    @Option(
            names = "--beside",
            description = "Also in the program's own log (Logback) and metrics (Micrometer or simpleclient).")
    private boolean beside;

    @Option(names = "--logger", paramLabel = "NAME", description = "By this logger of the program's own log.")
    private String logger;

    @Option(names = "--lift", description = "There, also what the logger's level would keep back.")
    private boolean lift;

    @Option(names = "--if", paramLabel = "EXPR", description = "Only where this holds.")
    private String condition;

    @Option(
            names = "--on",
            paramLabel = "KEY=VALUE",
            description =
                    "Only on instances with this label: service, environment, host, instance, or one of your own.")
    private Map<String, String> targets = Map.of();

    @Option(
            names = "--to",
            paramLabel = "NAME",
            split = ",",
            description = "Only to the exporter of this name (see: plumb exporters). Default: to all.")
    private List<String> to = List.of();

    @Option(names = "--for", paramLabel = "TIME", description = "How long: 90s, 15m, 1h30m, 7d or never. Default 1h.")
    private String life;

    @Option(names = "--per-second", paramLabel = "N", description = "At most so many hits a second and instance.")
    private Integer perSecond;

    @Option(
            names = "--cpu",
            paramLabel = "PERCENT",
            description = "At most so much of one core on an instance, as in 0.5%%. Default 1%%.")
    private String cpu;

    @Option(
            names = "--over-budget",
            paramLabel = "WHAT",
            description = "When it would cost more: 'sample' one hit in n, with weights (default), or 'disable' it.")
    private String overBudget;

    @Option(names = "--hits", paramLabel = "N", description = "End after so many hits on an instance.")
    private Long hits;

    @Option(
            names = "--fleet-hits",
            paramLabel = "N",
            description = "End after so many hits on all instances together. For one log, snapshot or exception.")
    private Long fleetHits;

    @Option(
            names = "--guarded",
            description = "One instance first, then a quarter, then all; taken back by itself when it does harm there.")
    private boolean guarded;

    @Option(names = "--id", paramLabel = "ID", description = "Its name; by default made from place and kind.")
    private String id;

    @Option(
            names = "--source",
            paramLabel = "FILE",
            description = "The source file you look at; says so before setting the probe if another one runs.")
    private Path source;

    @Option(names = "--force", description = "Set the probe though its line has no code now, or its source differs.")
    private boolean force;

    @Mixin
    private SubmitOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        Submission submission = new Submission(connection.client(), out);
        Map<String, Object> definition = definition();
        if (id == null) {
            submission.chooseId(definition);
        }
        foresee();
        String answer = submission.send(Json.write(definition), "the command line", options.isDryRun());
        return options.answer(submission, out, answer);
    }

    private void foresee() {
        Foresight foresight = new Foresight(connection.client());
        if (force) {
            return;
        }
        if (source != null) {
            String remark = foresight.checkSource(location, source, targets.get("service"));
            if (!remark.isEmpty()) {
                spec.commandLine().getErr().println(Text.safe(remark));
            }
        }
        if (options.waits()) {
            foresight.checkLine(location, targets);
        }
    }

    private Map<String, Object> definition() {
        Map<String, Object> probe = new LinkedHashMap<>();
        put(probe, "id", id);
        probe.put("at", location);
        put(probe, "if", condition);
        put(probe, "log", logs.stream().map(this::log).toList());
        put(probe, "snapshot", snapshot ? capturing() : null);
        put(probe, "exception", exception ? capturing() : null);
        put(
                probe,
                "count",
                counts.stream().map(text -> metric("--count", text, false)).toList());
        put(
                probe,
                "gauge",
                gauges.stream().map(text -> metric("--gauge", text, true)).toList());
        put(
                probe,
                "histogram",
                histograms.stream()
                        .map(text -> metric("--histogram", text, true))
                        .toList());
        put(probe, "on", targets);
        Map<String, Object> limits = new LinkedHashMap<>();
        put(limits, "per-second", perSecond);
        put(limits, "hits", hits);
        put(limits, "cpu", cpu);
        put(limits, "over-budget", overBudget);
        put(limits, "fleet-hits", fleetHits);
        put(probe, "limits", limits);
        put(probe, "to", to);
        put(probe, "rollout", guarded ? "guarded" : null);
        put(probe, "for", life);
        requireAction();
        return probe;
    }

    private void requireAction() {
        boolean measures = !counts.isEmpty() || !gauges.isEmpty() || !histograms.isEmpty();
        if (logs.isEmpty() && !snapshot && !exception && !measures) {
            throw Failure.badInput(
                    "say what the probe does: --log, --snapshot, --exception, --count, --gauge or --histogram");
        }
        if (logs.isEmpty() && (logger != null || lift)) {
            throw Failure.badInput("--logger and --lift belong to --log; add one");
        }
        if (beside && logs.isEmpty() && !measures) {
            throw Failure.badInput(
                    "--beside is for log records and metrics; add --log, --count, --gauge or --histogram");
        }
        if (!snapshot && !exception && (!watches.isEmpty() || depth != null)) {
            throw Failure.badInput("--watch and --depth belong to --snapshot or --exception; add one of them");
        }
    }

    private Object capturing() {
        Map<String, Object> wanted = new LinkedHashMap<>();
        put(wanted, "watch", watches);
        put(wanted, "depth", depth);
        return wanted.isEmpty() ? Boolean.TRUE : wanted;
    }

    private Map<String, Object> log(String template) {
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("template", template);
        put(log, "level", level);
        put(log, "beside", besideLog());
        return log;
    }

    /** To name a logger is to want it. */
    private Object besideLog() {
        if (logger == null && !lift) {
            return beside ? Boolean.TRUE : null;
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        put(wanted, "logger", logger);
        put(wanted, "lift", lift ? Boolean.TRUE : null);
        return wanted;
    }

    private Map<String, Object> metric(String option, String text, boolean needsValue) {
        int equals = text.indexOf('=');
        if (needsValue && equals < 1) {
            throw Failure.badInput(option + " reads NAME=EXPR, such as " + option + " order.total=total: " + text);
        }
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("name", equals < 0 ? text : text.substring(0, equals));
        put(metric, "value", equals < 0 ? null : text.substring(equals + 1));
        put(metric, "unit", unit);
        put(metric, "labels", labels);
        put(metric, "beside", beside ? Boolean.TRUE : null);
        return metric;
    }
}
