package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show a probe: its definition, and how it stands on each instance and at each site.",
        footer = {"", "  plumb probe show cart-118-log"})
final class ProbeShowCommand extends AskCommand {
    @Parameters(paramLabel = "ID", description = "The probe's id, as 'plumb probe list' shows it.")
    private String id;

    @Override
    String path() {
        return "/probes/" + ApiClient.encoded(id);
    }

    @Override
    int print(PrintWriter out, JsonObject probe) {
        definition(out, probe);
        if (probe.has("approval")) {
            line(out, "change", ApprovalForm.state(probe.object("approval")));
        }
        if (probe.objects("reports").isEmpty()) {
            out.println();
            out.println(ProbeForm.state(probe) + (probe.texts("targets").isEmpty() ? " is meant by it" : ""));
        }
        probe.objects("reports").forEach(report -> report(out, report));
        return 0;
    }

    private static void definition(PrintWriter out, JsonObject probe) {
        JsonObject definition = probe.object("definition");
        line(out, "probe", probe.text("id") + ", version " + probe.text("version"));
        line(out, "at", ProbeForm.at(definition));
        line(out, "if", definition.text("if"));
        for (JsonObject log : definition.objects("log")) {
            line(out, "log", log.text("level") + " " + log.text("template"));
        }
        for (String kind : List.of("snapshot", "exception")) {
            definition.objects(kind).forEach(capturing -> line(out, kind, capturing(capturing)));
        }
        for (String kind : List.of("count", "gauge", "histogram")) {
            definition.objects(kind).forEach(metric -> line(out, kind, metric(metric)));
        }
        span(out, definition.object("span"));
        line(out, "on", definition.object("on").pairs());
        line(out, "to", String.join(", ", definition.texts("to")));
        line(out, "limits", definition.object("limits").pairs());
        line(out, "rollout", ProbeForm.rollout(probe));
        line(out, "expires", ProbeForm.expiry(definition, Instant.now()));
        line(out, "state", ProbeForm.state(probe));
    }

    private static void span(PrintWriter out, JsonObject span) {
        if (!span.has("points")) {
            return;
        }
        line(
                out,
                "span",
                String.join(", ", span.texts("pairs")).replace("->", "→") + " by " + span.text("by") + " within "
                        + span.text("within"));
        JsonObject points = span.object("points");
        for (String name : points.names()) {
            JsonObject point = points.object(name);
            String condition = point.text("if").isEmpty() ? "" : " if " + point.text("if");
            String key = point.text("by").isEmpty() ? "" : " by " + point.text("by");
            String said = point.object("attributes").pairs();
            line(out, "  " + name, point.text("at") + condition + key + (said.isEmpty() ? "" : ", says " + said));
        }
    }

    private static String capturing(JsonObject capturing) {
        String bounds = capturing.pairs();
        String watch = String.join(", ", capturing.object("watch").texts().values());
        String what = (watch.isEmpty() ? "" : "watch " + watch + (bounds.isEmpty() ? "" : ", ")) + bounds;
        return what.isEmpty() ? "with the usual bounds" : what;
    }

    private static String metric(JsonObject metric) {
        String labels = metric.object("labels").pairs();
        return metric.text("name")
                + (metric.has("value") ? " = " + metric.text("value") : "")
                + (metric.has("unit") ? " in " + metric.text("unit") : "")
                + (labels.isEmpty() ? "" : " by " + labels);
    }

    private static void report(PrintWriter out, JsonObject report) {
        out.println();
        out.println(Text.safe(report.text("instance") + ": " + ProbeForm.stateOf(report) + ", "
                + ProbeForm.sites(report) + ", " + report.text("emitted") + " emitted"));
        line(out, "  why", report.text("reason"));
        line(out, "  cost", ProbeForm.cost(report));
        line(out, "  dropped", report.object("dropped").pairs());
        for (JsonObject site : report.objects("sites")) {
            String reason = site.text("reason");
            line(
                    out,
                    "  site",
                    site.text("state") + " " + site.text("class") + "." + MethodForm.readable(site.text("method"))
                            + (reason.isEmpty() ? "" : ": " + reason));
        }
    }

    private static void line(PrintWriter out, String name, String value) {
        if (!value.isEmpty()) {
            out.printf("%-10s %s%n", name, Text.safeLines(value));
        }
    }
}
