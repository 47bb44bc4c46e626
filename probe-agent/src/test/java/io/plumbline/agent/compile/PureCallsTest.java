package io.plumbline.agent.compile;

import static io.plumbline.agent.weave.WeaveFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cases.Getters;
import io.plumbline.config.wire.ProbeState;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods of the application that change nothing, and how all others are kept out. */
class PureCallsTest extends OneWeaverOnGetters {
    static Stream<Arguments> calls() {
        return Stream.of(
                gives("order.getId()", "o-1"),
                gives("order.cents()", "250L"),
                gives("order.cents() + 1", "251L"),
                gives("order.packagePrivate()", "o-1"),
                gives("order.secretly(2, 5)", "505L"),
                gives("order.secretly(2, order.amount(0))", "501L"),
                gives("order.taxed(0.5)", "375.0d"),
                gives("order.taxed(1)", "500.0d"),
                gives("order.isLarge()", "true"),
                gives("order.isLarge() && order.next().isLarge()", "false"),
                gives("order.getCity()", "Rome"),
                gives("order.getCity().length()", "4"),
                gives("order.amount(2)", "3"),
                gives("order.amount(3)", "!ArrayIndexOutOfBoundsException"),
                gives("order.amountCount()", "3"),
                gives("order.name(1, 0)", "b"),
                gives("order.lineCount()", "2"),
                gives("order.first().name", "pen"),
                gives("order.first().sum()", "25.0d"),
                gives("order.extra(\"note\")", "fragile"),
                gives("order.extra(\"none\")", "null"),
                gives("order.rate()", "0.5d"),
                gives("order.boxes()", "250"),
                gives("order.idLength()", "5"),
                gives("order.kindName()", "SMALL"),
                gives("order.kindWeight()", "1"),
                gives("order.size()", "medium"),
                gives("order.rated()", "754L"),
                gives("order.isOrder(order)", "true"),
                gives("order.isOrder(thing)", "true"),
                gives("order.isOrder(text)", "false"),
                gives("order.divided(0)", "!ArithmeticException"),
                gives("order.sameAs(text)", "false"),
                gives("order.next().next()", "null"),
                gives("order.over(1)", "1"),
                gives("order.over(1L)", "2L"),
                gives("order.over(\"s\")", "s"),
                gives("price.cents()", "99L"),
                gives("price.doubled()", "198L"),
                gives("Priced.fixed(4)", "8"),
                gives("Getters.twice(4)", "8"),
                gives("own(1)", "4"),
                gives("twice(3)", "6"),
                gives("this.own(2)", "5"));
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                gives("lost.getCity()", "null"),
                gives("lost.getCity().length()", "null"),
                gives("lost.getCity() == null", "true"),
                gives("absent.getId()", "null"),
                gives("absent.cents() > 1", "null"),
                gives("absent.isLarge() || true", "true"),
                gives("absent.isLarge() && false", "false"),
                gives("!absent.isLarge()", "null"),
                gives("order.unboxesNull()", "null"),
                gives("order.unboxesNull() + 1", "null"),
                gives("order.unboxesNull() == 1", "null"),
                gives("order.next().next().next().getId()", "null"),
                gives("\"\" + lost.getCity()", "null"),
                gives("order.amount(absent.boxes())", "null"),
                gives("absent.isLarge() ? 1 : 2", "null"),
                gives("order.lazy()", "null"),
                gives("order.lazyCall()", "null"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"calls", "nulls"})
    void call_ofPureMethod_givesItsValue(String expression, String value) {
        assertGives(expression, value);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "order.total() | Getters.Order.total() writes the field 'ran' (Getters.java:@)",
                "order.onlyCache() | Getters.Order.onlyCache() writes the field 'cache' (Getters.java:@)",
                "order.total2() | Getters.Order.total2() calls a method that is not free of effects (Getters.java:@):"
                        + " Getters.Order.helper() writes the field 'ran' (Getters.java:@)",
                "order.locked() | Getters.Order.locked() takes a lock",
                "order.lockedInside() | Getters.Order.lockedInside() catches exceptions",
                "order.text() | Getters.Order.text() makes a text, a lambda or another object (Getters.java:@)",
                "order.lambda() | Getters.Order.lambda() makes a text, a lambda or another object (Getters.java:@)",
                "order.fresh() | Getters.Order.fresh() makes an object (Getters.java:@)",
                "order.copy() | Getters.Order.copy() copies an array (Getters.java:@)",
                "order.writes() | Getters.Order.writes() writes into an array (Getters.java:@)",
                "order.checked() | Getters.Order.checked() makes an object (Getters.java:@)",
                "order.caught() | Getters.Order.caught() catches exceptions",
                "order.loops() | Getters.Order.loops() has a loop (Getters.java:@)",
                "order.depth() | Getters.Order.depth() calls a method that is not free of effects (Getters.java:@):"
                        + " Getters.Order.depth() calls itself",
                "order.nothing() | Getters.Order.nothing() gives no value",
                "order.reveals() | Getters.Order.reveals() reads 'password', which is hidden by redaction"
                        + " (Getters.java:@)",
                "order.callsEquals(order) | Getters.Order.callsEquals() calls a method that is not free of effects"
                        + " (Getters.java:@): Getters.Address.equals() writes the field 'ran' (Getters.java:@)",
                "order.hashCode() | io.plumbline.cases.Getters$Order has no method hashCode()",
                "line.noisy() | Getters.Line.noisy() writes the field 'ran' (Getters.java:@)",
                "order.even(4) | Getters.Order.even() calls a method that is not free of effects (Getters.java:@):"
                        + " Getters.Order.odd() calls a method that is not free of effects (Getters.java:@):"
                        + " Getters.Order.even() calls itself",
                "order.over(thing) | io.plumbline.cases.Getters$Order has no method over(java.lang.Object)",
                "order.getPassword() | 'getPassword' is hidden by redaction",
            })
    void call_withEffects_isRefusedWithReason(String expression, String reason) {
        String yaml = hole(expression);
        fixture.set(yaml);
        Getters.ran = 0;

        getters.run(price, null);

        assertThat(fixture.standing(yaml).state()).isEqualTo(ProbeState.REJECTED);
        String said = fixture.standing(yaml).reason().replaceAll("java:[0-9]+", "java:@");
        assertThat(said).contains(reason);
        assertThat(Getters.ran).isZero();
    }

    @Test
    void call_refused_namesLineAndField() {
        String yaml = at(Getters.class, "run", "log: '{order.onlyCache()}'");
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).reason())
                .startsWith("in the template, column 7: not called: Getters.Order.onlyCache() writes the field 'cache'"
                        + " (Getters.java:");
    }

    @Test
    void call_receiversOfChangingClasses_eachDecides() {
        var tap = fixture.set(at(Getters.class, "run", "log: '{priced.cents()}'"));
        var chained = new Getters.Chained(price, new Getters.Rush());

        for (int i = 0; i < 3; i++) {
            getters.run(price, null);
            getters.run(new Getters.Rush(), null);
            getters.run(chained, null);
            getters.run(null, null);
        }

        assertThat(tap.events).hasSize(12).startsWith("99L", "503L", "602L", "null", "99L");
        assertThat(tap.failure).isNull();
    }

    @Test
    void call_receiverWithEffects_isNullAndSaidOnce() {
        var tap = fixture.set(at(Getters.class, "run", "log: '{priced.cents()} {priced.doubled()}'"));
        Getters.ran = 0;

        getters.run(price, null);
        getters.run(new Getters.Counting(), null);
        assertThat(tap.failure).hasMessageContaining("Getters.Counting.cents() writes the field 'ran' (Getters.java:");
        tap.failure = null;
        getters.run(new Getters.Counting(), null);
        getters.run(price, null);

        assertThat(tap.failure).isNull();
        assertThat(tap.events).containsExactly("99L|198L", "null|null", "null|null", "99L|198L");
        assertThat(Getters.ran).isZero();
    }

    @Test
    void condition_receiverWithEffects_isNullAndCounted() {
        var tap = fixture.set(at(Getters.class, "run", "if: priced.cents() > 1, count: hits"));

        getters.run(new Getters.Counting(), null);
        getters.run(price, null);

        assertThat(tap.nullConditions).isEqualTo(1);
        assertThat(tap.admitted).isEqualTo(1);
    }

    @Test
    void call_chainWithoutEnd_isAnErrorAndEnds() {
        var tap = fixture.set(at(Getters.class, "run", "log: '{priced.cents()}'"));
        Getters.Priced deep = price;
        for (int i = 0; i < 40; i++) {
            deep = new Getters.Chained(deep, deep);
        }

        getters.run(deep, null);

        assertThat(tap.events).containsExactly("!IllegalStateException");
    }

    @Test
    void call_enumConstantsWithBodies_eachDecides() {
        var tap = fixture.set(at(Getters.class, "run", "log: '{order.kind.weight()} {large.weight()}'"));
        Getters.ran = 0;

        getters.run(price, null);

        assertThat(tap.events).containsExactly("1|null");
        assertThat(tap.failure).hasMessageContaining("weight() writes the field 'ran'");
        assertThat(Getters.ran).isZero();
    }

    @Test
    void unqualifiedCall_inStaticMethod_isStatic() {
        var tap = fixture.set(at(Getters.class, "static", "log: '{twice(n)}'"));

        Getters.inStatic(4);

        assertThat(tap.events).containsExactly("8");
    }

    @Test
    void call_ofMethodWithProbe_isNoHit() {
        var tap = fixture.set(at(Getters.class, "selfProbed", "log: '{probed()}'"));

        assertThat(getters.probed()).isEqualTo(7);

        assertThat(tap.events).containsExactly("7");
    }
}
