package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what a dry run found: a paragraph a probe, where instances that answer alike stand together. */
final class TrialForm {
    private static final int MAX_SITES = 8;

    private final PrintWriter out;
    private boolean fits = true;

    private TrialForm(PrintWriter out) {
        this.out = out;
    }

    /** Prints; false where an instance would refuse a probe. */
    static boolean print(PrintWriter out, JsonObject reply) {
        TrialForm form = new TrialForm(out);
        List<JsonObject> probes = reply.objects("probes");
        for (JsonObject probe : probes) {
            if (probe.has("trial")) {
                form.print(probe, probes.size() > 1 ? probe.text("id") + ": " : "");
            }
        }
        return form.fits;
    }

    private void print(JsonObject probe, String prefix) {
        JsonObject trial = probe.object("trial");
        List<JsonObject> groups = trial.objects("groups");
        if (groups.isEmpty()) {
            say(prefix + "no running instance is meant by it (see: " + Folders.launcher() + " agents)");
            return;
        }
        say(prefix + "means " + (trial.flag("onePerService") ? "one of each service among " : "")
                + Text.count(trial.number("meant"), "instance") + ": "
                + groups.stream().map(TrialForm::group).collect(Collectors.joining(", ")));
        answers(trial).forEach((words, instances) -> {
            say("  on " + String.join(", ", instances) + ": " + words.get(0));
            words.subList(1, words.size()).forEach(line -> say("    " + line));
        });
        measured(trial.object("measured"));
        for (String type : trial.object("differing").names()) {
            JsonObject versions = trial.object("differing").object(type);
            say("  " + type + " is not the same code everywhere: "
                    + versions.names().stream()
                            .map(digest -> digest + " on " + String.join(", ", versions.texts(digest)))
                            .collect(Collectors.joining("; ")));
        }
    }

    private void measured(JsonObject measured) {
        if (!measured.has("seconds")) {
            return;
        }
        String time = " in " + measured.text("seconds").replaceFirst("\\.0$", "") + " s";
        for (JsonObject count : measured.objects("counts")) {
            String point = count.text("point").isEmpty() ? "" : count.text("point") + " ";
            String reason =
                    count.text("reason").isEmpty() ? "" : "; " + count.text("state") + ": " + count.text("reason");
            say("  measured " + point + "on " + count.text("instance") + ": " + count.text("hitsPerSecond")
                    + " hits a second (" + count.text("hits") + time + ")" + reason);
        }
        if (measured.objects("counts").isEmpty()) {
            say("  not measured: no instance would have it now");
        }
        JsonObject series = measured.object("series");
        series.names()
                .forEach(name ->
                        say("  " + name + " had " + Text.count(series.number(name), "label combination") + time));
    }

    /** {@code shop 1.4.2 (3)}. */
    private static String group(JsonObject group) {
        String version = group.text("version").isEmpty() ? "" : " " + group.text("version");
        String environment = group.text("environment").isEmpty() ? "" : " in " + group.text("environment");
        return group.text("service") + version + environment + " (" + group.text("instances") + ")";
    }

    /** The lines that an answer makes, and who gives it. */
    private Map<List<String>, List<String>> answers(JsonObject trial) {
        Map<List<String>, List<String>> byWords = new LinkedHashMap<>();
        for (JsonObject answer : trial.objects("answers")) {
            fits &= !answer.text("state").equals("rejected");
            byWords.computeIfAbsent(words(answer), any -> new ArrayList<>()).add(answer.text("instance"));
        }
        return byWords;
    }

    private static List<String> words(JsonObject answer) {
        if (answer.text("state").isEmpty()) {
            return List.of("no answer in time; its agent may be older than this control plane");
        }
        List<String> words = new ArrayList<>();
        List<JsonObject> parts = answer.objects("parts");
        if (parts.size() == 1) {
            words.add(outcome(parts.get(0)));
            words.addAll(details(parts.get(0)));
            return words;
        }
        words.add(word(answer.text("state")));
        for (JsonObject part : parts) {
            words.add(part.text("point") + " " + outcome(part));
            details(part).forEach(line -> words.add("  " + line));
        }
        return words;
    }

    private static String word(String state) {
        return switch (state) {
            case "installed" -> "would be installed";
            case "pending" -> "would wait";
            default -> "would be " + state;
        };
    }

    private static String outcome(JsonObject part) {
        String problem = part.text("problem").lines().findFirst().orElse("");
        String sites = Text.count(part.objects("sites").size(), "site");
        return word(part.text("state")) + (problem.isEmpty() ? " at " + sites : ": " + problem);
    }

    private static List<String> details(JsonObject part) {
        List<String> lines = new ArrayList<>();
        part.text("problem").lines().skip(1).forEach(lines::add); // the expression, and where in it
        List<JsonObject> sites = part.objects("sites");
        for (JsonObject site : sites.subList(0, Math.min(MAX_SITES, sites.size()))) {
            boolean isSaid =
                    site.text("problem").isEmpty() || site.text("problem").equals(part.text("problem"));
            lines.add(site.text("class") + "." + MethodForm.readable(site.text("method"))
                    + (site.number("line") > 0 ? " line " + site.text("line") : "") + ", " + site.text("kind")
                    + (isSaid
                            ? ""
                            : ": not here: "
                                    + site.text("problem").lines().findFirst().orElse("")));
        }
        if (sites.size() > MAX_SITES) {
            lines.add("and " + (sites.size() - MAX_SITES) + " more; --json lists all");
        }
        if (!part.texts("hidden").isEmpty()) {
            lines.add("redaction hides " + String.join(", ", part.texts("hidden")));
        }
        return lines;
    }

    private void say(String line) {
        out.println(Text.safe(line));
    }
}
