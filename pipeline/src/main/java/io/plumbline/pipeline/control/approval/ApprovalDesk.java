package io.plumbline.pipeline.control.approval;

import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.approval.ApprovalRequest.State;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.probes.Definitions;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Writer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Approves and refuses requests. The decision is written first, then the probe is set; where only the first came to pass, to approve
 * again does the rest.
 *
 * <p>Threads: requests; one decision at a time.
 */
public final class ApprovalDesk {
    private final ApprovalBoard board;
    private final Definitions definitions;
    private final Writer writer;
    private final ControlReader reader;
    private final Clock clock;

    public ApprovalDesk(
            ApprovalBoard board, Definitions definitions, Writer writer, ControlReader reader, Clock clock) {
        this.board = board;
        this.definitions = definitions;
        this.writer = writer;
        this.reader = reader;
        this.clock = clock;
    }

    /** Those within the bounds, as the API shows them. */
    List<Map<String, Object>> shown(Bounds bounds, boolean all) {
        Instant now = now();
        return board.all().stream()
                .filter(request -> bounds.hold(request.probe().targets()) && (all || request.isWaitingAt(now)))
                .map(request -> request.map(now))
                .toList();
    }

    /** One, by its id or its probe's. */
    Map<String, Object> shown(String id, Bounds bounds) {
        String probe = id.indexOf('@') < 0 ? id : id.substring(0, id.indexOf('@'));
        return board.of(probe)
                .filter(request -> bounds.hold(request.probe().targets())
                        && (probe.equals(id) || request.id().equals(id)))
                .orElseThrow(() -> none(id))
                .map(now());
    }

    synchronized ApprovalRequest approve(String id, Caller caller) {
        caller.require(AccessRole.APPROVER);
        ApprovalRequest request = require(id, caller);
        if (request.author().equals(caller.name())) {
            throw Problem.forbidden("the token '" + caller.name() + "' asked for " + id
                    + " itself; somebody else with the role approver has to approve it");
        }
        if (request.state() == State.APPROVED
                && !definitions.lacks(request.probe().id(), request.version())) {
            throw decided(request);
        }
        ApprovalRequest decision = request;
        if (request.state() != State.APPROVED) {
            requireWaiting(request);
            definitions.requireNoClash(request.probe());
            long version = definitions.nextVersion(request.probe().id());
            decision = board.write(writer, reader, request.approved(caller.name(), now(), version));
            requireOurs(decision, id, State.APPROVED, caller);
        }
        definitions.setAgreed(decision.agreed());
        return decision;
    }

    /** By somebody with the role approver, or by its author, who takes it back so. */
    synchronized ApprovalRequest refuse(String id, String why, Caller caller) {
        ApprovalRequest request = require(id, caller);
        boolean isOwn = request.author().equals(caller.name());
        if (!isOwn) {
            caller.require(AccessRole.APPROVER);
        }
        requireWaiting(request);
        State end = isOwn ? State.WITHDRAWN : State.REFUSED;
        ApprovalRequest decision = board.write(writer, reader, request.ended(end, caller.name(), now(), why));
        requireOurs(decision, id, end, caller);
        return decision;
    }

    private ApprovalRequest require(String id, Caller caller) {
        int at = id.indexOf('@');
        ApprovalRequest request = board.of(at < 0 ? id : id.substring(0, at)).orElseThrow(() -> none(id));
        caller.requireReach(request.probe());
        if (at < 0) {
            throw Problem.badRequest(
                    "name the request whole, as it stands in the list, so that what is decided is what was read: "
                            + request.id());
        }
        if (!request.id().equals(id)) {
            throw Problem.conflict(
                    id + " was replaced by another definition, which waits as " + request.id() + "; read that first");
        }
        return request;
    }

    private void requireWaiting(ApprovalRequest request) {
        if (request.state() != State.WAITING) {
            throw decided(request);
        }
        if (!request.isWaitingAt(now())) {
            throw Problem.conflict(
                    request.id() + " expired at " + request.expires() + "; " + request.author() + " has to ask anew");
        }
    }

    /** Another control plane may have been faster. */
    private static void requireOurs(ApprovalRequest counts, String id, State state, Caller caller) {
        boolean ours =
                counts.id().equals(id) && counts.state() == state && counts.by().equals(caller.name());
        if (!ours) {
            throw decided(counts);
        }
    }

    private static Problem decided(ApprovalRequest request) {
        return Problem.conflict(request.id() + " is " + request.state().word() + " already, by " + request.by() + " at "
                + request.at());
    }

    private static Problem none(String id) {
        return Problem.notFound(
                "no request '" + id + "' waits or ended within a week; plumb approvals --all shows those there are");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
