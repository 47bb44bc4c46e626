package io.plumbline.agent.compile;

import static io.plumbline.agent.weave.WeaveFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cases.Getters;
import io.plumbline.config.wire.ProbeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values whose type only the hit knows. */
class DynamicsTest extends OneWeaverOnGetters {
    static Stream<Arguments> members() {
        return Stream.of(
                gives("thing.id", "o-1"),
                gives("thing.address.city", "Rome"),
                gives("thing.getId()", "o-1"),
                gives("thing.taxed(0.5)", "375.0"),
                gives("thing.next.getId()", "o-2"),
                gives("thing.kind.name()", "SMALL"),
                gives("thing.lines.size()", "2"),
                gives("thing.lines.get(0).price", "12.5"),
                gives("thing.id.length()", "3"),
                gives("thing.id.matches(\"o-[0-9]\")", "true"),
                gives("thing.amounts.length", "3"),
                gives("thing.amounts[1]", "2"),
                gives("order.lines.get(0).price > 10", "true"),
                gives("order.lines.get(1).price > 10", "false"),
                gives("order.lines.get(9).price > 10", "null"),
                gives("order.lines.get(0).sum() + 1", "26.0"),
                gives("order.lines.get(0).sold && true", "true"),
                gives("!order.lines.get(0).sold", "false"),
                gives("order.lines.get(0).sold ? 1 : 2", "1"),
                gives("order.lines.get(0).name == \"pen\"", "true"),
                gives("order.lines.get(0).name + \"!\"", "pen!"),
                gives("order.lines.get(0).name + order.lines.get(1).name", "penink"),
                gives("order.lines.get(0).tags[1]", "y"),
                gives("byId.get(\"a\").cents", "250"),
                gives("byId.get(thing.id).cents", "null"),
                gives("byId.get(\"a\").extras.get(\"weight\") > 6", "true"),
                gives("priced.currency", "EUR"),
                gives("priced.cents * 2", "198"),
                gives("mixed.get(0) == 1", "true"),
                gives("mixed.get(1) == 1", "false"),
                gives("mixed.get(1) > 1", "null"));
    }

    static Stream<Arguments> operators() {
        return Stream.of(
                gives("number + 1", "42"),
                gives("1 + number", "42"),
                gives("number / 2", "20"),
                gives("number % 2", "1"),
                gives("number / 2.0", "20.5"),
                gives("number / 0", "!ArithmeticException"),
                gives("wide + 1", "5000000001"),
                gives("half * 4", "2.0"),
                gives("half + number", "41.5"),
                gives("-number", "-41"),
                gives("-half", "-0.5"),
                gives("+number", "41"),
                gives("truth + 1", "null"),
                gives("nothing + 1", "null"),
                gives("text + 1", "text1"),
                gives("number > 40", "true"),
                gives("40 < number", "true"),
                gives("40 >= number", "false"),
                gives("number >= 41.5", "false"),
                gives("number < wide", "true"),
                gives("letter == 'x'", "true"),
                gives("number == 41L", "true"),
                gives("number != 41", "false"),
                gives("41.0 == number", "true"),
                gives("text == 41", "false"),
                gives("text != 41", "true"),
                gives("text < 41", "null"),
                gives("nothing == 41", "null"),
                gives("nothing == null", "true"),
                gives("number == wide", "false"),
                gives("text == \"text\"", "true"),
                gives("truth == true", "true"),
                gives("truth && number > 1", "true"),
                gives("text && true", "null"),
                gives("text && false", "false"),
                gives("(int) number", "41"),
                gives("(int) half", "0"),
                gives("(long) wide + 1", "5000000001L"),
                gives("(double) number", "41.0d"),
                gives("(boolean) truth", "true"),
                gives("(int) text", "null"),
                gives("(int) nothing", "null"),
                gives("(int) number & 1", "1"),
                gives("array.length", "2"),
                gives("array[1]", "5"),
                gives("array[2]", "!ArrayIndexOutOfBoundsException"),
                gives("text[0]", "null"),
                gives("text.length()", "4"),
                gives("number.intValue()", "41"),
                gives("nothing.anything", "null"),
                gives("nothing.anything()", "null"),
                gives("nothing.a.b.c() > 1 || true", "true"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"members", "operators"})
    void hole_givesValue(String expression, String value) {
        assertGives(expression, value);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "any.absent | io.plumbline.cases.Getters$Order has no field 'absent'; there are address, amounts,",
                "any.cennts | io.plumbline.cases.Getters$Order has no field 'cennts'; did you mean 'cents'?",
                "any.absent() | io.plumbline.cases.Getters$Order has no method absent()",
                "any.total() | Getters.Order.total() writes the field 'ran'",
                "any.loops() | Getters.Order.loops() has a loop",
                "any.reveals() | Getters.Order.reveals() reads 'password', which is hidden by redaction",
                "any.hashCode() | io.plumbline.cases.Getters$Order has no method hashCode()",
                "any.id.value | fields of JDK classes are not read: java.lang.String.value",
                "any.id.repeat(1) | String.repeat() is not among the calls that are known to change nothing",
            })
    void member_notThere_isNullAndSaid(String expression, String reason) {
        var tap = fixture.set(hole(expression));
        Getters.ran = 0;

        getters.run(price, new Getters.Order("x", 1, null, null));

        assertThat(tap.events).containsExactly("null");
        assertThat(tap.failure).hasMessageContaining(reason);
        assertThat(Getters.ran).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "any.password | 'password' is hidden by redaction",
                "any.x.apiKey | 'apiKey' is hidden by redaction",
                "any.getToken() | 'getToken' is hidden by redaction",
                "any.map.get(\"password\") | 'password' is hidden by redaction",
                "any.x & 1 | '&' needs whole numbers; the left side is java.lang.Object",
            })
    void member_hiddenOrImpossible_isRefused(String expression, String reason) {
        String yaml = hole(expression);
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).state()).isEqualTo(ProbeState.REJECTED);
        assertThat(fixture.standing(yaml).reason()).contains(reason);
    }

    @Test
    void matches_ofUnknownType_isDecidedAtTheHit() {
        String yaml = hole("any.x.matches(any.y)");
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).state()).isEqualTo(ProbeState.INSTALLED);
        assertThat(fixture.standing(yaml).reason()).isEmpty();
    }

    @Test
    void key_hiddenAndKnownOnlyAtTheHit_isNull() {
        var tap = fixture.set(at(
                Getters.class,
                "run",
                "log: '{order.extras.get(key)} {order.extras.get(\"pass\" + \"word\")} {thing.extras.get(key)}"
                        + " {order.extras.get(\"no\" + \"te\")} {order.extra(key)}'"));

        getters.run(price, null);

        assertThat(tap.events).containsExactly("null|null|null|fragile|null");
    }

    @Test
    void receivers_ofManyClasses_eachHasItsOwn() {
        var tap = fixture.set(at(Getters.class, "run", "count: {name: c, value: any.cents, labels: {l: any.id}}"));
        List<Object> all = new ArrayList<>(List.of(price, new Getters.Rush(), "text", 5, new int[1], Map.of()));
        all.add(new Getters.Order("x", 7, null, null));
        all.add(new Getters.Line("l"));
        all.add(new Getters.Address("a"));
        all.add(null);

        for (int i = 0; i < 3; i++) {
            all.forEach(one -> getters.run(price, one));
        }

        assertThat(tap.events)
                .hasSize(30)
                .startsWith(
                        "[null]99.0d",
                        "[r]500.0d",
                        "[null]null",
                        "[null]null",
                        "[null]null",
                        "[null]null",
                        "[x]7.0d",
                        "[null]null");
    }

    @Test
    void condition_ofUnknownType_isTakenAsTruth() {
        var tap = fixture.set(at(Getters.class, "run", "if: any, count: hits"));

        getters.run(price, true);
        getters.run(price, false);
        getters.run(price, "text");
        getters.run(price, null);

        assertThat(tap.admitted).isEqualTo(1);
        assertThat(tap.nullConditions).isEqualTo(2);
    }

    @Test
    void scan_ofLongLists_endsEarly() {
        var tap = fixture.set(at(
                Getters.class,
                "run",
                "log: '{linked.get(3)} {linked.get(4_999)} {linked.get(2_500)} {many.get(2_500)}"
                        + " {many.contains(7)} {many.contains(4_000)} {linked.contains(-1)} {mixed.contains(9)}'"));

        getters.run(price, null);

        assertThat(tap.events).containsExactly("3|4999|null|2500|true|null|null|false");
    }
}
