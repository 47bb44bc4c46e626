package io.plumbline.agent.control;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.CodeRequest;
import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.LinesRequest;
import io.plumbline.config.wire.Pauses;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.Topics;
import io.plumbline.config.wire.TrialRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Says how the instance and its probes are, and answers what it is asked. The control thread's; good-bye may come from another. */
public final class Reporter {
    private static final Duration NUMBERS_EVERY = Duration.ofSeconds(1);

    private final Instance instance;
    private final String agentVersion;
    private final Probing probing;
    private final Reports reports;
    private final Supplier<Map<String, Long>> dropped;
    private final Supplier<Map<String, Long>> refused;
    private final CpuMeter cpu = new CpuMeter();
    private Instant heartbeatAt = Instant.EPOCH;
    private Instant numbersAt = Instant.EPOCH;

    /** As they were reported last. */
    private Pauses pauses = Pauses.NONE;

    private Map<String, Long> refusedBefore = Map.of();

    /** Where reports go; must not block. */
    public interface Reports {
        /**
         * Keeps a report for sending; a later one of the same key replaces it.
         *
         * @param value null to take an earlier report back
         */
        void report(String topic, String key, byte[] value);
    }

    /**
     * @param dropped signals lost behind the probes, by cause
     * @param refused records that were not taken for their signature, by cause; asked by the control thread and at the end
     */
    Reporter(
            Instance instance,
            String agentVersion,
            Probing probing,
            Reports reports,
            Supplier<Map<String, Long>> dropped,
            Supplier<Map<String, Long>> refused) {
        this.instance = instance;
        this.agentVersion = agentVersion;
        this.probing = probing;
        this.reports = reports;
        this.dropped = dropped;
        this.refused = refused;
    }

    /**
     * Reports what is new about probes.
     *
     * @param looked how those stand of whom something may be new
     * @return those of whom something is, that is not urgent enough for now
     */
    List<RunningProbe> probes(Map<RunningProbe, Probing.Status> looked) {
        boolean numbersToo = Instant.now().isAfter(numbersAt.plus(NUMBERS_EVERY));
        List<RunningProbe> later = new ArrayList<>();
        looked.forEach((one, status) -> {
            ProbeReport report = report(one, status);
            if (one.isNews(report, numbersToo)) {
                one.reported(report);
                reports.report(Topics.STATUS, report.key(), report.json().getBytes(StandardCharsets.UTF_8));
            } else if (!numbersToo && one.isNews(report, true)) {
                later.add(one);
            }
        });
        if (numbersToo) {
            numbersAt = Instant.now();
        }
        return later;
    }

    private ProbeReport report(RunningProbe one, Probing.Status status) {
        long emitted = one.emittedBefore() + (one.isEnded() ? 0 : status.emitted());
        ProbeState state = status.state();
        if (one.isEnded()) {
            state = one.endState();
        } else if (state == ProbeState.INSTALLED && status.cost().every() > 1) {
            state = ProbeState.SAMPLING;
        } else if (state == ProbeState.INSTALLED && emitted > 0) {
            state = ProbeState.EMITTING;
        }
        return new ProbeReport(
                one.probe().id(),
                one.probe().version(),
                instance.id(),
                state,
                one.isEnded() ? one.endReason() : status.reason(),
                one.isEnded() ? List.of() : status.sites(),
                emitted,
                status.dropped(),
                status.cost(),
                status.weaves(),
                one.setNanos(),
                Instant.now());
    }

    /** The probe is none of this instance's any more. */
    void takeBack(Probe probe) {
        reports.report(Topics.STATUS, ProbeReport.key(instance.id(), probe.id()), null);
    }

    void heartbeatIfDue() {
        Instant now = Instant.now();
        boolean isNews = !pauses.equals(probing.pauses())
                || (!refusedBefore.equals(refused.get()) && now.isAfter(heartbeatAt.plus(NUMBERS_EVERY)));
        if (isNews || now.isAfter(heartbeatAt.plus(InstanceReport.HEARTBEAT))) {
            heartbeat(true);
        }
    }

    void heartbeat(boolean isRunning) {
        heartbeatAt = Instant.now();
        pauses = probing.pauses();
        refusedBefore = refused.get();
        Map<String, Long> lost = new TreeMap<>(probing.dropped());
        dropped.get().forEach((cause, count) -> lost.merge(cause, count, Long::sum));
        InstanceReport report = new InstanceReport(
                instance.id(),
                instance.labels(),
                agentVersion,
                instance.started(),
                heartbeatAt,
                isRunning,
                lost,
                cpu.percent(),
                pauses,
                refusedBefore);
        reports.report(Topics.INSTANCES, instance.id(), report.json().getBytes(StandardCharsets.UTF_8));
    }

    /** Answers a record of {@link Topics#REQUESTS}, if it is this instance that is asked. */
    void answer(String json) {
        if (TrialRequest.isIn(json)) {
            TrialRequest request = TrialRequest.parse(json);
            if (request.instance().equals(instance.id())) {
                answer(request.id(), probing.trial(request).json());
            }
            return;
        }
        if (CodeRequest.isIn(json)) {
            CodeRequest request = CodeRequest.parse(json);
            if (request.instance().equals(instance.id())) {
                answer(request.id(), probing.answer(request).json());
            }
            return;
        }
        LinesRequest request = LinesRequest.parse(json);
        if (request.instance().equals(instance.id())) {
            answer(request.id(), probing.lines(request).json());
        }
    }

    private void answer(String id, String reply) {
        reports.report(Topics.REPLIES, id, reply.getBytes(StandardCharsets.UTF_8));
    }
}
