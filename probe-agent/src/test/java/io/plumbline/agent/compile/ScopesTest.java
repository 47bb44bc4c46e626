package io.plumbline.agent.compile;

import static io.plumbline.agent.weave.WeaveFixture.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.weave.IsolatedLoader;
import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.cases.Scopes;
import io.plumbline.cases.Values;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which names are there in constructors, lambdas, inner classes, handlers, and where slots are used again. */
class ScopesTest {
    private final WeaveFixture fixture = new WeaveFixture();

    @AfterEach
    void restore() {
        fixture.close();
    }

    private static Arguments on(Class<?> type, String mark, String template, String values, Runnable run) {
        return Arguments.of(type, mark, template, values, run);
    }

    static Stream<Arguments> sites() {
        Scopes scopes = new Scopes();
        return Stream.of(
                on(Scopes.class, "beforeSuper", "{name}", "n", () -> new Scopes.Child("n")),
                on(Scopes.class, "afterSuper", "{own} {this.name}", "5|n1", () -> new Scopes.Child("n")),
                on(Scopes.class, "default", "{who} {this}", "you|a Polite", () -> new Scopes.Polite().greet("you")),
                on(Scopes.class, "lambda", "{x} {captured} {field} {local}", "1|7|field|l", () -> scopes.lambda(7)),
                on(Scopes.class, "staticLambda", "{x} {captured}", "1|7", () -> scopes.staticLambda(7)),
                on(Scopes.class, "local", "{depth} {n} {m} {field}", "2|4|1|field", () -> scopes.inner(4)),
                on(Scopes.class, "early", "{early} {wide} {wider}", "early|2L|1.5d", () -> scopes.slots(true, 2, 1.5)),
                on(Scopes.class, "loop", "{i} {sum}", "0|0", () -> scopes.slots(false, 2, 1.5)),
                on(Scopes.class, "late", "{late}", "3L", () -> scopes.slots(false, 2, 1.5)),
                on(Scopes.class, "caught", "{e}", "ArrayIndexOutOfBoundsException", () -> scopes.caught(List.of())),
                on(Scopes.class, "pattern", "{text} {o}", "abc|abc", () -> scopes.pattern("abc")),
                on(Values.class, "anonymous", "{own} {outerLocal} {statics}", "1|4|7", () -> new Values().nested(4)),
                on(Values.class, "inner", "{depth} {boxed}", "1|1000", () -> new Values().new Inner().touch()),
                on(Values.class, "static", "{n} {statics}", "2|7", () -> Values.inStatic(2)),
                on(Values.class, "wide", "{a} {x} {after} {z}", "1L|2.0d|3|2L", () -> new Values().wide(1, 2, 3)));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("sites")
    void names_areRead(Class<?> type, String mark, String template, String values, Runnable run) {
        String yaml = WeaveFixture.at(type, mark, "log: " + quoted(template));
        run.run();
        var tap = fixture.set(yaml);

        run.run();

        assertThat(tap.failure).isNull();
        assertThat(tap.events).as(() -> fixture.standing(yaml).toString()).containsExactly(values);
    }

    @ParameterizedTest(name = "{0} does not know {1}")
    @CsvSource({
        "beforeSuper, this",
        "beforeSuper, own",
        "loop, early",
        "late, early",
        "late, i",
        "early, late",
        "noPattern, text",
        "staticLambda, field",
        "caught, text"
    })
    void names_outOfScope_areNotOffered(String mark, String name) {
        String yaml = WeaveFixture.at(Scopes.class, mark, "log: " + quoted("{" + name + "}"));
        new Scopes().lambda(1);
        new Scopes.Child("c");

        fixture.set(yaml);

        assertThat(fixture.standing(yaml).reason())
                .as(() -> fixture.standing(yaml).toString())
                .containsAnyOf("no variable '" + name + "' here", "there is no 'this' here", "no static field");
    }

    @Test
    void initializer_readsItsOwnClass() throws Exception {
        String yaml = WeaveFixture.at(Scopes.class, "clinit", "log: '{inInitializer} {BASE}'");
        var tap = fixture.set(yaml);

        try (var loader = new IsolatedLoader()) {
            Class.forName("io.plumbline.cases.Scopes", true, loader);
        }

        assertThat(tap.events).containsExactly("4|3");
    }

    @Test
    void interfaceConstant_notInitialised_isNull() throws Exception {
        String yaml = WeaveFixture.at(Scopes.class, "default", "log: '{HELLO} {who}'");
        var tap = fixture.set(yaml);

        new Scopes.Polite().greet("you");

        assertThat(tap.events).hasSize(1);
        assertThat(List.of("null|you", "hello|you")).contains(tap.events.get(0));
    }
}
