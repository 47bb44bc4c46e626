package io.plumbline.agent.capture.thrown;

import static io.plumbline.agent.capture.thrown.Text.capture;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExceptionAttributesTest {
    private static final AttributeKey<Value<?>> CAUSES = AttributeKey.valueKey("plumbline.exception.causes");

    private static Attributes attributes(Throwable throwable) {
        AttributesBuilder builder = Attributes.builder();
        ExceptionAttributes.put(builder, capture(throwable));
        return builder.build();
    }

    @Test
    void put_exceptionWithCauses_byTheConventions() {
        Throwable inner = new IOException();
        Throwable thrown = new IllegalStateException("outer", new RuntimeException("middle", inner));
        Attributes attributes = attributes(thrown);
        assertThat(attributes.get(AttributeKey.stringKey("exception.type")))
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(attributes.get(AttributeKey.stringKey("exception.message"))).isEqualTo("outer");
        assertThat(attributes.get(AttributeKey.stringKey("exception.stacktrace")))
                .isEqualTo(capture(thrown).stackTrace());
        assertThat(attributes.get(AttributeKey.stringKey("plumbline.exception.fingerprint")))
                .matches("[0-9a-f]{32}");
        assertThat(attributes.get(CAUSES).asString())
                .contains("\"type\":\"java.lang.RuntimeException\"", "\"message\":\"middle\"", "java.io.IOException")
                .contains("ExceptionAttributesTest.java:");
        assertThat(attributes.size()).isEqualTo(5);
    }

    @Test
    void put_noMessageNoCause_leavesThemOut() {
        Attributes attributes = attributes(new IOException());
        assertThat(attributes.asMap().keySet())
                .extracting(AttributeKey::getKey)
                .containsExactlyInAnyOrder("exception.type", "exception.stacktrace", "plumbline.exception.fingerprint");
    }
}
