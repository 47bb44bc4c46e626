package io.plumbline.agent.capture;

import static io.plumbline.agent.weave.WeaveFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.cases.Captures;
import io.plumbline.cases.Harmless;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Snapshots from the line to the record, through the agent's own weaver, compiler and capture. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotTest {
    private static final AttributeKey<String> STACK = AttributeKey.stringKey("code.stacktrace");
    private static final String PART = Captures.class.getName() + "$Part";

    private final Capture capture = new Capture(
            Redaction.standard(),
            Probes.NO_MATTER,
            Resource.empty(),
            WeaveFixture::open,
            WeaveFixture.INSTRUMENTATION::getAllLoadedClasses);
    private final Captures captures = new Captures();
    private WeaveFixture fixture;

    @BeforeAll
    void weave() {
        fixture = new WeaveFixture(capture.specials());
    }

    @AfterAll
    void restore() {
        fixture.close();
    }

    private ProbeTap set(Class<?> type, String mark, String actions) {
        Probe probe = Probes.of(at(type, mark, actions));
        capture.look();
        Capture.Prepared prepared = capture.prepare(probe);
        capture.use(prepared);
        fixture.weaver.apply(List.of(new ArmedProbe(probe, prepared.tap(), prepared.sinks())), List.of());
        assertThat(fixture.weaver.standing(probe).reason()).isEmpty();
        return prepared.tap();
    }

    private List<LogRecordData> drain() {
        List<LogRecordData> found = new ArrayList<>();
        capture.drainLogs(found::add, Integer.MAX_VALUE);
        return found;
    }

    private String values() {
        List<LogRecordData> found = drain();
        assertThat(found).hasSize(1);
        return Snapshots.text(found.get(0).getAttributes().get(Snapshots.VALUES));
    }

    @Test
    void snapshot_hasAllVariablesInScope_byKind() {
        set(Captures.class, "pay", "snapshot: {stack: 0, time: 100}");

        captures.pay("o-1", 3, 4);

        assertThat(values())
                .isEqualTo("{this: {@type: '" + Captures.class.getName() + "', name: 'captures', part: {@type: '" + PART
                        + "', number: 2}}, order: 'o-1', quantity: 3, password: '***', total: 4.5, isDear: false,"
                        + " items: ['pen', 'ink'], missing: null, small: 7, letter: 'x'}");
    }

    @Test
    void snapshot_namesTheEventThePlaceAndTheStack() {
        set(Captures.class, "pay", "snapshot: {time: 100}");

        captures.pay("o-1", 3, 4);

        LogRecordData data = drain().get(0);
        int line = WeaveFixture.line(Captures.class, "pay");
        assertThat(data.getEventName()).isEqualTo("plumbline.snapshot");
        assertThat(data.getSeverityText()).isEqualTo("INFO");
        assertThat(data.getBodyValue().asString())
                .isEqualTo("snapshot at " + Captures.class.getName() + ".pay:" + line);
        List<String> frames = data.getAttributes().get(STACK).lines().toList();
        assertThat(frames.get(0)).isEqualTo("at " + Captures.class.getName() + ".pay(Captures.java:" + line + ")");
        assertThat(frames.get(1)).startsWith("at " + SnapshotTest.class.getName() + ".snapshot_names");
        List<Long> own = data.getAttributes().get(AttributeKey.longArrayKey("plumbline.stack.own"));
        assertThat(own).startsWith(0L, 1L);
        for (int i = 0; i < 32; i++) {
            assertThat(own.contains((long) i)).isEqualTo(!frames.get(i).startsWith("at java."));
        }
        assertThat(frames).hasSize(33).last().isEqualTo("…");
    }

    @Test
    void snapshot_stackBound_cutsAndMarks() {
        set(Captures.class, "static", "snapshot: {stack: 1}");

        Captures.inStatic(Map.of());

        assertThat(drain().get(0).getAttributes().get(STACK).lines())
                .hasSize(2)
                .last()
                .isEqualTo("…");
    }

    @Test
    void watchAndStatics_haveGroupsOfTheirOwn() {
        set(
                Captures.class,
                "static",
                "snapshot: {stack: 0, time: 100, statics: true,"
                        + " watch: {n: stock.size(), pen: 'stock.get(\"pen\")', bad: 1 / (stock.size() - 1),"
                        + " none: '((String) null).length()'}}");

        Captures.inStatic(Map.of("pen", 3));

        assertThat(values())
                .isEqualTo("{stock: {pen: 3}, @watch: {n: 1, pen: 3,"
                        + " bad: {@error: 'java.lang.ArithmeticException: / by zero'}, none: null},"
                        + " @statics: {CONSTANT: 'constant', API_KEY: '***', calls: 41}}");
    }

    @Test
    void watch_thatDoesNotFit_isRefusedWithItsName() {
        Probe probe = Probes.of(at(Captures.class, "pay", "snapshot: {watch: {n: nothing.here}}"));
        capture.look();
        Capture.Prepared prepared = capture.prepare(probe);

        fixture.weaver.apply(List.of(new ArmedProbe(probe, prepared.tap(), prepared.sinks())), List.of());

        assertThat(fixture.weaver.standing(probe).reason()).contains("in the watch 'n'", "no variable 'nothing' here");
    }

    @Test
    void exception_whereThereIsNone_isRefused() {
        Probe probe = Probes.of(at(Captures.class, "pay", "exception: true"));
        capture.look();
        Capture.Prepared prepared = capture.prepare(probe);

        fixture.weaver.apply(List.of(new ArmedProbe(probe, prepared.tap(), prepared.sinks())), List.of());

        assertThat(fixture.weaver.standing(probe).reason()).startsWith("there is no exception at this place");
    }

    @Test
    void rate_overTheDefaultCap_isCounted() {
        ProbeTap tap = set(Captures.class, "static", "snapshot: {stack: 0}");

        for (int i = 0; i < 150; i++) {
            Captures.inStatic(Map.of());
        }

        assertThat(drain()).hasSize(100);
        assertThat(capture.dropped("p")).containsExactly(Map.entry("rate", 50L));
        assertThat(tap.emitted()).isEqualTo(100);
    }

    @Test
    void bounds_changed_needNoWeaving() {
        set(Captures.class, "static", "snapshot: {stack: 0, depth: 1, time: 100}");
        Captures.inStatic(Map.of("pen", 3));
        assertThat(values()).isEqualTo("{stock: {pen: 3}}");
        long weaves = fixture.weaver.weaves("p");

        set(Captures.class, "static", "snapshot: {stack: 0, depth: 0, time: 100}");
        Captures.inStatic(Map.of("pen", 3));

        assertThat(values()).isEqualTo("{stock: {@cut: 'depth', @more: 1}}");
        assertThat(fixture.weaver.weaves("p")).isEqualTo(weaves);
    }

    /** Everything that tells when its methods run: lists, maps, numbers, texts, enums, threads of the application's. */
    @Test
    void capture_runsNothingOfTheApplication() {
        set(Harmless.class, "harmless", "snapshot: {depth: 6, time: 100, bytes: 262144, statics: true}");
        Harmless harmless = new Harmless();
        Harmless.ran = 0;

        harmless.here();

        String values = values();
        assertThat(Harmless.ran).isZero();
        assertThat(values).contains("touchy: {@type: 'io.plumbline.cases.Harmless$Touchy', name: 'touchy'}");
        assertThat(values).contains("mood: 'GOOD'").doesNotContain("@failed");
    }

    /** A hit with little stack left costs its values, not the application. */
    @Test
    void stackOverflow_inTheCapture_reachesNobody() {
        Object graph = nested(200);
        ProbeTap tap = set(Captures.class, "deep", "snapshot: {depth: 10}, limits: {per-second: 10000000}");

        for (int i = 0; i < 20; i++) {
            assertThat(captures.deep(graph)).isGreaterThan(100);
            drain();
        }

        assertThat(tap.isClosed()).as(tap.suspension()).isFalse();
        assertThat(recordsAgain(graph)).isTrue();
    }

    /** A slot whose thread had no stack left to give it back is waited for, for a while. */
    private boolean recordsAgain(Object graph) {
        long end = System.nanoTime() + 4 * SignalRing.STALLED_NANOS;
        while (System.nanoTime() < end) {
            captures.deep(graph);
            if (!drain().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static Object nested(int levels) {
        Object inner = "end";
        for (int i = 0; i < levels; i++) {
            inner = new Object[] {inner};
        }
        return inner;
    }

    @Test
    void capture_hugeObjects_staysWithinItsBounds() {
        set(Captures.class, "objects", "snapshot: {stack: 0, time: 100}");

        captures.harmless(new long[20_000_000], "x".repeat(50_000_000));

        assertThat(values())
                .contains("@cut: 'elements', @more: 19999950", "@length: 50000000")
                .hasSizeLessThan(2_000);
    }
}
