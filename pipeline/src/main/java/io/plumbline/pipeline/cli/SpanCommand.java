package io.plumbline.pipeline.cli;

import static io.plumbline.pipeline.cli.Given.put;

import io.plumbline.config.probe.TargetsForm;
import io.plumbline.config.text.Json;
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
        name = "span",
        description = {
            "Measure how long each request takes from one line to the next, in one program or several.",
            "",
            "Points are passed in the order in which they are given. What belongs to one request is told by its trace, by the"
                    + " thread, or by an expression. The spans lie in the request's own trace; their durations are a histogram.",
        },
        footer = {
            "",
            "From a line of the shop to one of payments and back, by the trace:",
            "  plumb span checkout A=shop.OrderService:42 B=payments.Ledger:33 C=shop.OrderService:60",
            "within one method, without any tracer:",
            "  plumb span parse A=Parser.java:10 B=Parser.java:80 --by thread",
            "through a queue, by what the messages have in common:",
            "  plumb span delivery A=shop.Orders:42 B=store.Packing:17 \\",
            "        --by order.id --by-at B=message.orderId",
            "only the requests of one customer:",
            "  plumb span checkout A=shop.OrderService:42 B=payments.Ledger:33 \\",
            "        --if 'A=order.customer == \"acme\"'",
        })
final class SpanCommand implements Callable<Integer> {
    private static final int MIN_POINTS = 2;

    @Mixin
    private Connection connection;

    @Parameters(index = "0", paramLabel = "ID", description = "The probe's name.")
    private String id;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "POINT=LOCATION",
            description = "The points, such as A=shop.OrderService:42.")
    private Map<String, String> points = new LinkedHashMap<>();

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description = "What tells requests apart: 'trace' (default), 'thread', or an expression such as order.id.")
    private String by;

    @Option(
            names = "--by-at",
            paramLabel = "POINT=EXPR",
            description = "The expression at one point, where it has another name there.")
    private Map<String, String> byAt = Map.of();

    @Option(names = "--if", paramLabel = "POINT=EXPR", description = "Only hits of that point where this holds.")
    private Map<String, String> conditions = Map.of();

    @Option(
            names = "--attribute",
            paramLabel = "POINT.NAME=EXPR",
            description = "What the spans say, such as A.order=order.id.")
    private Map<String, String> attributes = Map.of();

    @Option(
            names = "--beside",
            paramLabel = "POINT=WHAT",
            description =
                    "Leave the point's attributes, an event, or both on the program's own span: A=event, A=attributes,"
                            + " A=both.")
    private Map<String, String> beside = Map.of();

    @Option(
            names = "--pair",
            paramLabel = "A->B",
            description = "Between which points; by default from each to the next.")
    private List<String> pairs = List.of();

    @Option(names = "--within", paramLabel = "TIME", description = "How long a hit waits for the next. Default 1m.")
    private String within;

    @Option(
            names = "--on",
            paramLabel = "KEY=VALUE",
            description = "Only on instances with this label. Of one point only: B:service=payments.")
    private Map<String, String> targets = Map.of();

    @Mixin
    private DeliveryOptions delivery;

    @Mixin
    private SubmitOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        Submission submission = new Submission(connection.client(), out);
        String answer = submission.send(Json.write(definition()), "the command line", options.query());
        return options.answer(submission, out, answer);
    }

    private Map<String, Object> definition() {
        if (points.size() < MIN_POINTS) {
            throw Failure.badInput("name at least two points, such as A=shop.OrderService:42 B=payments.Ledger:33");
        }
        byAt.keySet().forEach(this::requirePoint);
        conditions.keySet().forEach(this::requirePoint);
        beside.keySet().forEach(this::requirePoint);
        Map<String, Object> span = new LinkedHashMap<>();
        put(span, "by", by);
        put(span, "within", within);
        Map<String, Object> all = new LinkedHashMap<>();
        points.forEach((name, location) -> all.put(name, point(name, location)));
        span.put("points", all);
        put(span, "pairs", pairs);
        Map<String, Object> probe = new LinkedHashMap<>();
        probe.put("id", id);
        probe.put("span", span);
        Map<String, String> whole = part(targets, "", ":");
        put(probe, "on", whole.isEmpty() ? null : TargetsForm.map(TargetsForm.parse(whole)));
        delivery.putInto(probe);
        return probe;
    }

    private Map<String, Object> point(String name, String location) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("at", location);
        put(point, "if", conditions.get(name));
        put(point, "by", byAt.get(name));
        Map<String, String> said = part(attributes, name, ".");
        put(point, "attributes", said);
        String own = beside.get(name);
        put(point, "beside", "both".equals(own) ? List.of("attributes", "event") : own);
        Map<String, String> on = part(targets, name, ":");
        put(point, "on", on.isEmpty() ? null : TargetsForm.map(TargetsForm.parse(on)));
        return point;
    }

    /** What is said of one point; with no name, what is said of none. */
    private Map<String, String> part(Map<String, String> all, String name, String separator) {
        Map<String, String> part = new LinkedHashMap<>();
        all.forEach((key, value) -> {
            int at = key.indexOf(separator);
            String of = at < 0 ? "" : key.substring(0, at);
            if (!of.isEmpty()) {
                requirePoint(of);
            } else if (separator.equals(".")) {
                throw Failure.badInput("an attribute belongs to a point, as in --attribute A.order=order.id: " + key);
            }
            if (of.equals(name)) {
                part.put(key.substring(at + 1), value);
            }
        });
        return part;
    }

    private void requirePoint(String name) {
        if (!points.containsKey(name)) {
            throw Failure.badInput("there is no point " + name + "; points are " + String.join(", ", points.keySet()));
        }
    }
}
