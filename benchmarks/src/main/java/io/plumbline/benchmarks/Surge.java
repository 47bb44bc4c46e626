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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * Puts probes with the agent's own budgets into the hottest loop there is, and writes down what the loop loses, what n the probe
 * chose, and whether the weights of its records add up to the passes of the loop.
 */
public final class Surge {
    private static final int ROUNDS = 5;
    private static final long MEASURED_MILLIS = 6_000;

    /** The first second with a probe is not measured. */
    private static final long SETTLE_MILLIS = 1_000;

    private static final double PASSES_PER_SECOND = 10e6;

    /** Shows how far the measurement itself is off. */
    private static final String NONE = "none";

    private static final Map<String, String> CASES = new LinkedHashMap<>();

    static {
        CASES.put(NONE, "");
        CASES.put("log of two values", "log: 'order {order.id} costs {total}'");
        CASES.put("snapshot, with its stack", "snapshot: true");
        CASES.put("histogram", "histogram: {name: surge.total, value: total}");
        CASES.put("count", "count: surge.passes");
        CASES.put("condition, slow on purpose", "if: \"" + slowCondition() + "\", count: surge.never");
    }

    private final Weaver weaver;
    private final Capture capture;
    private final SignalDrain drain;
    private final SurgeLoop loop;

    private Surge(SurgeLoop loop) {
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

    /** Some microseconds of text work that is never true. */
    private static String slowCondition() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            parts.add("order.id.replace('o', 'p').toUpperCase().contains(\\\"" + i + "x\\\")");
        }
        return String.join(" || ", parts);
    }

    /**
     * @param lost of the loop's passes, as a share
     * @param weights that the records had together; the counted hits for metrics
     * @param passes that the loop made with the probe in it
     */
    private record Round(double lost, double weights, long passes, ProbeCost cost) {
        double error() {
            return (weights - passes) / passes;
        }
    }

    /**
     * @param args the page's path
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        SurgeLoop loop = new SurgeLoop(calibrated());
        Thread thread = new Thread(loop, "surge");
        thread.setDaemon(true);
        thread.start();
        Surge surge = new Surge(loop);
        StringBuilder rows = new StringBuilder();
        for (Map.Entry<String, String> one : CASES.entrySet()) {
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                rounds.add(surge.round("surge-" + i, one.getValue()));
            }
            String row = row(one.getKey(), rounds);
            System.err.print(row);
            rows.append(row);
        }
        loop.stop();
        Files.writeString(Path.of(args[0]), page(rows.toString(), loop));
        System.err.println("written: " + args[0]);
    }

    /** Rounds of work that make ten million passes a second. */
    private static int calibrated() {
        int work = 16;
        double sink = 0;
        for (int attempt = 0; attempt < 30; attempt++) {
            long before = System.nanoTime();
            for (int i = 0; i < 1_000_000; i++) {
                sink += SurgeLoop.free(Order.HUGE, i, work);
            }
            double perSecond = 1e15 / (System.nanoTime() - before);
            work = (int) Math.max(1, Math.round(work * perSecond / PASSES_PER_SECOND * (sink == 0.5 ? 2 : 1)));
        }
        return work;
    }

    private Round round(String id, String rest) throws InterruptedException {
        loop.pause();
        ProbeTap tap = rest.isEmpty() ? null : set(id, rest);
        double weightsBefore = drain.weights();
        long passesBefore = loop.passes();
        loop.resume();
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        int slice = loop.slices();
        TimeUnit.MILLISECONDS.sleep(MEASURED_MILLIS);
        double[] slower = loop.slowerSince(slice);
        ProbeCost cost = tap == null ? ProbeCost.NONE : tap.cost();
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
        return new Round(middle / (1 + middle), counted, passes, cost);
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

    private static String row(String name, List<Round> rounds) {
        double[] lost = rounds.stream().mapToDouble(Round::lost).sorted().toArray();
        double[] errors = rounds.stream().mapToDouble(Round::error).sorted().toArray();
        Round middle = rounds.get(rounds.size() / 2);
        return String.format(
                Locale.ROOT,
                "| %s | %.2f %% (%.2f … %.2f) | 1/%d | %.2f %% (%.2f … %.2f) | %.1f %% | %.0f | %.2f %% |%n",
                name,
                lost[lost.length / 2] * 100,
                lost[0] * 100,
                lost[lost.length - 1] * 100,
                middle.cost().every(),
                errors[errors.length / 2] * 100,
                errors[0] * 100,
                errors[errors.length - 1] * 100,
                100.0 * middle.cost().estimated() / Math.max(1, middle.cost().hits()),
                middle.cost().nanosPerHit(),
                middle.cost().share() * 100);
    }

    private static String page(String rows, SurgeLoop loop) {
        return """
                # A probe in the hottest loop

                Generated by `benchmarks/surge/run`; do not edit. One thread runs through the probed line about ten million times a
                second and does nothing else. Probes have the agent's own budgets: 1 %% of a core each.

                - commit: %s
                - date: %s
                - machine: %s, load at the end %s
                - JDK: %s
                - %d rounds of %d ms with the probe, the first second with it left out (sink %d)

                The loop has a twin without a probe that runs for a tenth of the time, in turns of some 50 ms; *lost* is by how much
                fewer passes a second the probed one makes than its twin (the median turn of each round; of the rounds median, least
                and greatest); *n* is the sampling that the
                probe reported; *error* compares the weights of the records (for metrics the hits that it counted) with the passes
                of the loop, the first second included; *reckoned* is the part of the hits that was not counted because the gate was
                shut; *ns* and *share* are what the agent reports a taken hit and the probe to cost.

                | probe | lost | n | error | reckoned | ns | share |
                |---|--:|--:|--:|--:|--:|--:|
                """.formatted(
                                Machine.commit(),
                                LocalDate.now(ZoneOffset.UTC),
                                Machine.describe(),
                                Machine.load(),
                                Machine.jdk(),
                                ROUNDS,
                                MEASURED_MILLIS,
                                loop.sink() & 1)
                + rows;
    }
}
