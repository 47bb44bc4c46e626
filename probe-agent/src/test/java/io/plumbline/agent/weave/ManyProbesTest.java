package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.config.wire.ProbeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Many probes in a program of many classes: prints how long each step takes, and asserts no times. A small cut here; {@code
 * -Dmany.probes=1000 -Dmany.classes=20000 -Dmany.rounds=3} measures (docs/proofs.md).
 */
class ManyProbesTest {
    private static final int PROBES = Integer.getInteger("many.probes", 40);
    private static final int CLASSES = Integer.getInteger("many.classes", 400);
    private static final int ROUNDS = Integer.getInteger("many.rounds", 1);
    private static final int SOME = Math.min(PROBES, 100);

    private final MadeClasses loader = new MadeClasses();
    private final List<LongUnaryOperator> calls = new ArrayList<>();
    private long results;

    @Test
    void apply_manyProbesInManyClasses_eachIsInPlace() {
        for (int i = 0; i < CLASSES; i++) {
            calls.add(MadeClasses.call(loader.define("many.C" + i)));
        }
        System.out.printf("%d probes, each on a class of its own, of %d loaded%n", PROBES, CLASSES);
        for (int round = 1; round <= ROUNDS; round++) {
            System.out.println("round " + round);
            round();
        }
        assertThat(results).isEqualTo(5L * PROBES * ROUNDS);
    }

    private void round() {
        List<ArmedProbe> probes = probes("many.C");
        List<String> ids = probes.stream().map(armed -> armed.probe().id()).toList();
        try (WeaveFixture fixture = new WeaveFixture()) {
            Weaver weaver = fixture.weaver;
            timed("set one", () -> weaver.apply(probes.subList(0, 1), List.of()));
            timed("set the others at once", () -> weaver.apply(probes.subList(1, PROBES), List.of()));
            System.out.println("  " + weaver.pauses());
            timed("call each class", () -> calls.subList(0, PROBES).forEach(call -> results += call.applyAsLong(1)));
            timed("how all stand", () -> assertAll(ProbeState.INSTALLED, weaver, probes));
            timed("how all stand, again", () -> assertAll(ProbeState.INSTALLED, weaver, probes));
            timed("notice", weaver::notice);
            timed(
                    "set " + SOME + " again one by one",
                    () -> probes.subList(0, SOME).forEach(armed -> weaver.apply(List.of(armed), List.of())));
            timed(
                    "remove " + SOME + " one by one",
                    () -> ids.subList(0, SOME).forEach(id -> weaver.apply(List.of(), List.of(id))));
            timed("remove the others at once", () -> weaver.apply(List.of(), ids));
            List<ArmedProbe> pending = probes("many.D");
            timed("set as many for classes that are not there", () -> weaver.apply(pending, List.of()));
            timed("how those stand", () -> assertAll(ProbeState.PENDING, weaver, pending));
            timed("how those stand, again", () -> assertAll(ProbeState.PENDING, weaver, pending));
        }
    }

    private static void assertAll(ProbeState state, Weaver weaver, List<ArmedProbe> probes) {
        for (ArmedProbe armed : probes) {
            Standing standing = weaver.standing(armed.probe());
            if (standing.state() != state) {
                throw new AssertionError(armed.probe().location() + " is " + standing + " and not " + state);
            }
        }
    }

    private static List<ArmedProbe> probes(String prefix) {
        List<ArmedProbe> probes = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            String yaml = "{id: p%d, at: '%s%d:11', count: n}".formatted(i, prefix, i);
            probes.add(WeaveFixture.armed(yaml, new WeaveFixture.RecordingTap()));
        }
        return probes;
    }

    private static void timed(String what, Runnable step) {
        long from = System.nanoTime();
        step.run();
        System.out.printf(Locale.ROOT, "  %-45s %8.1f ms%n", what, (System.nanoTime() - from) / 1e6);
    }
}
