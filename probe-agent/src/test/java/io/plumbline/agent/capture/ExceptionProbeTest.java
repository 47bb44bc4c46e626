package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.cases.Captures;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exceptions and snapshots at the places that methods have: catch, throw, the end by an exception, exit. */
class ExceptionProbeTest {
    private final Capture capture = new Capture(
            Redaction.standard(),
            Probes.NO_MATTER,
            Resource.empty(),
            WeaveFixture::open,
            WeaveFixture.INSTRUMENTATION::getAllLoadedClasses);
    private final WeaveFixture fixture = new WeaveFixture(capture.specials());
    private final Captures captures = new Captures();

    @AfterEach
    void restore() {
        fixture.close();
    }

    private LogRecordData risk(String spot, String action) {
        Probe probe = Probes.of("{id: p, at: '" + Captures.class.getName() + spot + "', " + action + "}");
        Capture.Prepared prepared = capture.prepare(probe);
        capture.use(prepared);
        fixture.weaver.apply(List.of(new ArmedProbe(probe, prepared.tap(), prepared.sinks())), List.of());

        captures.risky(7);

        List<LogRecordData> found = new ArrayList<>();
        capture.drainLogs(found::add, 10);
        assertThat(found).as(fixture.weaver.standing(probe).reason()).hasSize(1);
        return found.get(0);
    }

    private static String values(LogRecordData data) {
        return Snapshots.text(data.getAttributes().get(Snapshots.VALUES)).replaceFirst("this: \\{.*?}}", "this");
    }

    @Test
    void catch_capturesTheExceptionWithTheVariablesThere() {
        LogRecordData data = risk("#risky:catch(IllegalStateException)", "exception: {time: 100}");

        assertThat(data.getEventName()).isEqualTo("exception");
        assertThat(data.getBodyValue().asString()).isEqualTo("java.lang.IllegalStateException: no 7");
        assertThat(values(data)).isEqualTo("{this, number: 7, twice: 14}");
        assertThat(data.getAttributes().get(AttributeKey.longKey("code.line.number")))
                .isPositive();
    }

    @Test
    void throw_capturesTheExceptionThatIsThrown() {
        LogRecordData data = risk("#fail:throw", "exception: {time: 100}");

        assertThat(data.getBodyValue().asString()).isEqualTo("java.lang.IllegalStateException: no 7");
        assertThat(values(data)).isEqualTo("{this, number: 7}");
    }

    @Test
    void endByAnException_capturesIt() {
        LogRecordData data = risk("#fail:exception", "exception: {time: 100, variables: false, watch: [$duration]}");

        assertThat(data.getBodyValue().asString()).isEqualTo("java.lang.IllegalStateException: no 7");
        assertThat(values(data)).matches("\\{@watch: \\{\\$duration: [0-9.E-]+}}");
    }

    @Test
    void exit_snapshotHasTheResult() {
        LogRecordData data = risk("#risky:exit", "snapshot: {time: 100}");

        assertThat(values(data)).startsWith("{$return: 14, this, number: 7, twice: 14, ");
    }
}
