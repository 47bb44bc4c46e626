package io.plumbline.agent.compile;

import static io.plumbline.agent.weave.WeaveFixture.at;
import static io.plumbline.agent.weave.WeaveFixture.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cases.Values;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of expression gives, as the record's typed values: {@code 1} an int, {@code 1L} a long, {@code 1.0d}. */
class ExpressionsTest extends OneWeaver {
    private final Values values = new Values();

    static Stream<Arguments> arithmetic() {
        return Stream.of(
                gives("i + 1", "6"),
                gives("i + l", "15L"),
                gives("i + f", "6.5f"),
                gives("i * d", "12.5d"),
                gives("b + sh", "10"),
                gives("c + 1", "121"),
                gives("7 / 2", "3"),
                gives("-7 / 2", "-3"),
                gives("7 / 2.0", "3.5d"),
                gives("-7 % 3", "-1"),
                gives("7.5 % 2", "1.5d"),
                gives("big + 1", "-2147483648"),
                gives("big + 1L", "2147483648L"),
                gives("1 << 33", "2"),
                gives("1L << 33", "8589934592L"),
                gives("i << l", "5120"),
                gives("-8 >> 1", "-4"),
                gives("-8 >>> 28", "15"),
                gives("-1L >>> 60", "15L"),
                gives("6 & 3", "2"),
                gives("6 | 3", "7"),
                gives("6 ^ 3", "5"),
                gives("yes & false", "false"),
                gives("yes ^ true", "false"),
                gives("yes | noFlag", "null"),
                gives("-2147483648", "-2147483648"),
                gives("-9223372036854775808L", "-9223372036854775808L"),
                gives("~i", "-6"),
                gives("~l", "-11L"),
                gives("-f", "-1.5f"),
                gives("+c", "120"),
                gives("-boxed", "-1000"),
                gives("boxed + rate", "1000.5d"),
                gives("noBox + 1", "null"),
                gives("1 - noBox", "null"),
                gives("-noBox", "null"),
                gives("letter + 0", "113"),
                gives("tiny + small", "299"),
                gives("tiny", "-1"),
                gives("(byte) 200", "-56"),
                gives("(char) 65", "'A'"),
                gives("(int) 3.99", "3"),
                gives("(long) d", "2L"),
                gives("(int) nan", "0"),
                gives("(short) 70000", "4464"),
                gives("(double) noBox", "null"),
                gives("0x10 + 0b11 + 1_000", "1019"),
                gives("1 / 0", "!ArithmeticException"),
                gives("1L % 0", "!ArithmeticException"),
                gives("1 / 0.0", "Infinityd"));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                gives("s", "hello"),
                gives("'q'", "'q'"),
                gives("s + 1 + 2", "hello12"),
                gives("1 + 2 + s", "3hello"),
                gives("s + (1 + 2)", "hello3"),
                gives("s + none", "hellonull"),
                gives("none + none", "nullnull"),
                gives("s + c + yes + l + f + d", "helloxtrue101.52.5"),
                gives("\"\" + order.customer.tier", "GOLD"),
                gives("\"at \" + orphan.customer.name", "at null"),
                gives("\"\" + price", "9.90"),
                gives("s + noBox", "hellonull"),
                gives("s.length()", "5"),
                gives("s.charAt(1)", "'e'"),
                gives("s.charAt(9)", "!StringIndexOutOfBoundsException"),
                gives("s.substring(1, 3)", "el"),
                gives("s.toUpperCase()", "HELLO"),
                gives("s.contains(\"ell\")", "true"),
                gives("s.startsWith(\"he\")", "true"),
                gives("s.indexOf('l')", "2"),
                gives("s.equals(\"hello\")", "true"),
                gives("s.trim().isEmpty()", "false"),
                gives("s.matches(\"h.*o\")", "true"),
                gives("s.matches(\"ell\")", "false"),
                gives("s.find(\"l+\")", "true"),
                gives("none.find(\"l+\")", "null"),
                gives("thing.find(\"l+\")", "null"),
                gives("none.length()", "null"),
                gives("s.contains(none)", "null"),
                gives("\"\\u00e9\\n\"", "é\n"));
    }

    static Stream<Arguments> comparisons() {
        return Stream.of(
                gives("i < 6", "true"),
                gives("i >= 5.0", "true"),
                gives("c == 'x'", "true"),
                gives("c > 100", "true"),
                gives("nan == nan", "false"),
                gives("nan != nan", "true"),
                gives("nan < 1", "false"),
                gives("nan >= 1", "false"),
                gives("!(nan < 1)", "true"),
                gives("f < (float) nan", "false"),
                gives("s == \"hel\" + \"lo\"", "true"),
                gives("s != \"hello\"", "false"),
                gives("none == null", "true"),
                gives("s == none", "false"),
                gives("textThing == \"text\"", "true"),
                gives("thing == \"text\"", "false"),
                gives("nothing == \"text\"", "false"),
                gives("nothing == none", "true"),
                gives("boxed == 1000", "true"),
                gives("boxed == sameBoxed", "true"),
                gives("noBox == 1", "null"),
                gives("noBox == null", "true"),
                gives("noFlag == true", "null"),
                gives("order.customer.tier == Tier.GOLD", "true"),
                gives("order.customer.tier == Values.Tier.SILVER", "false"),
                gives("orphan.customer == null", "true"),
                gives("orphan.customer.tier == null", "true"),
                gives("thing == order", "true"),
                gives("thing instanceof Order", "true"),
                gives("thing instanceof String", "false"),
                gives("nothing instanceof Order", "false"),
                gives("rush instanceof RushOrder", "true"),
                gives("orphan.customer.tier instanceof Tier", "false"));
    }

    static Stream<Arguments> logic() {
        return Stream.of(
                gives("yes && i > 1", "true"),
                gives("!yes || i > 1", "true"),
                gives("noFlag && true", "null"),
                gives("noFlag && false", "false"),
                gives("false && noFlag", "false"),
                gives("true && noFlag", "null"),
                gives("noFlag || true", "true"),
                gives("noFlag || false", "null"),
                gives("false || noFlag", "null"),
                gives("noFlag || noFlag", "null"),
                gives("!noFlag", "null"),
                gives("!(noFlag && false)", "true"),
                gives("(noFlag || true) && (noFlag || yes)", "true"),
                gives("none.isEmpty() || i == 5", "true"),
                gives("none != null && none.length() > 1", "false"),
                gives("yes ? 1 : 2", "1"),
                gives("yes ? 1 : 2.0", "1.0d"),
                gives("yes ? i : l", "5L"),
                gives("yes ? s : none", "hello"),
                gives("!yes ? s : none", "null"),
                gives("noFlag ? 1 : 2", "null"),
                gives("yes ? noBox : 2", "null"),
                gives("yes ? 1 : null", "1"),
                gives("yes ? i : s", "5"),
                gives("i > 1 ? i > 4 ? \"a\" : \"b\" : \"c\"", "a"));
    }

    static Stream<Arguments> links() {
        return Stream.of(
                gives("order.id", "o-1"),
                gives("this.order.id", "o-1"),
                gives("order.cents", "250L"),
                gives("order.customer.name", "Ada"),
                gives("order.customer.tier", "a Tier"),
                gives("order.customer.tier.name()", "GOLD"),
                gives("order.customer.tier.ordinal()", "0"),
                gives("order", "a Order"),
                gives("orphan.customer", "null"),
                gives("orphan.customer.name", "null"),
                gives("orphan.customer.name.length()", "null"),
                gives("orphan.customer.name.length() + 1", "null"),
                gives("rush.count", "2"),
                gives("((RushOrder) rush).hours", "3"),
                gives("((RushOrder) order).hours", "null"),
                gives("((Order) thing).id", "o-1"),
                gives("(String) thing", "null"),
                gives("(Integer) textThing + 1", "null"),
                gives("((String) textThing).length()", "4"),
                gives("point.x * point.y", "12"),
                gives("point", "a Point"),
                gives("statics", "7"),
                gives("Values.statics", "7"),
                gives("CONSTANT", "constant"),
                gives("ints[1]", "2"),
                gives("ints[ints.length - 1]", "3"),
                gives("ints[3]", "!ArrayIndexOutOfBoundsException"),
                gives("ints[noBox]", "null"),
                gives("grid[1][0]", "2"),
                gives("grid.length", "2"),
                gives("grid[1].length", "2"),
                gives("flags[0]", "true"),
                gives("orders.length", "2"),
                gives("orders[0].id", "o-1"),
                gives("orders[1].id", "null"),
                gives("vault.boxes.length", "2"),
                gives("vault.boxes[1].number", "2"),
                gives("vault.first.number", "1"),
                gives("thing.getClass().getName()", "io.plumbline.cases.Values$Order"),
                gives("Integer.MAX_VALUE", "2147483647"));
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                gives("names.size()", "2"),
                gives("names.isEmpty()", "false"),
                gives("names.get(1)", "b"),
                gives("names.get(2)", "null"),
                gives("names.get(-1)", "null"),
                gives("names.contains(\"a\")", "true"),
                gives("names.contains(none)", "null"),
                gives("readOnly.size()", "null"),
                gives("pair.contains(\"y\")", "true"),
                gives("pair.contains(\"z\")", "false"),
                gives("stock.get(\"pen\")", "3"),
                gives("stock.get(\"ink\")", "null"),
                gives("stock.get(none)", "null"),
                gives("stock.containsKey(\"pen\")", "true"),
                gives("stock.size()", "1"),
                gives("recent.get(\"first\")", "1"),
                gives("recent.containsKey(\"first\")", "true"),
                gives("sorted.get(\"k\")", "null"),
                gives("sorted.size()", "1"),
                gives("byTier.get(order.customer.tier)", "g"),
                gives("Math.max(i, 9)", "9"),
                gives("Math.max(i, l)", "10L"),
                gives("Math.abs(-2.5)", "2.5d"),
                gives("Math.max(i, noBox)", "null"),
                gives("Math.PI > 3", "true"),
                gives("Integer.toHexString(255)", "ff"),
                gives("rate.isNaN()", "false"),
                gives("boxed.intValue()", "1000"),
                gives("boxed.longValue()", "1000L"),
                gives("price.doubleValue()", "9.9d"),
                gives("price.signum()", "1"),
                gives("some.isPresent()", "true"),
                gives("some.get()", "some"),
                gives("some.get().length() + 1", "5"),
                gives("Integer.parseInt(\"12\") + 1", "13"),
                gives("Integer.parseInt(s)", "!NumberFormatException"),
                gives("atomic.get()", "5"),
                gives("Character.isDigit(c)", "false"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"arithmetic", "texts", "comparisons", "logic", "links", "calls"})
    void hole_givesValue(String expression, String value) {
        String yaml = at(Values.class, "here", "log: " + quoted("{" + expression + "}"));
        var tap = fixture.set(yaml);

        long result = values.run(5, 10L, 1.5f, 2.5, 'x', "hello", true);

        assertThat(result).isEqualTo(15L);
        assertThat(fixture.standing(yaml).reason()).isEmpty();
        assertThat(tap.failure).isNull();
        assertThat(tap.events).containsExactly(value);
    }

    @Test
    void mapGet_keepsAccessOrder() {
        hole_givesValue("recent.get(\"first\")", "1");

        assertThat(values.recentKeys()).isEqualTo(List.of("first", "second"));
    }

    @Test
    void condition_null_isCounted() {
        var tap = fixture.set(at(Values.class, "here", "if: 'noFlag && true', count: hits"));

        values.run(5, 10L, 1.5f, 2.5, 'x', "hello", true);

        assertThat(tap.nullConditions).isEqualTo(1);
        assertThat(tap.admitted).isZero();
    }

    @Test
    void condition_false_isNoHit() {
        var tap = fixture.set(at(Values.class, "here", "if: i > 5, count: hits"));

        values.run(5, 10L, 1.5f, 2.5, 'x', "hello", true);
        values.run(6, 10L, 1.5f, 2.5, 'x', "hello", true);

        assertThat(tap.admitted).isEqualTo(1);
        assertThat(tap.nullConditions).isZero();
    }

    @Test
    void condition_throws_isToldAndSwallowed() {
        var tap = fixture.set(at(Values.class, "here", "if: 1 / (i - 5) > 0, count: hits"));

        assertThat(values.run(5, 10L, 1.5f, 2.5, 'x', "hello", true)).isEqualTo(15L);

        assertThat(tap.failure).isInstanceOf(ArithmeticException.class);
        assertThat(tap.admitted).isZero();
    }

    @Test
    void metric_labelThrows_otherActionsGoOnAndHitIsKept() {
        String actions = "count: [{name: bad, labels: {x: 'ints[9]'}}, {name: good, value: i}]";
        var tap = fixture.set(at(Values.class, "here", actions));

        values.run(5, 10L, 1.5f, 2.5, 'x', "hello", true);

        assertThat(tap.failure).isInstanceOf(ArrayIndexOutOfBoundsException.class);
        assertThat(tap.events).containsExactly("5L");
        assertThat(tap.admitted).isEqualTo(1);
    }

    @Test
    void metric_onlyActionThrows_hitIsRefunded() {
        var tap = fixture.set(at(Values.class, "here", "count: {name: bad, value: 1 / (i - 5)}"));

        values.run(5, 10L, 1.5f, 2.5, 'x', "hello", true);

        assertThat(tap.failure).isInstanceOf(ArithmeticException.class);
        assertThat(tap.admitted).isZero();
    }

    @Test
    void metric_valueNull_hitIsRefunded() {
        var tap = fixture.set(at(Values.class, "here", "gauge: {name: g, value: noBox}"));

        values.run(5, 10L, 1.5f, 2.5, 'x', "hello", true);

        assertThat(tap.events).containsExactly("null");
        assertThat(tap.admitted).isZero();
    }

    @Test
    void labels_ofEachType_keepTheirs() {
        String labels =
                "{a: i, b: f, c: yes, d: c, e: s, f: none, g: noBox + 1, h: order.customer.tier.name(), i: tiny}";
        var tap = fixture.set(at(Values.class, "here", "histogram: {name: h, value: rate, labels: " + labels + "}"));

        values.run(5, 10L, 1.5f, 2.5, 'x', "hello", true);

        assertThat(tap.events).containsExactly("[5][1.5][true][x][hello][null][null][GOLD][-1]0.5d");
    }
}
