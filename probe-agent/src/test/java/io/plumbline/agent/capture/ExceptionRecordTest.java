package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.agent.compile.RejectedException;
import io.plumbline.agent.compile.Scope;
import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.cases.Captures;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An exception's record, from a site that hands over {@code $exception}. */
class ExceptionRecordTest {
    private static final Redaction HIDDEN = Redaction.standard();

    private final Capture capture = new Capture(
            HIDDEN,
            Probes.NO_MATTER,
            Resource.empty(),
            WeaveFixture::open,
            WeaveFixture.INSTRUMENTATION::getAllLoadedClasses);

    /** An exception that must not be asked. */
    private static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new AssertionError("code of the application ran");
        }
    }

    private LogRecordData hit(String action, Throwable exception) throws Throwable {
        Probe probe = Probes.of("{id: p, at: 'Captures:1', " + action + "}");
        capture.look();
        Capture.Prepared prepared = capture.prepare(probe);
        List<Scope.Binding> variables = List.of(
                new Scope.Binding("id", 0, "I"),
                new Scope.Binding("$duration", 1, "I"),
                new Scope.Binding("$return", 2, "I"),
                new Scope.Binding("$exception", 3, "Ljava/lang/Throwable;"));
        MethodHandle hit = new HitCompiler(WeaveFixture::open, HIDDEN)
                .compile(
                        MethodType.methodType(void.class, int.class, int.class, int.class, Object.class),
                        new Scope(Captures.class, "pay", 1, variables, Map.of()),
                        new ArmedProbe(probe, prepared.tap(), prepared.sinks()));

        hit.invoke(7, 8, 9, (Object) exception);

        List<LogRecordData> found = new ArrayList<>();
        capture.drainLogs(found::add, 10);
        return found.get(0);
    }

    private static String attribute(LogRecordData data, String name) {
        return data.getAttributes().get(AttributeKey.stringKey(name));
    }

    @Test
    void exception_isARecordByOpenTelemetrysConventions() throws Throwable {
        LogRecordData data = hit("exception: {time: 100}", new IllegalStateException("why"));

        assertThat(data.getEventName()).isEqualTo("exception");
        assertThat(data.getSeverityText()).isEqualTo("ERROR");
        assertThat(data.getBodyValue().asString()).isEqualTo("java.lang.IllegalStateException: why");
        assertThat(attribute(data, "exception.type")).isEqualTo("java.lang.IllegalStateException");
        assertThat(attribute(data, "exception.stacktrace"))
                .startsWith("java.lang.IllegalStateException: why\n\tat "
                        + getClass().getName());
        assertThat(attribute(data, "plumbline.exception.fingerprint")).matches("[0-9a-f]{32}");
        assertThat(attribute(data, "exception.message")).isEqualTo("why");
        assertThat(attribute(data, "code.function.name")).isEqualTo(Captures.class.getName() + ".pay");
        assertThat(Snapshots.text(data.getAttributes().get(Snapshots.VALUES))).isEqualTo("{$return: 9, id: 7}");
    }

    @Test
    void exception_ofTheApplication_isNotAsked() throws Throwable {
        LogRecordData data = hit("exception: {time: 100, variables: false}", new OwnException());

        assertThat(attribute(data, "exception.type")).isEqualTo(OwnException.class.getName());
        assertThat(attribute(data, "exception.message")).isNull();
        assertThat(data.getAttributes().get(Snapshots.VALUES)).isNull();
    }

    @Test
    void exception_whoseMessageIsCut_saysSo() throws Throwable {
        LogRecordData data = hit("exception: {time: 100}", new IllegalStateException("x".repeat(5_000)));

        assertThat(attribute(data, "exception.message")).isEqualTo("x".repeat(2_048) + "…");
    }

    @Test
    void exception_causesAndSecretsInMessages() throws Throwable {
        Exception cause = new IllegalArgumentException("card 4111 1111 1111 1111 declined");

        LogRecordData data = hit("exception: {time: 100}", new IllegalStateException("pay", cause));

        assertThat(attribute(data, "exception.stacktrace"))
                .contains("Caused by: java.lang.IllegalArgumentException: card *** declined")
                .doesNotContain("4111");
        assertThat(data.getAttributes().toString()).doesNotContain("1111");
    }

    @Test
    void snapshot_showsExceptionAndResultFirst() throws Throwable {
        LogRecordData data = hit("snapshot: {time: 100}", new IllegalStateException("why"));

        assertThat(Snapshots.text(data.getAttributes().get(Snapshots.VALUES)))
                .startsWith("{$return: 9, $exception: {@type: 'java.lang.IllegalStateException', message: 'why',"
                        + " stacktrace: 'java.lang.IllegalStateException: why")
                .endsWith("id: 7}");
    }

    @Test
    void exception_whereThereIsNone_isRejected() {
        Probe probe = Probes.of("{id: p, at: 'Captures:1', exception: true}");
        capture.look();
        Capture.Prepared prepared = capture.prepare(probe);

        assertThatThrownBy(() -> new HitCompiler(WeaveFixture::open, HIDDEN)
                        .check(
                                MethodType.methodType(void.class),
                                new Scope(Captures.class, "pay", 1, List.of(), Map.of()),
                                new ArmedProbe(probe, prepared.tap(), prepared.sinks())))
                .isInstanceOf(RejectedException.class)
                .hasMessageStartingWith("there is no exception at this place; an 'exception' probe stands at");
    }
}
