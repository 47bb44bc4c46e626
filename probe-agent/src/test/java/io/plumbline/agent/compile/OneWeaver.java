package io.plumbline.agent.compile;

import io.plumbline.agent.weave.WeaveFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.provider.Arguments;

/** Tests of one class that share a weaver: each sets a probe of the same id, which takes the place of the one before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneWeaver {
    WeaveFixture fixture;

    @BeforeAll
    void weave() {
        fixture = new WeaveFixture();
    }

    @AfterAll
    void restore() {
        fixture.close();
    }

    static Arguments gives(String expression, String value) {
        return Arguments.of(expression, value);
    }
}
