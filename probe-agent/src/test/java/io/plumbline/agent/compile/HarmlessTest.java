package io.plumbline.agent.compile;

import static io.plumbline.agent.weave.WeaveFixture.at;
import static io.plumbline.agent.weave.WeaveFixture.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cases.Harmless;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No expression runs code of the application, whatever objects it meets. */
class HarmlessTest extends OneWeaver {
    private final Harmless harmless = new Harmless();

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "touchy",
                "\"\" + touchy",
                "\"\" + asText + asObject + asComparable",
                "asObject == \"k\"",
                "\"k\" == asObject",
                "asText == \"k\"",
                "touchy == asObject",
                "touchy.name",
                "((Touchy) asObject).name",
                "asObject instanceof String",
                "own",
                "\"\" + own",
                "own.size()",
                "own.isEmpty()",
                "own.get(0)",
                "own.contains(\"k\")",
                "readOnlyOwn.size()",
                "readOnlyOwn.get(0)",
                "ownMap",
                "ownMap.size()",
                "ownMap.get(\"k\")",
                "ownMap.containsKey(\"k\")",
                "decimal",
                "\"\" + decimal",
                "\"\" + number",
                "decimal.doubleValue()",
                "decimal.signum()",
                "failure",
                "\"\" + failure",
                "thread.getId()",
                "mood",
                "\"\" + mood",
                "mood.name()",
                "mood == Mood.GOOD",
                "list.contains(\"k\")",
                "list.get(0)",
                "pair.contains(\"k\")",
                "turned.contains(\"k\")",
                "map.get(\"k\")",
                "map.containsKey(\"k\")",
                "linked.get(\"k\")",
                "table.get(\"k\")",
                "table.containsKey(\"k\")",
                "single.get(\"k\")",
                "optional.isPresent()",
                "\"\" + optional",
                "array[0]",
                "array.length",
                "\"\" + accumulator",
                "touchy.getClass().getName()",
                "touchy.getClass().getSimpleName()",
            })
    void expression_runsNothing(String expression) {
        String yaml = at(
                Harmless.class,
                "harmless",
                "log: " + quoted("{" + expression + "}") + ", count: {name: c, labels: {l: " + quoted(expression)
                        + "}}");
        var tap = fixture.set(yaml);
        Harmless.ran = 0;

        harmless.here();

        assertThat(Harmless.ran).isZero();
        assertThat(tap.failure).isNull();
        assertThat(fixture.standing(yaml).reason()).isEmpty();
        assertThat(tap.events).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"touchy.toString()", "touchy.getName()", "touchy.hashCode()", "failure.getMessage()"})
    void call_withEffects_isRefused(String expression) {
        String yaml = at(Harmless.class, "harmless", "log: " + quoted("{" + expression + "}"));
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).reason()).contains("not called");
    }

    @Test
    void staticField_ofClassNotInitialised_isNullAndInitialisesNothing() {
        var tap = fixture.set(at(Harmless.class, "harmless", "log: '{Lazy.number} {Lazy.STARTED} {Lazy.number + 1}'"));
        Harmless.ran = 0;

        harmless.here();
        assertThat(Harmless.ran).isZero();
        Harmless.Lazy.number();
        harmless.here();

        assertThat(tap.events).containsExactly("null|null|null", "5|a ArrayList|6");
    }
}
