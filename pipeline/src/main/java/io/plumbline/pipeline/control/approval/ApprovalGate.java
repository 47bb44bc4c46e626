package io.plumbline.pipeline.control.approval;

import io.plumbline.config.probe.Probe;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.approval.ApprovalRequest.State;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.probes.Change;
import io.plumbline.pipeline.control.probes.Change.Kind;
import io.plumbline.pipeline.control.probes.Consent;
import io.plumbline.pipeline.control.probes.Definitions;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Writer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Holds back what a rule asks approval for: it is written to a topic that no agent reads. What runs of a probe runs on meanwhile.
 *
 * <p>The bargain: rules are the settings of the control plane that is asked; several need the same ones.
 *
 * <p>Threads: that of the submission.
 */
public final class ApprovalGate implements Consent {
    private final ApprovalRules rules;
    private final ApprovalBoard board;
    private final Registry registry;
    private final Writer writer;
    private final ControlReader reader;
    private final Clock clock;

    public ApprovalGate(
            ApprovalRules rules,
            ApprovalBoard board,
            Registry registry,
            Writer writer,
            ControlReader reader,
            Clock clock) {
        this.rules = rules;
        this.board = board;
        this.registry = registry;
        this.writer = writer;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public List<Change> held(List<Change> changes, Caller caller, boolean dryRun) {
        for (Change change : changes) {
            board.waitingFor(change.probe().id()).ifPresent(waiting -> caller.requireReach(waiting.probe()));
        }
        return changes.stream().map(change -> held(change, caller, dryRun)).toList();
    }

    private Change held(Change change, Caller caller, boolean dryRun) {
        if (change.kind() == Kind.UNCHANGED) {
            return change;
        }
        if (change.kind() == Kind.REMOVED) {
            if (!dryRun) {
                withdraw(change.probe().id(), caller);
            }
            return change;
        }
        Probe probe = change.probe();
        ApprovalRule rule = rules.firstFor(probe, this::meant).orElse(null);
        ApprovalRequest waiting = board.waitingFor(probe.id()).orElse(null);
        if (rule == null) {
            if (waiting != null && !dryRun) {
                end(waiting, caller.name(), "another definition was set");
            }
            return change;
        }
        if (waiting != null && Definitions.isSame(waiting.probe(), probe)) {
            return waits(Kind.WAITING, waiting);
        }
        ApprovalRequest asked = ApprovalRequest.asked(
                probe, rule, caller.name(), clock.instant().truncatedTo(ChronoUnit.MILLIS), rules.patience());
        if (dryRun) {
            Kind kind = waiting == null ? change.kind() : Kind.CHANGED;
            return new Change(
                    kind, probe, Optional.of(new Approval("", rule.toString(), caller.name(), asked.expires())));
        }
        return waits(Kind.WAITING, board.write(writer, reader, asked));
    }

    @Override
    public boolean withdraw(String probe, Caller caller) {
        Optional<ApprovalRequest> waiting = board.waitingFor(probe);
        waiting.ifPresent(request -> {
            caller.requireReach(request.probe());
            end(request, caller.name(), "the probe was removed");
        });
        return waiting.isPresent();
    }

    private void end(ApprovalRequest request, String who, String why) {
        board.write(
                writer,
                reader,
                request.ended(State.WITHDRAWN, who, clock.instant().truncatedTo(ChronoUnit.MILLIS), why));
    }

    private int meant(Probe probe) {
        return (int) registry.running().stream()
                .filter(seen -> probe.targets().match(seen.report().labels()))
                .count();
    }

    private static Change waits(Kind kind, ApprovalRequest request) {
        return new Change(
                kind,
                request.probe(),
                Optional.of(new Approval(request.id(), request.rule(), request.author(), request.expires())));
    }
}
