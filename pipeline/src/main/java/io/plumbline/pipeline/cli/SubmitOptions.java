package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** What the commands that set probes have in common: whether to set them, and how to answer. */
final class SubmitOptions {
    @Option(
            names = "--dry-run",
            description = "Set nothing; ask one instance of each service and version what would become of it.")
    private boolean dryRun;

    @Option(
            names = "--measure",
            paramLabel = "TIME",
            description = "With --dry-run: count for so long, at most 60s, how often it would be hit on one instance.")
    private String measure;

    @Option(names = "--measure-all", description = "With --measure: on all instances that are meant.")
    private boolean everywhere;

    @Option(names = "--no-wait", description = "Do not wait for what the instances say.")
    private boolean noWait;

    @Option(names = "--json", description = "Print the answer as JSON; implies --no-wait.")
    private boolean json;

    /** What the control plane is asked besides. */
    String query() {
        if (measure != null && !dryRun) {
            throw Failure.badInput("--measure belongs to --dry-run: it counts and sets nothing that stays");
        }
        return !dryRun
                ? "&dryRun=false"
                : "&dryRun=true&ask=true"
                        + (measure == null
                                ? ""
                                : "&measure=" + ApiClient.encoded(measure) + "&on=" + (everywhere ? "all" : "one"));
    }

    /** Whether nothing is to be set, and the instances say beforehand what would become of it. */
    boolean isDryRun() {
        return dryRun;
    }

    /** Whether a person wants to hear of the instances. */
    boolean waits() {
        return !noWait && !json;
    }

    /** Prints what the control plane answered and waits for the instances, as wanted; the exit code. */
    int answer(Submission submission, PrintWriter out, String answer) throws InterruptedException {
        if (json) {
            out.print(answer);
            out.flush();
            return 0;
        }
        submission.print(answer);
        if (dryRun) {
            return TrialForm.print(out, JsonObject.parse(answer)) ? 0 : Failure.NOT_SO;
        }
        return waits() ? submission.await() : 0;
    }
}
