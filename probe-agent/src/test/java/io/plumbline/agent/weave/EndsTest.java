package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.cases.Ends;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.ProbeState;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Locations by method: entry, exit, the end by an exception, throw and catch. */
class EndsTest {
    private static final String TYPE = "io.plumbline.cases.Ends";

    private final WeaveFixture fixture = new WeaveFixture();
    private final Ends ends = new Ends("x");

    @AfterEach
    void restore() {
        fixture.close();
    }

    @BeforeEach
    void loaded() {
        new Ends.Square().compareTo(new Ends.Square());
    }

    private WeaveFixture.RecordingTap set(String spot, String template) {
        return fixture.set(yaml(spot, template));
    }

    private static String yaml(String spot, String template) {
        return "{id: p, at: '" + TYPE + spot + "', log: " + WeaveFixture.quoted(template) + "}";
    }

    private static void ignoring(Runnable run) {
        try {
            run.run();
        } catch (RuntimeException e) {
            // the case's own
        }
    }

    @Test
    void entry_everyCallOnce_withParameters() {
        var tap = set("#early", "{n}");

        ends.early(0);
        ends.early(1);
        ends.early(5);

        assertThat(tap.events).containsExactly("0", "1", "5");
    }

    /** A jump back to the first instruction is no entry. */
    @Test
    void entry_loopAtTheStart_isNotRepeated() {
        var tap = set("#loopAtStart:entry", "{n}");

        assertThat(Ends.loopAtStart(4)).isZero();

        assertThat(tap.events).containsExactly("4");
    }

    @Test
    void entry_constructor_isBeforeSuper() {
        var tap = set("#<init>(int)", "{number}");

        new Ends(7);
        assertThatThrownBy(() -> new Ends(-1)).isInstanceOf(IllegalStateException.class);

        assertThat(tap.events).containsExactly("7", "-1");
    }

    @Test
    void entry_defaultMethodAndStaticInitialiser() {
        var area = set("$Shape#twice", "{this}");
        new Ends.Square().twice();
        assertThat(area.events).containsExactly("a Square");

        var started = set("$Started#<clinit>:exit", "hit");
        assertThat(Ends.Started.VALUE).isEqualTo(3);
        assertThat(started.events).hasSize(1);
    }

    @Test
    void exit_everyReturn_withItsValue() {
        var tap = set("#early:exit", "{n} {$return}");

        ends.early(0);
        ends.early(1);
        ends.early(5);

        assertThat(tap.events).containsExactly("0|0", "1|10", "5|10");
    }

    @Test
    void exit_valuesOfAllTypes() {
        assertThat(returned("#wide:exit", () -> ends.wide(3, 4.5))).isEqualTo("7L");
        assertThat(returned("#half:exit", () -> ends.half(3))).isEqualTo("1.5d");
        assertThat(returned("#text:exit", () -> ends.text("a"))).isEqualTo("ax");
        assertThat(returned("#text:exit", () -> ends.text(null))).isEqualTo("null");
        assertThat(returned("#flag:exit", () -> ends.flag(true))).isEqualTo("false");
        assertThat(returned("#ternaryReturn:exit", () -> ends.ternaryReturn(true)))
                .isEqualTo("1");
    }

    private String returned(String spot, Runnable run) {
        var tap = set(spot, "{$return}");
        run.run();
        assertThat(tap.events).hasSize(1);
        return tap.events.get(0);
    }

    @Test
    void exit_arraysAreReadable() {
        var tap = set("#bytes:exit", "{$return.length} {$return[1]} {b} {c} {s} {f}");

        ends.bytes((byte) 1, 'c', (short) 3, 4f);

        assertThat(tap.events).containsExactly("4|99|1|'c'|3|4.0f");
    }

    @Test
    void exit_constructor_hasThis() {
        var tap = set("#<init>:exit", "{name}");

        new Ends(7);
        ignoring(() -> new Ends(13));

        assertThat(tap.events).containsExactly("n7", "n7", "n13");
    }

    @Test
    void exit_recursion_eachReturn() {
        var tap = set("#recursive:exit", "{n}={$return}");

        Ends.recursive(2);

        assertThat(tap.events).containsExactly("0|0", "1|1", "2|2");
    }

    @Test
    void exit_byAnException_isNone() {
        var tap = set("#throwing:exit", "{n}");

        ignoring(() -> ends.throwing(1));
        ignoring(() -> ends.throwing(3));
        ends.throwing(5);

        assertThat(tap.events).containsExactly("5");
    }

    @Test
    void duration_atExitAndException_isMilliseconds() {
        var tap = set("#throwing:exit", "{$duration >= 0.0 && $duration < 60000.0} {$duration}");
        ends.throwing(9);
        assertThat(tap.events).singleElement().asString().startsWith("true|").endsWith("d");

        var thrown = set("#throwing:exception", "{$duration >= 0.0} {$exception}");
        ignoring(() -> ends.throwing(1));
        assertThat(thrown.events).containsExactly("true|IllegalStateException");
    }

    /** Who does not ask for the duration does not pay for the clock; who asks later gets it. */
    @Test
    void duration_askedLater_isWovenThen() {
        set("#throwing:exit", "{n}");
        ends.throwing(9);

        var tap = set("#throwing:exit", "{$duration > -1.0}");
        ends.throwing(9);

        assertThat(tap.events).containsExactly("true");
    }

    @Test
    void exception_ownAndFromBelow_onceEach_withParameters() {
        var tap = set("#throwing:exception", "{n} {$exception} {name}");

        ignoring(() -> ends.throwing(1));
        ignoring(() -> ends.throwing(2));
        ignoring(() -> ends.throwing(3));
        ends.throwing(5);

        assertThat(tap.events)
                .containsExactly(
                        "1|IllegalStateException|x",
                        "2|IllegalArgumentException|x",
                        "3|UnsupportedOperationException|x");
    }

    @Test
    void exception_caughtInside_isNone() {
        var tap = set("#caughtInside:exception", "{n}");

        assertThat(ends.caughtInside(1)).isEqualTo(-1);
        ignoring(() -> ends.caughtInside(2));

        assertThat(tap.events).containsExactly("2");
    }

    @Test
    void exception_ofAType_bySimpleOrFullNameAndSubclass() {
        for (String type : List.of("IllegalStateException", "java.lang.IllegalStateException")) {
            var tap = set("#throwing:exception(" + type + ")", "{n}");
            ignoring(() -> ends.throwing(1));
            ignoring(() -> ends.throwing(2));
            assertThat(tap.events).as(type).containsExactly("1");
        }
        var tap = set("#throwing:exception(RuntimeException)", "{n}");
        ignoring(() -> ends.throwing(1));
        ignoring(() -> ends.throwing(2));
        assertThat(tap.events).containsExactly("1", "2");
    }

    @Test
    void exception_finallyAndSynchronized_once() {
        var inFinally = set("#withFinally:exception", "{n}");
        ignoring(() -> ends.withFinally(1));
        assertThat(inFinally.events).containsExactly("1");

        var inNested = set("#nested:exception", "{n}");
        assertThat(ends.nested(1)).isEqualTo(-1);
        assertThat(ends.nested(2)).isEqualTo(-2);
        ignoring(() -> ends.nested(3));
        assertThat(inNested.events).containsExactly("3");
    }

    @Test
    void exception_constructor_behindSuper() {
        var tap = set("#<init>(int):exception", "{number} {name}");

        assertThatThrownBy(() -> new Ends(13)).hasMessage("unlucky");
        assertThatThrownBy(() -> new Ends(-1)).hasMessage("negative");

        assertThat(tap.events).containsExactly("13|n13");
    }

    @Test
    void exception_parameterOverwritten_isNotOffered() {
        String yaml = yaml("#reassigned:exception", "{text}");
        fixture.set(yaml);
        ignoring(() -> ends.reassigned(null));
        ends.reassigned("a");

        var tap = set("#reassigned:exception", "{$exception}");
        ignoring(() -> ends.reassigned(null));

        assertThat(tap.events).containsExactly("IllegalStateException");
    }

    @Test
    void exception_slotsOfManyTypes_jvmAccepts() {
        var tap = set("#slots:exception", "{n}");

        assertThat(ends.slots(3)).isEqualTo(3);
        assertThat(ends.slots(-3)).isEqualTo(3);
        ignoring(() -> ends.slots(-12345));

        assertThat(tap.events).containsExactly("-12345");
    }

    @Test
    void exception_methodThatNeverReturns() {
        var tap = set("#forever:exception", "{$exception}");

        ignoring(() -> Ends.forever(3));

        assertThat(tap.events).containsExactly("IllegalStateException");
    }

    @Test
    void throw_statementsOnly_withLocals() {
        var tap = set("#throwing:throw", "{n} {local} {$exception}");

        ignoring(() -> ends.throwing(1));
        ignoring(() -> ends.throwing(2));
        ignoring(() -> ends.throwing(3));

        assertThat(tap.events).containsExactly("1|2|IllegalStateException", "2|3|IllegalArgumentException");
    }

    @Test
    void throw_ofFinallyAndResources_isNone() throws IOException {
        for (String method : List.of("withFinally", "resources")) {
            String yaml = yaml("#" + method + ":throw", "x");
            fixture.set(yaml);
            ignoring(() -> ends.withFinally(1));

            assertThat(fixture.standing(yaml).state()).isEqualTo(ProbeState.REJECTED);
            assertThat(fixture.standing(yaml).reason())
                    .isEqualTo("the method " + method + " of " + TYPE + " has no throw statement; for exceptions that"
                            + " leave a method there is " + TYPE + "#method:exception");
        }
    }

    @Test
    void throw_rethrownByHand_isOne() {
        var tap = set("#rethrown:throw", "{$exception}");

        ignoring(() -> ends.rethrown(1));

        assertThat(tap.events).containsExactly("IllegalStateException");
    }

    @Test
    void throw_inTheWholeClass() {
        var tap = set(":throw(IllegalStateException)", "{$exception}");

        ignoring(() -> ends.throwing(1));
        ignoring(() -> ends.throwing(2));
        ignoring(() -> Ends.forever(0));

        assertThat(tap.events).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "caughtInside, 1, IllegalStateException",
        "emptyCatch, 1, IllegalStateException",
        "multiCatch, 2, IllegalArgumentException",
        "multiCatch, 3, UnsupportedOperationException",
        "rethrown, 2, IllegalArgumentException"
    })
    void catch_block_once(String method, int n, String exception) {
        var tap = set("#" + method + ":catch", "{n} {$exception}");

        ignoring(() -> call(method, n));

        assertThat(tap.events).containsExactly(n + "|" + exception);
    }

    private void call(String method, int n) {
        try {
            Ends.class.getMethod(method, int.class).invoke(ends, n);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void catch_nested_bothBlocks_notFinally() {
        var tap = set("#nested:catch", "{$exception}");

        ends.nested(2);

        assertThat(tap.events).containsExactly("IllegalArgumentException", "IllegalStateException");
    }

    @Test
    void catch_ofAType() {
        var tap = set(":catch(IllegalArgumentException)", "{$exception}");

        ends.multiCatch(1);
        ends.multiCatch(2);
        ends.emptyCatch(1);

        assertThat(tap.events).containsExactly("IllegalArgumentException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"withFinally", "resources"})
    void catch_finallyAndResources_areNone(String method) {
        String yaml = yaml("#" + method + ":catch", "x");
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).reason())
                .isEqualTo("the method " + method + " of " + TYPE + " has no catch block");
    }

    @Test
    void line_inCatch_hasTheException() {
        var tap = set(":" + WeaveFixture.line(Ends.class, "inCatch"), "{$exception} {e == $exception}");

        ends.caughtInside(1);

        assertThat(tap.events).containsExactly("IllegalStateException|true");
    }

    @Test
    void line_ofTheCatchItself_hasTheException() {
        var tap = set(":" + (WeaveFixture.line(Ends.class, "inCatch") - 1), "{$exception}");

        ends.caughtInside(1);

        assertThat(tap.events).containsExactly("IllegalStateException");
    }

    @Test
    void line_outsideOfCatch_hasNone() {
        String yaml = yaml(":" + (WeaveFixture.line(Ends.class, "inCatch") - 2), "{$exception}");
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).reason())
                .contains("there is no $exception here, but in a catch block and at :catch, :throw and :exception");
    }

    @Test
    void line_inOneMethodOnly() {
        int line = fixture.weaver.lines("r", "i", TYPE).lines().stream()
                .filter(found -> found.isLine() && found.method().startsWith("lambda$lambda"))
                .findFirst()
                .orElseThrow()
                .line();
        var lambda = set("#lambda$lambda$0:" + line, "lambda");
        ends.lambda(1);
        assertThat(lambda.events).hasSize(1);

        var both = set(":" + line, "both");
        ends.lambda(1);
        assertThat(both.events).hasSize(2);

        var outer = set("#lambda:" + line, "outer");
        ends.lambda(1);
        assertThat(outer.events).hasSize(1);
    }

    @Test
    void method_overloads_allOrOne() {
        var all = set("#overloaded", "hit");
        ends.overloaded(1);
        ends.overloaded("ab");
        assertThat(all.events).hasSize(2);

        var one = set("#overloaded(String):exit", "{$return}");
        ends.overloaded(1);
        ends.overloaded("ab");
        assertThat(one.events).containsExactly("2");

        var lists = set("#overloaded(List,int[])", "hit");
        ends.overloaded(List.of("a"), new int[1]);
        assertThat(lists.events).hasSize(1);
    }

    @Test
    void method_bridge_isLeftOut() {
        var tap = set("$Square#compareTo", "{other}");
        Comparable<Ends.Square> square = new Ends.Square();

        square.compareTo(new Ends.Square());

        assertThat(tap.events).containsExactly("a Square");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#earli|no method earli in io.plumbline.cases.Ends; did you mean 'early'?",
                "#early(String)|no method early(String) in io.plumbline.cases.Ends; there is early(int)",
                "$Shape#area:exit|the method area of io.plumbline.cases.Ends$Shape has no code: it is abstract, native or"
                        + " a bridge; name the class that implements it",
                "#forever:exit|the method forever of io.plumbline.cases.Ends never returns",
                "#early:1|no code at line 1 in the method early of io.plumbline.cases.Ends; nearest: ",
            })
    void absent_saysWhatThereIs(String spot, String reason) {
        new Ends.Square().twice();
        String yaml = yaml(spot, "x");
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).state()).isEqualTo(ProbeState.REJECTED);
        assertThat(fixture.standing(yaml).reason()).startsWith(reason);
    }

    @Test
    void lines_listsMethodSpotsWithKinds() {
        List<LinesReply.Line> throwing = fixture.weaver.lines("r", "i", TYPE).lines().stream()
                .filter(line -> line.method().equals("throwing(I)I"))
                .toList();

        Set<String> kinds = new TreeSet<>();
        throwing.forEach(line -> kinds.addAll(line.kinds()));
        assertThat(kinds).containsExactly("entry", "exception-exit", "exit", "statement", "throw");
        assertThat(throwing)
                .filteredOn(line -> line.kinds().contains("throw"))
                .singleElement()
                .matches(line -> line.sites() == 2 && line.variables().contains("$exception: java.lang.Throwable"));
    }

    /** All kinds at once in every method: they stand at the same instructions and must not get in each other's way. */
    @Test
    void everyKind_together_countsEach() {
        var entry = new WeaveFixture.RecordingTap();
        var exit = new WeaveFixture.RecordingTap();
        var escape = new WeaveFixture.RecordingTap();
        var caught = new WeaveFixture.RecordingTap();
        var line = new WeaveFixture.RecordingTap();
        int inCatch = WeaveFixture.line(Ends.class, "inCatch");
        fixture.weaver.apply(
                List.of(
                        armed("a", "#caughtInside:entry", entry),
                        armed("b", "#caughtInside:exit", exit),
                        armed("c", "#caughtInside:exception", escape),
                        armed("d", "#caughtInside:catch", caught),
                        armed("e", ":" + inCatch, line)),
                List.of());

        ends.caughtInside(1);
        ends.caughtInside(5);
        ignoring(() -> ends.caughtInside(2));

        assertThat(List.of(entry.admitted, exit.admitted, escape.admitted, caught.admitted, line.admitted))
                .containsExactly(3, 2, 1, 1, 1);
    }

    private static io.plumbline.agent.compile.ArmedProbe armed(String id, String spot, WeaveFixture.RecordingTap tap) {
        return WeaveFixture.armed("{id: " + id + ", at: '" + TYPE + spot + "', count: hits}", tap);
    }
}
