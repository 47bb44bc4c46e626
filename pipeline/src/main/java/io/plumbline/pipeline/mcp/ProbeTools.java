package io.plumbline.pipeline.mcp;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.plumbline.config.text.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools that check, set, list and remove the session's probes. */
final class ProbeTools {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration STEP = Duration.ofMillis(50);

    private final ControlApi api;
    private final Session session;
    private final Links links;

    ProbeTools(ControlApi api, Session session, Links links) {
        this.api = api;
        this.session = session;
        this.links = links;
    }

    List<SyncToolSpecification> all() {
        return List.of(
                ProbeArguments.place(
                                Tool.reading(
                                        "check_probe",
                                        "Check a probe without setting it: whether its expressions can be read, whether you may set it, and"
                                                + " whether running instances have code at that line. Takes what set_probe takes."))
                        .does(arguments -> check(ProbeForm.probe(arguments))),
                ProbeArguments.place(Tool.changing(
                                "set_probe",
                                "Set a probe at a line of running programs. It does not stop or change them. Prefer a snapshot with a"
                                        + " condition that is true rarely; then call read_hits with the id. The probe ends by itself"
                                        + " after its hits or minutes, and at the end of your session."
                                        + ProbeArguments.EXPRESSIONS))
                        .does(arguments -> set(ProbeForm.probe(arguments))),
                ProbeArguments.span(Tool.changing(
                                "set_span_probe",
                                "Measure how long requests take from one line to another, also across threads and services. Then call"
                                        + " read_hits with the id: each hit is one request's time."))
                        .does(arguments -> set(ProbeForm.span(arguments))),
                Tool.reading(
                                "list_probes",
                                "List the probes of your token that are set now, with their state on each instance. Nobody else's are"
                                        + " shown, nor can they be changed.")
                        .does(arguments -> list()),
                Tool.changing(
                                "remove_probe",
                                "Remove one of your probes, to make room for another. Its hits can't be read after that.")
                        .needs("id", "A probe's id, from set_probe or list_probes.")
                        .does(this::remove));
    }

    private Map<String, Object> check(Map<String, Object> probe) {
        Values change = submit(probe, true);
        String on = probe.get("on") instanceof Map<?, ?> labels
                ? String.join(
                        "",
                        labels.entrySet().stream()
                                .map(label -> "&on=" + Links.encoded(label.getKey() + "=" + label.getValue()))
                                .toList())
                : "";
        Values line = Values.parse(
                api.get("/lines/check?at=" + Links.encoded(probe.get("at").toString()) + on));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", !line.has("problem"));
        line.text("problem").ifPresent(problem -> answer.put("problem", problem));
        answer.put("instances_asked", line.get("asked"));
        answer.put("instances_with_code_there", line.get("having"));
        answer.put("warnings", change.get("warnings"));
        answer.put(
                "next",
                line.has("problem") ? "choose another line with list_lines" : "call set_probe with the same arguments");
        return answer;
    }

    private Map<String, Object> set(Map<String, Object> probe) throws InterruptedException {
        Values change = submit(probe, false);
        String id = change.required("id");
        Values shown = await(id, change.number("version", 1, 1, Integer.MAX_VALUE));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", id);
        answer.put("instances_meant", shown.get("targets"));
        List<Map<String, Object>> states = states(shown);
        answer.put("states", states);
        answer.put("receipt", links.probe(shown.object("definition")));
        answer.put(
                "ends",
                "after " + probe.get("for") + ", after its hits, or with this session ("
                        + session.life().toSeconds() + " s after it falls silent), whichever is first");
        answer.put("next", next(states));
        return answer;
    }

    private static String next(List<Map<String, Object>> states) {
        if (states.isEmpty()) {
            return "no running instance is meant, or none has answered yet; look at list_services, then list_probes";
        }
        if (states.stream().allMatch(state -> state.get("state").equals("rejected"))) {
            return "no instance can have it, see the reasons; remove_probe, then try another line or expression";
        }
        return "call read_hits with this id; give the receipt to the person you work for";
    }

    private Values submit(Map<String, Object> probe, boolean dryRun) {
        String path = "/probes?source=set_probe&dryRun=" + dryRun + (dryRun ? "" : "&lease=" + session.lease());
        return Values.parse(api.post(path, Json.write(probe))).objects("probes").get(0);
    }

    /** What the instances say within a moment. */
    private Values await(String id, int version) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Values shown = Values.parse(api.get("/probes/" + Links.encoded(id)));
            long heard = shown.objects("reports").stream()
                    .filter(report -> report.number("version", 0, 0, Integer.MAX_VALUE) == version)
                    .count();
            boolean isAll = shown.get("targets") instanceof List<?> targets && heard >= targets.size();
            if (isAll || System.nanoTime() > deadlineNanos) {
                return shown;
            }
            Thread.sleep(STEP.toMillis());
        }
    }

    private Map<String, Object> list() {
        List<Map<String, Object>> probes = new ArrayList<>();
        for (Values each : Values.parse(api.get("/probes")).objects("probes")) {
            Map<String, Object> probe = new LinkedHashMap<>();
            probe.put("id", each.required("id"));
            probe.put("expired", each.flag("expired"));
            probe.put("definition", each.get("definition"));
            probe.put("states", states(each));
            probe.put("receipt", links.probe(each.object("definition")));
            probes.add(probe);
        }
        return Map.of(
                "probes",
                probes,
                "rules",
                Values.parse(api.get("/leases")).object("rules").map());
    }

    private static List<Map<String, Object>> states(Values shown) {
        List<Map<String, Object>> states = new ArrayList<>();
        for (Values report : shown.objects("reports")) {
            Map<String, Object> state = new LinkedHashMap<>();
            for (String key : List.of("instance", "state", "reason", "emitted")) {
                if (report.has(key)) {
                    state.put(key, report.get(key));
                }
            }
            states.add(state);
        }
        return states;
    }

    private Map<String, Object> remove(Values arguments) {
        String id = arguments.required("id");
        api.delete("/probes/" + Links.encoded(id));
        return Map.of("id", id, "removed", true);
    }
}
