package io.plumbline.pipeline.cli;

import io.plumbline.config.wire.ProbeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in words what a probe is and how it stands. */
final class ProbeForm {
    private ProbeForm() {}

    /** Where it is: {@code shop.Cart:118}, {@code A shop.Cart:118, B payments.Ledger:33}. */
    static String at(JsonObject definition) {
        JsonObject points = definition.object("span").object("points");
        return points.names().isEmpty()
                ? definition.text("at")
                : points.names().stream()
                        .map(name -> name + " " + points.object(name).text("at"))
                        .collect(Collectors.joining(", "));
    }

    /** {@code log, count orders.placed}. */
    static String what(JsonObject definition) {
        List<String> actions = new ArrayList<>();
        definition.objects("log").forEach(log -> actions.add("log" + beside(log)));
        for (String kind : List.of("snapshot", "exception")) {
            definition.objects(kind).forEach(capturing -> actions.add(kind));
        }
        for (String kind : List.of("count", "gauge", "histogram")) {
            definition.objects(kind).forEach(metric -> actions.add(kind + " " + metric.text("name") + beside(metric)));
        }
        JsonObject span = definition.object("span");
        if (span.has("points")) {
            actions.add("span " + String.join(", ", span.texts("pairs")).replace("->", "→") + " by " + span.text("by"));
        }
        return String.join(", ", actions)
                + (definition.has("tags") ? " [" + String.join(", ", definition.texts("tags")) + "]" : "");
    }

    /** Whether it goes to the program's own telemetry as well. */
    private static String beside(JsonObject action) {
        return action.has("beside") ? " (also the program's own)" : "";
    }

    /** {@code emitting 2/2}, or why it is not. */
    static String state(JsonObject probe) {
        if (probe.flag("expired")) {
            return "expired";
        }
        if (probe.flag("off")) {
            return "off";
        }
        JsonObject summary = probe.object("summary");
        JsonObject states = summary.object("states");
        if (states.names().isEmpty()) {
            return summary.number("instances") == 0 ? "no instance" : "no word yet";
        }
        long reporting = states.names().stream().mapToLong(states::number).sum();
        long instances = Math.max(summary.number("instances"), reporting);
        return states.names().stream()
                .map(state -> stateOf(state, summary) + " " + states.number(state) + "/" + instances)
                .collect(Collectors.joining(", "));
    }

    private static String stateOf(String state, JsonObject summary) {
        if (!state.equals("sampling")) {
            return state;
        }
        String least = summary.text("leastEvery");
        String most = summary.text("mostEvery");
        return state + " 1/" + least + (least.equals(most) ? "" : " to 1/" + most);
    }

    /** {@code emitting}, {@code sampling 1/50}. */
    static String stateOf(JsonObject report) {
        String state = report.text("state");
        return state.equals("sampling") ? state + " 1/" + report.object("cost").text("every") : state;
    }

    /** What the probe costs on an instance: {@code 1,234,567 hits, 12 ns each, 0.4 % of a core, 2.1 kB/s}; empty before a hit. */
    static String cost(JsonObject report) {
        JsonObject cost = report.object("cost");
        if (cost.number("hits") == 0) {
            return "";
        }
        double share = cost.decimal("share") * 100;
        double nanos = cost.decimal("nanosPerHit");
        List<String> parts = new ArrayList<>();
        parts.add(String.format(Locale.ROOT, "%,d hits", cost.number("hits")));
        if (cost.number("estimated") > 0) {
            parts.add(String.format(Locale.ROOT, "%,d of them reckoned", cost.number("estimated")));
        }
        if (cost.number("sampledOut") > 0) {
            parts.add(String.format(Locale.ROOT, "%,d sampled out", cost.number("sampledOut")));
        }
        if (nanos > 0) {
            parts.add(String.format(Locale.ROOT, nanos < 10 ? "%.1f ns each" : "%,.0f ns each", nanos));
        }
        parts.add(share < 0.01 ? "under 0.01% of a core" : String.format(Locale.ROOT, "%.2f%% of a core", share));
        parts.add(String.format(Locale.ROOT, "%,.1f kB/s", cost.decimal("bytesPerSecond") / 1_000));
        return String.join(", ", parts);
    }

    /** {@code first 1, then 25%, then all; now first, on shop-1}; empty without a rollout. */
    static String rollout(JsonObject probe) {
        JsonObject plan = probe.object("definition").object("rollout");
        if (!plan.has("first")) {
            return "";
        }
        JsonObject now = probe.object("rollout");
        String waits = now.text("waitsFor");
        return "first " + plan.text("first") + ", then " + plan.text("then") + ", then all; " + step(now)
                + (waits.isEmpty() || !now.text("reason").isEmpty() ? "" : "; waits: " + waits);
    }

    private static String step(JsonObject now) {
        return switch (now.text("step")) {
            case "" -> "not begun";
            case "first" -> "now first, on " + String.join(", ", now.texts("instances"));
            case "share" -> "now then, on " + Text.count(now.texts("instances").size(), "instance");
            case "all" -> "now all, still watched";
            case "done" -> "done";
            default -> "taken back: " + now.text("reason");
        };
    }

    static long emitted(JsonObject probe) {
        return probe.object("summary").number("emitted");
    }

    /** {@code in 58m}, {@code never}, {@code expired}. */
    static String expiry(JsonObject definition, Instant now) {
        if (!definition.has("expires")) {
            return "never";
        }
        Duration left = Duration.between(now, Instant.ofEpochMilli(definition.number("expires")));
        return left.isNegative() ? "expired" : "in " + Text.roughly(left);
    }

    /** {@code 1 of 2 sites}. */
    static String sites(JsonObject report) {
        List<JsonObject> sites = report.objects("sites");
        long installed = sites.stream()
                .map(site -> site.text("state"))
                .filter(state -> ProbeState.parse(state).isInstalled())
                .count();
        return installed + " of " + Text.count(sites.size(), "site");
    }
}
