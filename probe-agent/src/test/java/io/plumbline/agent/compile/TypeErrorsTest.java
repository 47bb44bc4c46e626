package io.plumbline.agent.compile;

import static io.plumbline.agent.weave.WeaveFixture.at;
import static io.plumbline.agent.weave.WeaveFixture.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cases.Values;
import io.plumbline.config.wire.ProbeState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads whose expression does not fit the site. */
class TypeErrorsTest extends OneWeaver {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nope | column 1: no variable 'nope' here; did you mean 'none'?",
                "ordr.id | column 1: no variable 'ordr' here; did you mean 'order'?",
                "order.idd | column 7: io.plumbline.cases.Values$Order has no field 'idd'; did you mean 'id'?",
                "order.total | column 7: io.plumbline.cases.Values$Order has no field 'total';"
                        + " there are cents, count, customer, id; for a subclass's field cast to it: ((some.Class) x).total",
                "order.getCents() | column 7: io.plumbline.cases.Values$Order has no method getCents();"
                        + " read the field 'cents' instead",
                "order.pay() | column 7: io.plumbline.cases.Values$Order has no method pay();"
                        + " fields that can be read are cents, count, customer, id",
                "password | column 1: 'password' is hidden by redaction, for its name holds 'password'; the agent's setting"
                        + " plumbline.redaction.reveal-names takes words off the list",
                "this.password | column 6: 'password' is hidden by redaction, for its name holds 'password'; the agent's setting"
                        + " plumbline.redaction.reveal-names takes words off the list",
                "stock.get(\"apiKey\") | column 7: 'apiKey' is hidden by redaction, for its name holds 'apikey'; the agent's setting"
                        + " plumbline.redaction.reveal-names takes words off the list",
                "Arrivals.field | column 10: io.plumbline.cases.Arrivals has no static field 'field';"
                        + " did you mean 'field'?",
                "names.size | column 7: fields of JDK classes are not read: java.util.List.size;"
                        + " cast to the class that has it: ((some.Class) x).size",
                "s.value | column 3: fields of JDK classes are not read: java.lang.String.value; what may be called on it:"
                        + " charAt, codePointAt, compareTo, compareToIgnoreCase, concat, contains, endsWith, equals,"
                        + " equalsIgnoreCase, hashCode, indexOf, isBlank, isEmpty, lastIndexOf, length, startsWith,"
                        + " strip, stripLeading, stripTrailing, substring, toLowerCase, toUpperCase, trim",
                "s.matches(none) | column 3: the pattern of matches must be a constant text",
                "s.matches(\"(\") | column 3: not a pattern: Unclosed group at character 2 of (",
                "names.add(s) | column 7: java.util.List.add is not among the calls that are known to change nothing;"
                        + " those are contains, get, isEmpty, size",
                "names.contains(order) | column 7: java.util.List.contains does not take (io.plumbline.cases.Values$Order)",
                "s.equals(thing) | column 3: java.lang.String.equals does not take (java.lang.Object)",
                "names[0] | column 6: [ ] is for arrays; this is java.util.List; use .get(…)",
                "ints[l] | column 5: an index must be an int; this is long",
                "i.x | column 3: int has no fields",
                "null.x | column 6: null has no fields",
                "s - 1 | column 3: '-' needs numbers; the left side is java.lang.String",
                "1 * yes | column 3: '*' needs numbers; the right side is boolean",
                "d << 1 | column 3: '<<' needs whole numbers; the left side is double",
                "yes & 1 | column 5: '&' needs whole numbers; the left side is boolean",
                "i && yes | column 3: '&&' needs true or false on each side; this is int",
                "!i | column 1: '!' needs true or false on each side; this is int",
                "~d | column 1: '~' needs a number; this is double",
                "-s | column 1: '-' needs a number; this is java.lang.String",
                "s == 1 | column 3: java.lang.String and int can never be equal",
                "s == order | column 3: java.lang.String and io.plumbline.cases.Values$Order can never be equal",
                "order.customer.tier == \"GOLD\" | column 21: io.plumbline.cases.Values$Tier and java.lang.String"
                        + " can never be equal",
                "i instanceof Integer | column 3: instanceof is for objects; the left side is int",
                "(Customer) order | column 1: io.plumbline.cases.Values$Order can never be"
                        + " io.plumbline.cases.Values$Customer",
                "(int) s | column 1: java.lang.String can't be cast to int",
                "(boolean) i | column 1: int can't be cast to boolean",
                "(Ordr) thing | column 1: no class Ordr is known to io.plumbline.cases.Values; write its full name,"
                        + " as in shop.Order",
                "Tier | column 1: Tier is a class; name one of its static fields or methods",
                "Tier.BRONZE | column 6: io.plumbline.cases.Values$Tier has no static field 'BRONZE';"
                        + " there are GOLD, SILVER",
                "$duration | column 1: there is no $duration here, but at a method's :exit and :exception; there are $",
            })
    void hole_wrong_saysWhy(String expression, String sentence) {
        String yaml = at(Values.class, "here", "log: " + quoted("{" + expression + "}"));
        fixture.set(yaml);

        var standing = fixture.standing(yaml);

        assertThat(standing.state()).isEqualTo(ProbeState.REJECTED);
        assertThat(standing.reason().lines().findFirst()).hasValue("in the template, " + sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "if: i, count: hits | the condition must be true or false; 'i' is int",
                "if: i > nope, count: hits | in the condition, column 5: no variable 'nope' here; did you mean 'none'?",
                "gauge: {name: g, value: s} | the value of g must be a number; 's' is java.lang.String",
                "count: {name: g, labels: {a: nope}} | in the label 'a', column 1: no variable 'nope' here;"
                        + " did you mean 'none'?",
                "count: {name: g, value: nope} | in the value of g, column 1: no variable 'nope' here;"
                        + " did you mean 'none'?",
            })
    void action_wrong_saysWhere(String rest, String sentence) {
        String yaml = at(Values.class, "here", rest);
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).state()).isEqualTo(ProbeState.REJECTED);
        assertThat(fixture.standing(yaml).reason().lines().findFirst()).hasValue(sentence);
    }

    @Test
    void name_unlikeAny_listsAll() {
        String yaml = at(Values.class, "static", "log: '{somethingElse}'");
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).reason())
                .startsWith(
                        "in the template, column 1: no variable 'somethingElse' here; there are n, CONSTANT, atomic,");
    }

    @Test
    void this_inStaticMethod_saysWhy() {
        String yaml = at(Values.class, "static", "log: '{this.order}'");
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).reason())
                .startsWith("in the template, column 1: there is no 'this' here: the method is static,"
                        + " or super(…) has not run yet");
    }

    @Test
    void expression_tooLarge_saysSo() {
        String yes = "(noFlag || yes)";
        String deep = yes;
        for (int i = 0; i < 13; i++) {
            deep = "noFlag && (" + deep + ")";
        }
        String yaml = at(Values.class, "here", "if: " + quoted(deep) + ", count: hits");
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).reason())
                .isEqualTo("the expression is too large; write it as several probes");
    }
}
