package io.plumbline.agent;

import io.plumbline.agent.capture.Capture;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.control.Probing;
import io.plumbline.agent.send.Holding;
import io.plumbline.agent.send.SendLoop;
import io.plumbline.agent.weave.Standing;
import io.plumbline.agent.weave.Weaver;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.Targets;
import io.plumbline.config.wire.CodeReply;
import io.plumbline.config.wire.CodeRequest;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.LinesRequest;
import io.plumbline.config.wire.Pauses;
import io.plumbline.config.wire.ProbeCost;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.TrialReply;
import io.plumbline.config.wire.TrialRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Wires weaving and capturing: the one place that knows both. Control thread only. */
final class LocalProbing implements Probing {
    private final Weaver weaver;
    private final Capture capture;
    private final SendLoop sending;
    private final Holding holding;
    private final Consumer<String> log;

    private final Wholes wholes;

    /** The version of each probe, or part of one, that hits are counted for. */
    private final Map<String, Capture.Prepared> inForce = new HashMap<>();

    /** Versions that could not take the place of the one in force. */
    private final Map<String, Refusal> refused = new HashMap<>();

    /** What had happened to woven classes at the last look. */
    private long revisionSeen = -1;

    private record Refusal(long version, String reason) {}

    /**
     * @param here whether an instance with such labels is this one
     */
    LocalProbing(
            Weaver weaver,
            Capture capture,
            SendLoop sending,
            Holding holding,
            Predicate<Targets> here,
            Consumer<String> log) {
        this.wholes = new Wholes(here);
        this.holding = holding;
        this.log = log;
        this.weaver = weaver;
        this.capture = capture;
        this.sending = sending;
    }

    /**
     * A version that this program can't have does not take the place of one that runs: where the location is the same,
     * it is found out before; where it moved, the old version is put back.
     */
    @Override
    public void apply(Collection<Probe> set, Collection<String> removed) {
        Wholes.Change change = wholes.change(set, removed);
        applyParts(change.set(), change.removed());
    }

    private void applyParts(Collection<Probe> set, Collection<String> removed) {
        if (!set.isEmpty()) {
            capture.look();
        }
        List<ArmedProbe> armed = new ArrayList<>();
        Map<String, Capture.Prepared> replaced = new LinkedHashMap<>();
        for (Probe probe : set) {
            Capture.Prepared next = capture.prepare(Holding.gated(probe));
            ArmedProbe candidate = armed(next);
            Capture.Prepared before = inForce.get(probe.id());
            String refusal = before == null ? null : refusal(before.tap().probe(), candidate);
            if (refusal != null) {
                refused.put(probe.id(), new Refusal(probe.version(), refusal));
                continue;
            }
            refused.remove(probe.id());
            if (before != null) {
                replaced.put(probe.id(), before);
            }
            take(next);
            armed.add(candidate);
        }
        weaver.apply(armed, removed);
        replaced.values().forEach(this::replace);
        removed.forEach(this::forget);
    }

    private static ArmedProbe armed(Capture.Prepared prepared) {
        return new ArmedProbe(prepared.tap().probe(), prepared.tap(), prepared.sinks());
    }

    private void take(Capture.Prepared prepared) {
        inForce.put(prepared.tap().probe().id(), prepared);
        capture.use(prepared);
        holding.restart(prepared.tap().probe());
    }

    private String refusal(Probe running, ArmedProbe candidate) {
        boolean stays = running.location().equals(candidate.probe().location());
        boolean runs = weaver.standing(running).state() == ProbeState.INSTALLED;
        return stays && runs ? weaver.refusalOf(candidate) : null;
    }

    /** Lets go of an old version, or puts it back where its successor came to stand on nothing. */
    private void replace(Capture.Prepared old) {
        Probe probe = old.tap().probe();
        Probe next = inForce.get(probe.id()).tap().probe();
        Standing standing = weaver.standing(next);
        boolean moved = !probe.location().equals(next.location());
        if (moved && standing.state() == ProbeState.REJECTED && !old.tap().isClosed()) {
            refused.put(probe.id(), new Refusal(next.version(), standing.reason()));
            take(old);
            weaver.apply(List.of(armed(old)), List.of());
        } else {
            old.tap().end();
        }
    }

    private void forget(String probe) {
        end(inForce.remove(probe));
        refused.remove(probe);
        sending.metrics(capture.collectMetrics(probe));
        capture.disarm(probe);
        weaver.forget(probe);
    }

    @Override
    public void rehearse() {
        Probe probe =
                ProbeReader.wire("{\"id\": \"self-test\", \"at\": \"Subject:1\", \"if\": \"total > 1 && quantity < 9\","
                        + " \"count\": [{\"name\": \"n\", \"labels\": {\"name\": \"name.trim()\"}}],"
                        + " \"histogram\": [{\"name\": \"h\", \"value\": \"total / quantity\"}]}");
        try {
            weaver.rehearse(armed(capture.prepare(probe)));
        } catch (IllegalStateException e) {
            log.accept(e.getMessage());
        }
    }

    @Override
    public void stop(String probe) {
        wholes.partsOf(probe).forEach(this::stopPart);
    }

    private void stopPart(String probe) {
        weaver.apply(List.of(), List.of(probe));
        end(inForce.get(probe));
        sending.metrics(capture.collectMetrics(probe));
        capture.leaveAlone(probe);
    }

    private static void end(Capture.Prepared version) {
        if (version != null) {
            version.tap().end();
        }
    }

    @Override
    public Status status(Probe probe) {
        if (probe.span().isEmpty()) {
            return partStatus(probe);
        }
        Map<String, Status> points = new LinkedHashMap<>();
        wholes.parts(probe)
                .forEach(part -> points.put(part.id().substring(probe.id().length() + 1), partStatus(part)));
        return Wholes.merged(probe, points);
    }

    /** Whatever happens to a woven class may be about any probe. */
    @Override
    public Set<String> stirred() {
        long revision = weaver.revision();
        if (revision != revisionSeen) {
            revisionSeen = revision;
            return wholes.ids();
        }
        return capture.stirred();
    }

    private Status partStatus(Probe probe) {
        Capture.Prepared running = inForce.get(probe.id());
        ProbeTap tap = running == null ? null : running.tap();
        Probe actual = tap == null ? probe : tap.probe();
        Standing standing = weaver.standing(actual);
        Refusal refusal = refused.get(probe.id());
        boolean refusedNow = refusal != null && refusal.version() == probe.version();
        return new Status(
                refusedNow ? ProbeState.REJECTED : standing.state(),
                refusedNow
                        ? refusal.reason() + "; version " + actual.version() + " goes on"
                        : reason(standing, tap, capture.besideNote(probe.id())),
                standing.sites(),
                tap == null ? 0 : holding.emitted(actual, tap.emitted()),
                holding.dropped(actual, capture.dropped(probe.id())),
                tap == null ? ProbeCost.NONE : tap.cost(),
                weaver.weaves(probe.id()),
                tap == null ? null : tap.suspension(),
                tap != null && tap.isExhausted() && holding.isSettled(actual, tap.emitted()),
                actual);
    }

    private static String reason(Standing standing, ProbeTap tap, String beside) {
        if (!standing.reason().isEmpty() || tap == null || tap.lastError().isEmpty()) {
            return standing.reason().isEmpty() ? beside : standing.reason();
        }
        return "some hits failed, last with " + tap.lastError() + (beside.isEmpty() ? "" : "; " + beside);
    }

    @Override
    public void notice() {
        weaver.notice();
        capture.releaseIfIdle(System.nanoTime());
    }

    @Override
    public LinesReply lines(LinesRequest request) {
        return weaver.lines(request.id(), request.instance(), request.type());
    }

    @Override
    public TrialReply trial(TrialRequest request) {
        Probe probe = request.probe();
        List<Probe> parts = wholes.parts(probe);
        if (!parts.isEmpty()) {
            capture.look();
        }
        List<TrialReply.Part> tried = new ArrayList<>();
        for (Probe part : parts) {
            tried.add(tryPart(
                    part,
                    part.id().equals(probe.id())
                            ? ""
                            : part.id().substring(probe.id().length() + 1)));
        }
        if (tried.isEmpty()) {
            tried.add(TrialReply.Part.without("", ProbeState.PENDING, "none of its points is meant for this instance"));
        }
        return new TrialReply(request.id(), request.instance(), tried);
    }

    private TrialReply.Part tryPart(Probe part, String point) {
        try {
            return weaver.attempt(armed(capture.prepare(Holding.gated(part))), point);
        } catch (RuntimeException | LinkageError e) {
            return TrialReply.Part.without(point, ProbeState.REJECTED, "the probe's code can't be made: " + e);
        }
    }

    @Override
    public CodeReply answer(CodeRequest request) {
        if (request.question() instanceof CodeRequest.Scope) {
            capture.look();
        }
        return weaver.answer(request);
    }

    @Override
    public Pauses pauses() {
        return weaver.pauses();
    }

    @Override
    public Map<String, Long> dropped() {
        return capture.dropped();
    }
}
