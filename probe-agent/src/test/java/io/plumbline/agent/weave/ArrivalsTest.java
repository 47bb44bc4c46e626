package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.cases.Arrivals;
import io.plumbline.config.wire.LinesReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hit counts on lines that have several places in the bytecode, where other tools count wrong. */
class ArrivalsTest {
    private final WeaveFixture fixture = new WeaveFixture();

    @AfterEach
    void restore() {
        fixture.close();
    }

    private static Arguments on(String mark, int hits, Consumer<Arrivals> run) {
        return Arguments.of(mark, hits, run);
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                on("plain", 1, a -> a.plain(1)),
                on("countedLoop", 5, a -> a.countedLoop(4)),
                on("countedLoopBody", 4, a -> a.countedLoop(4)),
                on("enhancedLoop", 5, a -> a.enhancedLoop(List.of(1, 2, 3, 4))),
                on("enhancedLoop", 1, a -> a.enhancedLoop(List.of())),
                on("enhancedLoopBody", 4, a -> a.enhancedLoop(List.of(1, 2, 3, 4))),
                on("arrayLoop", 5, a -> a.arrayLoop(new int[] {1, 2, 3, 4})),
                on("whileLoop", 5, a -> a.whileLoop(4)),
                on("oneLineWhile", 5, a -> a.oneLineWhile(4)),
                on("doWhileBody", 4, a -> a.doWhile(4)),
                on("doWhile", 4, a -> a.doWhile(4)),
                on("finally", 3, ArrivalsTest::allWaysThroughFinally),
                on("emptyCatch", 1, Arrivals::emptyCatch),
                on("lambdas", 3, a -> a.lambdas(1)),
                on("multiLineStart", 1, a -> a.multiLine("a", "b")),
                on("multiLineFirst", 1, a -> a.multiLine("a", "b")),
                on("multiLineSecond", 1, a -> a.multiLine("a", "b")),
                on("staticMultiLine", 1, a -> a.staticMultiLine(1)),
                on("ternary", 1, a -> a.ternary(true)),
                on("ternaryYes", 1, a -> a.ternary(true)),
                on("ternaryNo", 0, a -> a.ternary(true)),
                on("ternaryNo", 1, a -> a.ternary(false)),
                on("switchCase0", 1, a -> a.switchExpression(0)),
                on("switchLoop", 4, a -> a.switchExpression(1)),
                on("switchLoopBody", 3, a -> a.switchExpression(1)),
                on(
                        "newAtLineStart",
                        2,
                        a -> a.newAtLineStart(a.newAtLineStart(true).isEmpty())),
                on("tryWith", 1, a -> a.tryWithResources(new ArrayList<>())),
                on("tryWithBody", 1, a -> a.tryWithResources(new ArrayList<>())),
                on("synchronized", 1, Arrivals::synchronizedBlock),
                on("synchronizedBody", 1, Arrivals::synchronizedBlock),
                on("wide", 1, a -> a.wide(1, 2)),
                on("beforeSuper", 1, a -> new Arrivals.Sub("x", 1).n()),
                on("afterSuper", 1, a -> new Arrivals.Sub("x", 1).n()),
                on("compact", 1, a -> new Arrivals.Point(1, 2)),
                on("defaultMethod", 1, a -> new Arrivals.PoliteGreeter().greet("you")));
    }

    private static void allWaysThroughFinally(Arrivals arrivals) {
        arrivals.finallyCopies(0);
        arrivals.finallyCopies(2);
        try {
            arrivals.finallyCopies(1);
        } catch (IllegalStateException e) {
            // the third way
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lines")
    void hits_equalArrivals(String mark, int hits, Consumer<Arrivals> run) {
        run.accept(new Arrivals());
        int line = WeaveFixture.line(Arrivals.class, mark);
        String yaml = "{at: 'io.plumbline.cases.Arrivals:" + line + "', count: hits}";
        var tap = fixture.set(yaml);

        run.accept(new Arrivals());

        assertThat(tap.failure).isNull();
        assertThat(tap.admitted).as(() -> fixture.standing(yaml).toString()).isEqualTo(hits);
    }

    /** Sites in one method must not get in each other's way. */
    @Test
    void hits_withProbesOnAllLines_equalArrivals() {
        List<ArmedProbe> all = new ArrayList<>();
        Map<Integer, WeaveFixture.RecordingTap> taps = new HashMap<>();
        for (int line : new TreeSet<>(fixture.weaver.lines("r", "i", "io.plumbline.cases.Arrivals").lines().stream()
                .filter(LinesReply.Line::isLine)
                .map(LinesReply.Line::line)
                .toList())) {
            taps.put(line, new WeaveFixture.RecordingTap());
            String yaml = "{id: p" + line + ", at: 'io.plumbline.cases.Arrivals:" + line + "', count: hits}";
            all.add(WeaveFixture.armed(yaml, taps.get(line)));
        }
        fixture.weaver.apply(all, List.of());

        for (Arguments arguments : lines().toList()) {
            Object[] given = arguments.get();
            var tap = taps.get(WeaveFixture.line(Arrivals.class, (String) given[0]));
            int before = tap.admitted;
            @SuppressWarnings("unchecked")
            Consumer<Arrivals> run = (Consumer<Arrivals>) given[2];

            run.accept(new Arrivals());

            assertThat(tap.admitted - before).as((String) given[0]).isEqualTo(given[1]);
        }
    }
}
