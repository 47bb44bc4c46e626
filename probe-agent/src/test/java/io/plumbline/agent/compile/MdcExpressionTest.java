package io.plumbline.agent.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.cases.Ends;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code $mdc.get("key")}. */
class MdcExpressionTest {
    private final WeaveFixture fixture = new WeaveFixture(Map.of("mdc", mdc()));

    @AfterEach
    void restore() {
        fixture.close();
    }

    private static MethodHandle mdc() {
        try {
            return MethodHandles.lookup()
                    .findStatic(MdcExpressionTest.class, "value", MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("UnusedMethod") // by method handle
    private static Object value(Object key) {
        return key.equals("user") ? "ada" : null;
    }

    private static String probe(String log) {
        return "{id: p, at: '" + Ends.class.getName() + "#early', log: " + WeaveFixture.quoted(log) + "}";
    }

    @Test
    void get_givesTheValue_orNull() {
        var tap = fixture.set(probe("{$mdc.get(\"user\")} {$mdc.get(\"user\").length()} {$mdc.get(\"tenant\")}"));

        new Ends("x").early(1);

        assertThat(tap.events).containsExactly("ada|3|null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$mdc|$mdc has values by key; write $mdc.get(\"key\")",
                "$mdc.size()|$mdc has values by key; write $mdc.get(\"key\")",
                "$mdc.get(1)|$mdc has values by key; write $mdc.get(\"key\")",
                "$mdc.get(\"sessionId\")|'sessionId' is hidden by redaction",
            })
    void other_isRefused(String expression, String reason) {
        String yaml = probe("{" + expression + "}");
        new Ends("x").early(1);
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).reason()).contains(reason);
    }
}
