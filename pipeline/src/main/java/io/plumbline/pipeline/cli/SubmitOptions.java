package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** What the commands that set probes have in common: whether to set them, and how to answer. */
final class SubmitOptions {
    @Option(names = "--dry-run", description = "Check only.")
    private boolean dryRun;

    @Option(names = "--no-wait", description = "Do not wait for what the instances say.")
    private boolean noWait;

    @Option(names = "--json", description = "Print the answer as JSON; implies --no-wait.")
    private boolean json;

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
        return waits() && !dryRun ? submission.await() : 0;
    }
}
