package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Sends probes to the control plane and waits a moment for what the instances say. */
final class Submission {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** A class that is not loaded stays pending; to wait on for it is no use. */
    private static final Duration PENDING_PATIENCE = Duration.ofSeconds(1);

    private static final Duration STEP = Duration.ofMillis(25);

    private final ApiClient client;
    private final PrintWriter out;
    private final LongSupplier nanoClock;
    private final List<JsonObject> waiting = new ArrayList<>();
    /** What versions are taken to be there, as ID:VERSION. */
    private final List<String> expected = new ArrayList<>();

    private long startNanos;
    private boolean several;
    private boolean rejected;

    Submission(ApiClient client, PrintWriter out) {
        this.client = client;
        this.out = out;
        this.nanoClock = System::nanoTime;
    }

    /**
     * Gives a probe without an id one that no other probe has, so that a second question at the same line does not
     * replace the first. The same question keeps its id. Should another take the chosen one meanwhile, theirs is not replaced.
     */
    void chooseId(Map<String, Object> definition) {
        JsonObject first = dryRun(definition);
        JsonObject next = first;
        for (int i = 2; next.text("change").equals("changed"); i++) {
            definition.put("id", first.text("id") + "-" + i);
            next = dryRun(definition);
        }
        if (next.text("change").equals("created")) {
            expected.add(next.text("id") + ":0");
        }
    }

    /** Sends only where these versions are there, as ID:VERSION; 0 for none. */
    void expect(List<String> versions) {
        expected.addAll(versions);
    }

    private JsonObject dryRun(Map<String, Object> definition) {
        String answer = send(Json.write(definition), "the command line", true);
        return JsonObject.parse(answer).objects("probes").get(0);
    }

    /** Sends; the answer as it came. */
    String send(String text, String source, boolean dryRun) {
        return send(text, source, "&dryRun=" + dryRun);
    }

    /** The same, with what else is asked. */
    String send(String text, String source, String query) {
        startNanos = nanoClock.getAsLong();
        StringBuilder all = new StringBuilder("source=" + ApiClient.encoded(source) + query);
        expected.forEach(each -> all.append("&expect=").append(ApiClient.encoded(each)));
        return client.post("/probes?" + all, text);
    }

    /** Prints what became of each probe. */
    void print(String answer) {
        JsonObject reply = JsonObject.parse(answer);
        for (JsonObject change : reply.objects("probes")) {
            if (change.text("change").equals("waiting")) {
                ApprovalForm.asked(out, change);
                continue;
            }
            if (!change.text("change").equals("removed")) {
                waiting.add(change);
            }
            out.println(Text.safe("probe " + change.text("id") + " version " + change.text("version") + " "
                    + (reply.flag("dryRun") ? "would be " : "") + change.text("change") + ": "
                    + ProbeForm.what(change.object("probe")) + " at "
                    + ProbeForm.at(change.object("probe"))));
            if (change.has("approval")) {
                out.println(Text.safe("  it would wait for approval: the rule "
                        + change.object("approval").text("rule") + " asks for it"));
            }
            change.texts("warnings").forEach(warning -> out.println(Text.safe("warning: " + warning)));
        }
        several = waiting.size() > 1;
    }

    /**
     * Waits for the instances and prints what they say.
     *
     * @return the exit code: not so, when an instance can't have a probe
     */
    int await() throws InterruptedException {
        while (!waiting.isEmpty()) {
            waiting.removeIf(this::isSettled);
            Thread.sleep(waiting.isEmpty() ? 0 : STEP.toMillis());
        }
        return rejected ? Failure.NOT_SO : 0;
    }

    /** Prints when it is, or when there is no more time. */
    private boolean isSettled(JsonObject change) {
        JsonObject probe = JsonObject.parse(client.get("/probes/" + ApiClient.encoded(change.text("id"))));
        long millis = Duration.ofNanos(nanoClock.getAsLong() - startNanos).toMillis();
        List<String> silent = new ArrayList<>(probe.texts("targets"));
        List<JsonObject> reports = probe.objects("reports").stream()
                .filter(report -> report.number("version") == change.number("version"))
                .filter(report -> silent.remove(report.text("instance")))
                .toList();
        boolean pending =
                reports.stream().anyMatch(report -> report.text("state").equals("pending"));
        boolean done = silent.isEmpty() && (!pending || millis > PENDING_PATIENCE.toMillis());
        if (!done && millis < PATIENCE.toMillis()) {
            return false;
        }
        print(probe, reports, silent, millis);
        return true;
    }

    private void print(JsonObject probe, List<JsonObject> reports, List<String> silent, long millis) {
        String prefix = several ? probe.text("id") + " " : "";
        if (probe.texts("targets").isEmpty()) {
            out.println(prefix + "waits: no running instance is meant by it (see: " + Folders.launcher()
                    + " agents); it is set as soon as one starts");
        }
        for (JsonObject report : reports) {
            out.println(Text.safeLines(prefix + outcome(report, millis)));
            rejected |= report.text("state").equals("rejected");
        }
        for (String instance : silent) {
            out.println(Text.safe(prefix + "no word yet from " + instance + " after " + millis
                    + " ms; look again with: " + Folders.launcher() + " probe show " + probe.text("id")));
        }
    }

    private static String outcome(JsonObject report, long millis) {
        String where = " on " + report.text("instance");
        String state = report.text("state");
        String reason = report.text("reason").isEmpty() ? "" : ": " + report.text("reason");
        if (state.equals("installed") || state.equals("emitting")) {
            return "installed at " + ProbeForm.sites(report) + where + " after " + millis + " ms" + reason;
        }
        return state + where + reason;
    }
}
