package io.plumbline.agent;

import io.plumbline.agent.capture.Capture;
import io.plumbline.agent.capture.ProbeTap;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.control.Probing;
import io.plumbline.agent.send.SendLoop;
import io.plumbline.agent.weave.Standing;
import io.plumbline.agent.weave.Weaver;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.LinesRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Wires weaving and capturing: the one place that knows both. Control thread only. */
final class LocalProbing implements Probing {
    private final Weaver weaver;
    private final Capture capture;
    private final SendLoop sending;
    private final Map<String, ProbeTap> taps = new HashMap<>();

    LocalProbing(Weaver weaver, Capture capture, SendLoop sending) {
        this.weaver = weaver;
        this.capture = capture;
        this.sending = sending;
    }

    @Override
    public void apply(Collection<Probe> set, Collection<String> removed) {
        List<ArmedProbe> armed = new ArrayList<>();
        List<ProbeTap> old = new ArrayList<>();
        for (Probe probe : set) {
            ProbeTap tap = capture.arm(probe);
            ProbeTap before = taps.put(probe.id(), tap);
            if (before != null) {
                old.add(before);
            }
            armed.add(new ArmedProbe(probe, tap, capture.sinks(probe.id())));
        }
        weaver.apply(armed, removed);
        old.forEach(Capture::close);
        removed.forEach(this::forget);
    }

    private void forget(String probe) {
        taps.remove(probe);
        sending.metrics(capture.collectMetrics(probe));
        capture.disarm(probe);
    }

    @Override
    public void stop(String probe) {
        weaver.apply(List.of(), List.of(probe));
        sending.metrics(capture.collectMetrics(probe));
        ProbeTap tap = taps.get(probe);
        if (tap != null) {
            tap.close();
        }
    }

    @Override
    public Status status(Probe probe) {
        Standing standing = weaver.standing(probe);
        ProbeTap tap = taps.get(probe.id());
        boolean known = tap != null;
        return new Status(
                standing.state(),
                reason(standing, tap),
                standing.sites(),
                known ? tap.emitted() : 0,
                capture.dropped(probe.id()),
                weaver.weaves(probe.id()),
                known ? tap.suspension() : null,
                known && tap.isExhausted());
    }

    private static String reason(Standing standing, ProbeTap tap) {
        if (!standing.reason().isEmpty() || tap == null || tap.lastError().isEmpty()) {
            return standing.reason();
        }
        return "some hits failed, last with " + tap.lastError();
    }

    @Override
    public void notice() {
        weaver.notice();
    }

    @Override
    public LinesReply lines(LinesRequest request) {
        return weaver.lines(request.id(), request.instance(), request.type());
    }

    @Override
    public Map<String, Long> dropped() {
        return capture.dropped();
    }
}
