package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** Says in words what waits for approval. */
final class ApprovalForm {
    private ApprovalForm() {}

    /** What its author reads: what waits for what, and what to do next. */
    static void asked(PrintWriter out, JsonObject change) {
        JsonObject approval = change.object("approval");
        String plumb = Folders.launcher();
        out.println(Text.safe("probe " + change.text("id") + " waits for approval, and runs nowhere until then: "
                + ProbeForm.what(change.object("probe")) + " at " + ProbeForm.at(change.object("probe"))));
        out.println(Text.safe("  the rule " + approval.text("rule") + " asks for it; what runs of " + change.text("id")
                + " already runs on"));
        out.println(Text.safe("  somebody else with the role approver says: " + plumb + " approve "
                + approval.text("id") + "  (" + left(approval) + " left)"));
        out.println(Text.safe("  to take it back: " + plumb + " refuse " + approval.text("id") + " --why '...'"));
        change.texts("warnings").forEach(warning -> out.println(Text.safe("  warning: " + warning)));
    }

    /** {@code awaiting approval (production): p@12345678}, with the rule's name. */
    static String state(JsonObject request) {
        return "awaiting approval (" + request.text("rule").split(" ", 2)[0] + "): " + request.text("id");
    }

    /** How long it can still be approved. */
    static String left(JsonObject approval) {
        Duration left = Duration.between(Instant.now(), Instant.ofEpochMilli(approval.number("expires")));
        return left.isNegative() ? "none" : Text.roughly(left);
    }
}
