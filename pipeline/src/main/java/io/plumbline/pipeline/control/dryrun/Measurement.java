package io.plumbline.pipeline.control.dryrun;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.text.Json;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.probes.Definitions;
import io.plumbline.pipeline.control.probes.Submission;
import io.plumbline.pipeline.control.tail.SignalTail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Counts how often probes would be hit, by real probes that count at the same places for a while and are removed then. They
 * expire by themselves if this control plane ends meanwhile.
 *
 * <p>Threads: any; a request's sleeps while it counts, so only {@link #MAX_AT_ONCE} do at a time.
 */
public final class Measurement {
    private static final int MAX_AT_ONCE = 4;
    private static final int MAX_PROBES = 20;
    private static final Duration UNTIL_SET = Duration.ofSeconds(5);
    /** The last metrics leave when a probe is removed. */
    private static final Duration UNTIL_SENT = Duration.ofSeconds(2);

    private static final Duration STEP = Duration.ofMillis(50);
    private static final double TENTHS = 10;

    private final Registry registry;
    private final Definitions definitions;
    private final SignalTail tail;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    public Measurement(Registry registry, Definitions definitions, SignalTail tail) {
        this.registry = registry;
        this.definitions = definitions;
        this.tail = tail;
    }

    /**
     * Counts.
     *
     * @param trials what the dry run found, for each probe; says where one instance can be had
     * @return for each probe, in order, by point where there are such
     */
    List<Map<String, Object>> of(List<Probe> probes, List<Map<String, Object>> trials, Measure measure, Caller caller) {
        if (probes.size() > MAX_PROBES) {
            throw Problem.badRequest("at most " + MAX_PROBES + " probes are measured at once, and these are "
                    + probes.size() + "; measure some of them");
        }
        if (!places.tryAcquire()) {
            throw Problem.unavailable(MAX_AT_ONCE + " measurements run already; try again in a minute");
        }
        try {
            List<List<Counter>> counters = new ArrayList<>();
            for (int i = 0; i < probes.size(); i++) {
                String unique = UUID.randomUUID().toString().substring(0, 8);
                counters.add(Counter.of(probes.get(i), unique, measure, FirstFit.by(trials.get(i))));
            }
            return count(counters, measure, caller);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the control plane is closing; try again when it is back");
        } finally {
            places.release();
        }
    }

    private List<Map<String, Object>> count(List<List<Counter>> all, Measure measure, Caller caller)
            throws InterruptedException {
        List<Counter> counters = all.stream().flatMap(List::stream).toList();
        if (counters.isEmpty()) {
            return all.stream()
                    .map(none -> form(none, Map.of(), Map.of(), 1, measure))
                    .toList();
        }
        try (SeriesSeen series = SeriesSeen.watch(tail, counters, caller.bounds())) {
            set(counters, caller);
            Map<String, Map<String, ProbeReport>> before;
            Map<String, Map<String, ProbeReport>> after;
            long startNanos;
            long endNanos;
            try {
                awaitSet(counters);
                before = reports(counters);
                startNanos = System.nanoTime();
                Thread.sleep(measure.time().toMillis());
                after = reports(counters);
                endNanos = System.nanoTime();
            } finally {
                counters.forEach(counter -> remove(counter, caller));
            }
            series.take(UNTIL_SENT);
            double seconds = (endNanos - startNanos) / 1e9;
            return all.stream()
                    .map(some -> {
                        Map<String, Object> form = form(some, before, after, seconds, measure);
                        form.put("series", series.counts(some));
                        return form;
                    })
                    .toList();
        }
    }

    private void set(List<Counter> counters, Caller caller) {
        String text = Json.write(counters.stream().map(Counter::definition).toList());
        definitions.submit(new Submission(text, "a measurement", true), caller).stream()
                .flatMap(change -> change.approval().stream())
                .findFirst()
                .ifPresent(waits -> {
                    throw Problem.forbidden("measuring sets a counter there, and a rule asks for approval of that ("
                            + waits.rule() + "); ask without 'measure'");
                });
        definitions.submit(new Submission(text, "a measurement", false), caller);
    }

    private void remove(Counter counter, Caller caller) {
        if (registry.probe(counter.id()).isPresent()) {
            definitions.remove(counter.id(), caller);
        }
    }

    /** Until every instance that is meant has said something of every counter, or the time is over. */
    private void awaitSet(List<Counter> counters) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + UNTIL_SET.toNanos();
        while (System.nanoTime() < deadlineNanos && counters.stream().anyMatch(this::isAwaited)) {
            Thread.sleep(STEP.toMillis());
        }
    }

    private boolean isAwaited(Counter counter) {
        Optional<Probe> probe = registry.probe(counter.id());
        long meant = probe.map(set -> registry.running().stream()
                        .filter(seen -> registry.isMeant(set, seen.report()))
                        .count())
                .orElse(0L);
        return registry.reports(counter.id()).size() < meant;
    }

    private Map<String, Map<String, ProbeReport>> reports(List<Counter> counters) {
        Map<String, Map<String, ProbeReport>> reports = new TreeMap<>();
        for (Counter counter : counters) {
            Map<String, ProbeReport> byInstance = new TreeMap<>();
            registry.reports(counter.id()).forEach(report -> byInstance.put(report.instance(), report));
            reports.put(counter.id(), byInstance);
        }
        return reports;
    }

    private static Map<String, Object> form(
            List<Counter> counters,
            Map<String, Map<String, ProbeReport>> before,
            Map<String, Map<String, ProbeReport>> after,
            double seconds,
            Measure measure) {
        List<Object> places = new ArrayList<>();
        for (Counter counter : counters) {
            after.getOrDefault(counter.id(), Map.of()).forEach((instance, report) -> {
                ProbeReport first = before.getOrDefault(counter.id(), Map.of()).get(instance);
                long hits = report.emitted() - (first == null ? 0 : first.emitted());
                Map<String, Object> place = new LinkedHashMap<>();
                place.put("point", counter.point());
                place.put("instance", instance);
                place.put("state", report.state().word());
                place.put("reason", report.reason());
                place.put("hits", hits);
                place.put("hitsPerSecond", Math.round(hits / seconds * TENTHS) / TENTHS);
                places.add(place);
            });
        }
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("seconds", measure.time().toMillis() / 1_000.0);
        form.put("counts", places);
        form.put("series", Map.of());
        return form;
    }
}
