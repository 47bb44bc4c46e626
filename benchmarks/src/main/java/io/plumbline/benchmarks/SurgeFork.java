package io.plumbline.benchmarks;

import io.opentelemetry.api.common.Attributes;
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
import io.plumbline.config.wire.ProbeCost;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * One JVM of {@link Surge}: puts probes with the agent's own budgets into the hottest loop there is, one after the other, and
 * prints a line for each with what the loop lost, what n the probe chose, and how far the weights of its records are off.
 */
public final class SurgeFork {
    static final long MEASURED_MILLIS = 3_000;

    /** The first second with a probe is not measured. */
    private static final long SETTLE_MILLIS = 1_000;

    private static final double PASSES_PER_SECOND = 10e6;

    private final Weaver weaver;
    private final Capture capture;
    private final SignalDrain drain;
    private final SurgeLoop loop;

    private SurgeFork(SurgeLoop loop) {
        this.loop = loop;
        Redaction redaction = Redaction.standard();
        capture = new Capture(
                redaction,
                Budgets.DEFAULT,
                Resource.create(Attributes.empty()),
                ProbedShop::open,
                ByteBuddyAgent.install()::getAllLoadedClasses);
        weaver = new Weaver(ByteBuddyAgent.install(), new HitCompiler(ProbedShop::open, redaction), capture.specials());
        Bridge.install(weaver.linker());
        drain = new SignalDrain(capture);
    }

    /**
     * @param args a part of a case's name where not all are meant
     */
    public static void main(String[] args) throws InterruptedException {
        SurgeLoop loop = new SurgeLoop(calibrated());
        Thread thread = new Thread(loop, "surge");
        thread.setDaemon(true);
        thread.start();
        SurgeFork fork = new SurgeFork(loop);
        for (SurgeCase one : SurgeCase.all(args.length == 0 ? "" : args[0])) {
            System.out.println(fork.round(one).line());
        }
        loop.stop();
        System.err.println("done: " + loop.sink());
    }

    /** Rounds of work that make ten million passes a second. */
    private static int calibrated() {
        int work = 16;
        for (int attempt = 0; attempt < 30; attempt++) {
            SurgeLoop trial = new SurgeLoop(work);
            double perSecond = trial.passesPerSecond();
            work = (int) Math.max(1, Math.round(work * perSecond / PASSES_PER_SECOND));
        }
        return work;
    }

    private SurgeCase.Round round(SurgeCase one) throws InterruptedException {
        String id = "surge-" + one.number();
        loop.pause();
        loop.run(one.line());
        ProbeTap tap = one.probe().isEmpty() ? null : set(id, one.probe());
        double weightsBefore = drain.weights();
        long passesBefore = loop.passes();
        loop.resume();
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        int slice = loop.slices();
        TimeUnit.MILLISECONDS.sleep(MEASURED_MILLIS);
        double[] slower = loop.slowerSince(slice);
        ProbeCost cost = tap == null ? ProbeCost.NONE : tap.cost();
        if (tap != null && one.leaves() && cost.hits() == 0) {
            throw new IllegalStateException("the probe is not where it should be: " + one.name());
        }
        loop.pause();
        long passes = loop.passes() - passesBefore;
        TimeUnit.MILLISECONDS.sleep(200);
        double weights = drain.weights() - weightsBefore;
        double counted = tap == null ? passes : weights > 0 ? weights : tap.hits();
        weaver.apply(List.of(), List.of(id));
        capture.disarm(id);
        loop.resume();
        TimeUnit.MILLISECONDS.sleep(300);
        Arrays.sort(slower);
        double middle = slower[slower.length / 2];
        return new SurgeCase.Round(
                one.number(),
                middle / (1 + middle),
                (counted - passes) / passes,
                cost.every(),
                cost.estimated() / Math.max(1, cost.hits()),
                cost.nanosPerHit(),
                cost.share());
    }

    private ProbeTap set(String id, String rest) {
        String yaml = "{id: " + id + ", at: '" + SurgeLoop.class.getName() + ":" + SurgeLoop.LINE + "', " + rest + "}";
        Probe probe = ProbeReader.written(YamlText.read(yaml, id).get(0), Clock.systemUTC());
        capture.look();
        Capture.Prepared prepared = capture.prepare(probe);
        capture.use(prepared);
        weaver.apply(List.of(new ArmedProbe(probe, prepared.tap(), prepared.sinks())), List.of());
        return prepared.tap();
    }
}
