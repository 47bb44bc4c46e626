package io.plumbline.agent.compile;

import static io.plumbline.agent.weave.WeaveFixture.at;
import static io.plumbline.agent.weave.WeaveFixture.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cases.Getters;

/** Tests of what expressions call and read in {@link Getters#run}. */
abstract class OneWeaverOnGetters extends OneWeaver {
    final Getters getters = new Getters();
    final Getters.Price price = new Getters.Price(99, "EUR");

    /** A log probe with one expression as its template. */
    static String hole(String expression) {
        return at(Getters.class, "run", "log: " + quoted("{" + expression + "}"));
    }

    /** Two hits give the value, and no code of the application runs. */
    void assertGives(String expression, String value) {
        String yaml = hole(expression);
        var tap = fixture.set(yaml);
        Getters.ran = 0;

        getters.run(price, null);
        getters.run(price, null);

        assertThat(fixture.standing(yaml).reason()).isEmpty();
        assertThat(tap.failure).isNull();
        assertThat(tap.events).containsExactly(value, value);
        assertThat(Getters.ran).isZero();
    }
}
