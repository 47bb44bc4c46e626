package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.capture.context.Surroundings;
import io.plumbline.agent.weave.Compiled;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class TraceReaderTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @Test
    void current_spanThenMdcThenNone() {
        Compiled application = Found.traced("1.67.0");
        URLClassLoader logging = Found.loader("slf4j-jdk14-2.0.17", "slf4j-api-2.0.17");
        Found.call(logging, "org.slf4j.MDC", "clear");
        Found.run(application, "run", () -> {});
        Surroundings surroundings = Found.surroundings();
        TraceReader reader = new TraceReader(surroundings);
        reader.look();
        assertThat(reader.current()).isNull();
        assertThat(reader.traceId(null)).isEmpty();
        assertThat(reader.spanId(null)).isEmpty();

        Found.call(logging, "org.slf4j.MDC", "put", "traceId", TRACE);
        assertThat(reader.spanId(reader.current())).isEmpty();
        Found.call(logging, "org.slf4j.MDC", "put", "spanId", SPAN);
        assertThat(reader.traceId(reader.current())).isEqualTo(TRACE);
        assertThat(reader.spanId(reader.current())).isEqualTo(SPAN);

        Found.run(
                application,
                "run",
                () -> assertThat(reader.traceId(reader.current()) + reader.spanId(reader.current()))
                        .isEqualTo(Found.call(application, "app.Traced", "ids")));
        Found.call(logging, "org.slf4j.MDC", "clear");
        assertThat(reader.current()).isNull();
        assertThat(new TraceReader().current()).isNull();
    }
}
