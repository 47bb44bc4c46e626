package io.plumbline.agent.capture;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.plumbline.agent.capture.beside.Beside;
import io.plumbline.agent.capture.beside.OwnMetric;
import io.plumbline.agent.capture.context.Surroundings;
import io.plumbline.agent.capture.gate.AwakeTaps;
import io.plumbline.agent.capture.gate.Budgets;
import io.plumbline.agent.capture.gate.Meter;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.agent.capture.gate.ProcessBudget;
import io.plumbline.agent.capture.thrown.ThrowableBounds;
import io.plumbline.agent.capture.thrown.ThrowableReader;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Limits;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Everything between a hit and its signal on this instance. Probes are armed and disarmed by the control thread; {@link
 * #drainLogs}, {@link #collectMetrics} and {@link #second} and {@link #turn} are the send thread's.
 */
public final class Capture {
    private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");

    /** Pairs of points that one probe can have. */
    private static final int MAX_PAIRS = 64;

    private final AnchoredClock clock = new AnchoredClock();
    private final Surroundings surroundings;
    private final TraceReader traces;
    private final Redaction redaction;
    private final Buffers buffers;
    private final Beside beside;
    private final OwnTelemetry own;
    private final LogDrain logDrain;
    private final PointDrain pointDrain;
    private final ThreadPairs threadPairs;
    private final Points points;
    private final Map<String, Prepared> used = new ConcurrentHashMap<>();

    /** The ids of the probes that those in use are parts of. Set by the control thread, read by the send thread. */
    private volatile Set<String> wholes = Set.of();

    private final ProcessBudget process;
    private final Warmth warmth;

    private final AwakeTaps taps;

    /** Gates that were awake since metrics were collected. The send thread only. */
    private final Set<ProbeTap> uncollected = new HashSet<>();

    /** One with the host's own clock. */
    public Capture(
            Redaction redaction,
            Budgets budgets,
            Resource resource,
            Consumer<Class<?>> opener,
            Supplier<Class<?>[]> loaded) {
        this(
                redaction,
                budgets,
                resource,
                HostClock.id(String.valueOf(resource.getAttribute(INSTANCE))),
                opener,
                loaded);
    }

    /**
     * @param redaction what is never read, and what never leaves
     * @param budgets what probes may cost
     * @param resource this instance, as its signals name it
     * @param clockId which monotonic clock it has, as {@link HostClock} tells
     * @param opener opens the module of a class to the agent
     * @param loaded gives all classes loaded in this JVM
     */
    public Capture(
            Redaction redaction,
            Budgets budgets,
            Resource resource,
            String clockId,
            Consumer<Class<?>> opener,
            Supplier<Class<?>[]> loaded) {
        ProbeTap.openThreadsWith(opener);
        this.process = new ProcessBudget(budgets);
        this.taps = process.taps();
        this.redaction = redaction;
        this.surroundings = new Surroundings(loaded, opener, redaction::hidesName);
        this.traces = new TraceReader(surroundings);
        this.beside = new Beside(loaded, opener, surroundings::look);
        this.own = new OwnTelemetry(surroundings, beside, redaction);
        RecordUids uids = new RecordUids();
        String instance = String.valueOf(resource.getAttribute(INSTANCE));
        this.points = new Points(resource);
        this.threadPairs =
                new ThreadPairs(resource, metered -> instrument(metered.probe(), metered.metric(), MAX_PAIRS));
        this.logDrain = new LogDrain(uids, resource, redaction);
        this.pointDrain = new PointDrain(uids, resource, redaction, threadPairs, instance, clockId);
        Shapes shapes = new Shapes(
                new Hiding(redaction),
                opener,
                ThrowableWriter.of(new ThrowableReader(opener, ThrowableBounds.DEFAULT)));
        Renderer renderer = new Renderer(new ObjectShapes(redaction));
        this.buffers = new Buffers(renderer, shapes, surroundings, budgets.bufferRecords());
        this.warmth = new Warmth(redaction, renderer, shapes, surroundings, traces, () -> !used.isEmpty());
    }

    /** What {@code $name} stands for in expressions: handles of type {@code ()Object}. */
    public Map<String, MethodHandle> specials() {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodType type = MethodType.methodType(Object.class);
        try {
            return Map.of(
                    "thread", lookup.findStatic(Capture.class, "threadName", type),
                    "trace", lookup.findVirtual(Capture.class, "traceId", type).bindTo(this),
                    "mdc", surroundings.mdc().handle());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("UnusedMethod") // by method handle
    private static Object threadName() {
        return Thread.currentThread().getName();
    }

    @SuppressWarnings("UnusedMethod") // by method handle
    private Object traceId() {
        Object context = traces.current();
        return context == null ? null : traces.traceId(context);
    }

    /**
     * A version of a probe, ready to be hit once it is {@link #use used}.
     *
     * @param sinks for each action, in order
     */
    public record Prepared(ProbeTap tap, List<Object> sinks, List<Records> logs, List<Instrument> instruments) {}

    /**
     * Looks for tracing and logging libraries, which may have been loaded since. Goes through all loaded classes: to be
     * called once before any number of probes is prepared.
     */
    public void look() {
        traces.look();
    }

    /** Makes a version of a probe ready to be hit. Metrics that are the same in the version in use go on. */
    public Prepared prepare(Probe probe) {
        Prepared before = used.get(probe.id());
        List<Instrument> instruments = new ArrayList<>();
        List<Meter> meters = new ArrayList<>();
        for (Action action : probe.actions()) {
            if (action instanceof Action.Metric metric) {
                Instrument instrument = instrument(probe, metric, before);
                instruments.add(instrument);
                meters.add(instrument.meter(isEveryHit(probe)));
            } else {
                meters.add(InstrumentMeter.NONE);
            }
        }
        ProbeTap tap = new ProbeTap(probe, redaction, meters, recordsPerSecond(probe), process);
        return armed(tap, meters, instruments);
    }

    /** Whether every hit emits, so that the number of hits is that of all its counters. */
    private static boolean isEveryHit(Probe probe) {
        Limits limits = probe.limits();
        return probe.condition().isEmpty() && limits.hits() == 0 && limits.perSecond() == Limits.UNSET;
    }

    /** The strictest cap of the probe's actions, where it has none of its own; 0 where it leaves no records. */
    private static int recordsPerSecond(Probe probe) {
        return probe.actions().stream()
                .filter(action -> !(action instanceof Action.Metric))
                .mapToInt(Capture::recordsPerSecond)
                .min()
                .orElse(0);
    }

    private static int recordsPerSecond(Action action) {
        if (action instanceof Action.Point) {
            return Limits.DEFAULT_POINTS_PER_SECOND;
        }
        return action instanceof Action.Log ? Limits.DEFAULT_LOGS_PER_SECOND : Limits.DEFAULT_SNAPSHOTS_PER_SECOND;
    }

    private Prepared armed(ProbeTap tap, List<Meter> meters, List<Instrument> instruments) {
        List<Object> sinks = new ArrayList<>();
        List<Records> logs = new ArrayList<>();
        Iterator<Instrument> next = instruments.iterator();
        List<Action> actions = tap.probe().actions();
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i) instanceof Action.Metric) {
                Instrument instrument = next.next();
                sinks.add(instrument.root());
                if (meters.get(i).part() == Meter.Part.HITS) {
                    ((SumCell) instrument.root().cell()).count(tap);
                }
            } else {
                Records records = records(tap, i);
                logs.add(records);
                sinks.add(records);
            }
        }
        return new Prepared(tap, sinks, logs, instruments);
    }

    /** From now on this version's signals are sent, in place of an earlier version's. */
    public void use(Prepared prepared) {
        Probe probe = prepared.tap().probe();
        Prepared before = used.put(probe.id(), prepared);
        taps.use(prepared.tap(), before == null ? null : before.tap());
        wholes = wholes();
        warmth.expect(prepared.logs());
        List<OwnMetric> metrics = new ArrayList<>();
        prepared.instruments().stream()
                .filter(instrument -> instrument.metric().beside())
                .forEach(metrics::add);
        if (!metrics.isEmpty() || probe.actions().stream().anyMatch(Capture::isBesideLog)) {
            beside.set(probe.id(), metrics);
        } else {
            beside.forget(probe.id());
        }
    }

    private static boolean isBesideLog(Action action) {
        return action instanceof Action.Log log && log.beside().isPresent();
    }

    /** Takes a probe's metrics out of the program's own registry, and stops writing to its log. */
    public void leaveAlone(String probe) {
        beside.forget(probe);
    }

    /** What stands in the way of a probe's signals beside the program's own; empty if nothing does, or none was wanted. */
    public String besideNote(String probe) {
        return beside.note(probe);
    }

    private Instrument instrument(Probe probe, Action.Metric metric, Prepared before) {
        if (before != null
                && before.tap().probe().limits().series() == probe.limits().series()
                && before.tap().probe().to().equals(probe.to())) {
            for (Instrument known : before.instruments()) {
                if (known.metric().equals(metric)) {
                    return known;
                }
            }
        }
        return instrument(probe, metric, probe.limits().series());
    }

    private Instrument instrument(Probe probe, Action.Metric metric, int series) {
        return new Instrument(probe, metric, series, traces, clock, points, redaction);
    }

    private Records records(ProbeTap tap, int index) {
        Action action = tap.probe().actions().get(index);
        Records.Credit credit = new Records.Credit(recordsPerSecond(action), process);
        SlotSource slots = new SlotSource(buffers.ring(), clock, traces);
        if (action instanceof Action.Point point) {
            return new PointRecords(tap, index, point, credit, slots, own);
        }
        return action instanceof Action.Log log
                ? new LogRecords(tap, index, log, credit, slots, own)
                : new SnapshotRecords(tap, index, (Action.Capturing) action, credit, slots, buffers.pool());
    }

    /** Forgets a probe. What its hits have left in the ring is still sent; its metrics are collected once more before. */
    public void disarm(String probe) {
        Prepared gone = used.remove(probe);
        beside.forget(probe);
        if (gone != null) {
            gone.tap().close();
            taps.forget(gone.tap());
            wholes = wholes();
        }
    }

    /** Lets go of the buffers when no probe is left. Control thread only. */
    public void releaseIfIdle(long nowNanos) {
        buffers.releaseIf(used.isEmpty(), nowNanos);
    }

    /** Whether a hit could leave a log record. */
    public boolean hasLogs() {
        return buffers.ringIfThere() != null;
    }

    public boolean isIdle() {
        return used.isEmpty();
    }

    /** A new second begins: the credits of records are full again. */
    public void second() {
        clock.anchor();
        process.second();
        long now = System.nanoTime();
        threadPairs.keepOnly(wholes);
        threadPairs.expire(now);
        taps.second(now);
        for (ProbeTap tap : taps.now()) {
            Prepared one = used.get(tap.probe().id());
            if (one != null) {
                one.logs().forEach(Records::second);
            }
        }
    }

    /** The probes that something may have happened at since this was asked last. Control thread only. */
    public Set<String> stirred() {
        return taps.sinceLastLook().stream().map(tap -> tap.probe().wholeId()).collect(Collectors.toSet());
    }

    /** A new turn begins: the credits of time are full again, and every probe chooses what it samples. */
    public void turn() {
        uncollected.addAll(taps.now());
        taps.turn(process, System.nanoTime());
    }

    /** So many bytes of a probe's signals went out. */
    public void sent(String probe, long bytes) {
        Prepared one = used.get(probe);
        if (one != null) {
            one.tap().sent(bytes);
            return;
        }
        used.values().stream()
                .filter(part -> part.tap().probe().wholeId().equals(probe))
                .findFirst()
                .ifPresent(part -> part.tap().sent(bytes));
    }

    private Set<String> wholes() {
        return used.values().stream().map(one -> one.tap().probe().wholeId()).collect(Collectors.toSet());
    }

    /** Hands over at most so many log records, hits of points among them; returns how many. */
    public int drainLogs(Consumer<LogRecordData> consumer, int max) {
        SignalRing current = buffers.ringIfThere();
        return current == null ? 0 : current.drain(slot -> read(slot, consumer), max);
    }

    private void read(Slot slot, Consumer<LogRecordData> consumer) {
        if (slot.source() instanceof PointRecords) {
            pointDrain.read(slot, consumer);
        } else {
            LogRecordData data = logDrain.read(slot);
            consumer.accept(data);
            own.write(slot, data);
        }
    }

    /** The spans that have closed here since the last call. */
    public List<SpanData> takeSpans() {
        return threadPairs.takeSpans();
    }

    /**
     * The metric points to send.
     *
     * @param all also those that did not change
     */
    public List<MetricData> collectMetrics(boolean all) {
        List<MetricData> metrics = new ArrayList<>();
        uncollected.addAll(taps.now());
        for (Prepared one : used.values()) {
            if (all || uncollected.contains(one.tap())) {
                metrics.addAll(collect(one, all));
            }
        }
        uncollected.clear();
        metrics.addAll(threadPairs.collect(all));
        return metrics;
    }

    /** The last points of one probe, before it is disarmed. */
    public List<MetricData> collectMetrics(String probe) {
        Prepared one = used.get(probe);
        return one == null ? List.of() : collect(one, true);
    }

    private static List<MetricData> collect(Prepared one, boolean all) {
        List<MetricData> metrics = new ArrayList<>();
        for (Instrument instrument : one.instruments()) {
            synchronized (instrument) {
                metrics.addAll(instrument.collect(all));
            }
        }
        return metrics;
    }

    /** Losses of a probe by cause. */
    public Map<String, Long> dropped(String probe) {
        Map<String, Long> counts = new TreeMap<>();
        Prepared one = used.get(probe);
        if (one != null) {
            counts.putAll(one.tap().dropped());
            one.logs().forEach(log -> log.addDropped(counts));
            one.instruments().forEach(instrument -> instrument.addDropped(counts));
            beside.addDropped(probe, counts);
        }
        return counts;
    }

    /** Records that found the ring full, of all probes. */
    public Map<String, Long> dropped() {
        return buffers.dropped();
    }
}
