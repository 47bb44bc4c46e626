package io.plumbline.benchmarks;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.bridge.Bridge;
import io.plumbline.agent.capture.Capture;
import io.plumbline.agent.capture.gate.Budgets;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.agent.weave.Weaver;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.text.YamlText;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * {@link Shop} or {@link Bill} with a probe in it: the agent's own weaver, compiler and capture in this JVM, wired as the agent wires
 * them. Left out are what no hit meets: its class loader, its control thread and Kafka.
 *
 * <p>One at a time, for the bridge has one other end.
 */
final class ProbedShop implements AutoCloseable {
    private static final int WARM_UP_HITS = 200_000;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MAX_WAITING = 64;
    private static final long PAUSE_NANOS = 20_000;
    private static final Order[] ORDERS =
            IntStream.range(0, 64).mapToObj(Order::number).toArray(Order[]::new);

    private final Question question;
    private final Capture capture;
    private final Weaver weaver;
    private final ProbeTap tap;
    private final String probeId;
    private final Sending drain;

    /** Keeps the JIT from leaving out what nobody needs. */
    private double sum;

    /** One whose records go as far as the bytes that would be sent. */
    ProbedShop(Question question) {
        this(question, SignalDrain::new);
    }

    /**
     * @param sending begins to take records out
     */
    ProbedShop(Question question, Function<Capture, Sending> sending) {
        this(question, question.budgets(), sending);
    }

    /** The same with other budgets. */
    ProbedShop(Question question, Budgets budgets, Function<Capture, Sending> sending) {
        this.question = question;
        Redaction redaction = Redaction.standard();
        capture = new Capture(
                redaction,
                budgets,
                Resource.create(Attributes.empty()),
                ProbedShop::open,
                ByteBuddyAgent.install()::getAllLoadedClasses);
        weaver = new Weaver(ByteBuddyAgent.install(), new HitCompiler(ProbedShop::open, redaction), capture.specials());
        Bridge.install(weaver.linker());
        Probe probe = ProbeReader.written(
                        YamlText.read(question.yaml(), question.name()).get(0), Clock.systemUTC())
                .parts()
                .get(0);
        probeId = probe.id();
        capture.look();
        Capture.Prepared prepared = capture.prepare(probe);
        capture.use(prepared);
        tap = prepared.tap();
        question.hit(Order.number(0)); // the class is there before its probe, as in a program that runs
        weaver.apply(List.of(new ArmedProbe(probe, tap, prepared.sinks())), List.of());
        drain = sending.apply(capture);
        if (question.isRecorded()) {
            warmUp();
        }
        if (question == Question.DISABLED) {
            requireProbed();
            tap.close();
        }
    }

    /**
     * Runs the line until the JIT has its hits. In bursts with pauses between them, as records are measured, that would
     * take longer than the measurement.
     */
    private void warmUp() {
        long deadline = System.nanoTime() + WARM_UP_NANOS;
        drain.rests(false);
        for (int i = 0; i < WARM_UP_HITS && System.nanoTime() - deadline < 0; i++) {
            sum += question.hit(Order.number(i & 63));
            while (waitingLogs() > MAX_WAITING) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        drain.rests(true);
    }

    /** As the agent opens a package to itself. */
    static void open(Class<?> type) {
        Set<Module> self = Set.of(ProbedShop.class.getModule());
        ByteBuddyAgent.install()
                .redefineModule(
                        type.getModule(), Set.of(), Map.of(), Map.of(type.getPackageName(), self), Set.of(), Map.of());
    }

    /** Runs the line once. */
    void hit(long number) {
        sum += question.hit(ORDERS[(int) (number & (ORDERS.length - 1))]);
    }

    /** Log records that wait for the agent's thread. */
    long waitingLogs() {
        return tap.emitted() - drain.drained();
    }

    /** Hits that came by, whether they were taken or not. */
    long hits() {
        return (long) tap.hits();
    }

    /** What reached the sending side: log records, or the number that the metric's series have counted together. */
    long signals() {
        double points = capture.collectMetrics(true).stream()
                .mapToDouble(ProbedShop::counted)
                .sum();
        return drain.drained() + (long) points;
    }

    private static double counted(MetricData metric) {
        return metric.getType() == MetricDataType.HISTOGRAM
                ? metric.getHistogramData().getPoints().stream()
                        .mapToLong(HistogramPointData::getCount)
                        .sum()
                : metric.getDoubleSumData().getPoints().stream()
                        .mapToDouble(DoublePointData::getValue)
                        .sum();
    }

    /**
     * One more hit must be seen, if the gate is open.
     *
     * @throws IllegalStateException when what was measured was not a probed line
     */
    void requireProbed() {
        if (!tap.isOpen()) {
            return;
        }
        long before = hits();
        question.hit(Order.HUGE);
        if (hits() != before + 1) {
            throw new IllegalStateException(
                    "the probe " + probeId + " does not see its line: " + weaver.standing(tap.probe()));
        }
    }

    /** Takes the probe out and sends what is left. */
    @Override
    public void close() {
        weaver.close();
        Bridge.install(null);
        drain.close();
    }
}
