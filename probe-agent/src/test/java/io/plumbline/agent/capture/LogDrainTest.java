package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.config.redaction.Redaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hit puts into a record, as the record reads in the end. */
class LogDrainTest {
    private final SignalRing ring = new SignalRing(Probes.renderer());

    /** The body behind "values ". */
    private String body(int holes, Consumer<LogEntry> fill) {
        return drain(holes, fill).getBodyValue().asString().replaceFirst("^values ", "");
    }

    private LogRecordData drain(int holes, Consumer<LogEntry> fill) {
        return drain(Probes.records(ring, holes), fill);
    }

    private LogRecordData drain(LogRecords records, Consumer<LogEntry> fill) {
        LogEntry entry = Probes.claim(records);
        fill.accept(entry);
        entry.commit();
        LogDrain drain = new LogDrain(Resource.empty(), Redaction.standard());
        List<LogRecordData> found = new ArrayList<>();
        ring.drain(slot -> found.add(drain.read(slot)), 10);
        return found.get(0);
    }

    private static Arguments object(Object value, String text) {
        return Arguments.of(value, text);
    }

    @SuppressWarnings("UnnecessaryStringBuilder") // it is met in applications
    static Stream<Arguments> objects() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("apiKey", "secret");
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        return Stream.of(
                object(null, "null"),
                object("text", "text"),
                object("é 漢 🎉 \uD800", "é 漢 🎉 \uFFFD"),
                object("x".repeat(2_000), "x".repeat(1_024) + "…"),
                object("x".repeat(1_023) + "🎉", "x".repeat(1_023) + "\uFFFD…"),
                object(1_000L, "1000"),
                object(new java.math.BigDecimal("1.50"), "1.50"),
                object('c', "c"),
                object(true, "true"),
                object(Thread.State.NEW, "NEW"),
                object(String.class, "java.lang.String"),
                object(java.time.Duration.ofSeconds(90), "PT1M30S"),
                object(java.time.ZoneId.of("Europe/Berlin"), "Europe/Berlin"),
                object(new IllegalStateException("why"), "java.lang.IllegalStateException: why"),
                object(new int[] {1, 2, 3}, "[1, 2, 3]"),
                object(new Object[] {"a", null}, "[a, null]"),
                object(new int[12], "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, … 2 more]"),
                object(List.of("a", "b"), "[a, b]"),
                object(Arrays.asList(1, 2), "[1, 2]"),
                object(map, "{a=1, apiKey=***}"),
                object(Map.of("k", List.of(List.of(1))), "~\\{k=\\[ImmutableCollections\\$List12@[0-9a-f]+]}"),
                object(cycle, "~\\[\\[ArrayList@[0-9a-f]+]]"),
                object(Optional.of("x"), "Optional[x]"),
                object(Optional.empty(), "Optional[null]"),
                object(
                        new Plain(),
                        "~LogDrainTest\\$Plain\\{name=Ada, password=\\*\\*\\*, next=LogDrainTest\\$Plain@[0-9a-f]+}"),
                object(new Object(), "~Object@[0-9a-f]+"),
                object(new OwnList(), "~LogDrainTest\\$OwnList@[0-9a-f]+"),
                object(new Thread("t"), "~Thread@[0-9a-f]+"),
                object(new StringBuilder("sb"), "sb"));
    }

    /** Refers to itself and has a hidden field. */
    private static final class Plain {
        @SuppressWarnings("unused")
        private final String name = "Ada";

        @SuppressWarnings("unused")
        private final String password = "swordfish";

        @SuppressWarnings("unused")
        private final Plain next = this;
    }

    /** Must not be asked for anything. */
    private static final class OwnList extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public int size() {
            throw new AssertionError("code of the application ran");
        }
    }

    @ParameterizedTest
    @MethodSource("objects")
    void put_object_reads(Object value, String text) {
        String body = body(1, entry -> entry.put(value));

        if (text.startsWith("~")) {
            assertThat(body).matches(text.substring(1));
        } else {
            assertThat(body).isEqualTo(text);
        }
    }

    @Test
    void put_primitives_read() {
        String body = body(7, entry -> {
            entry.put(true);
            entry.put('漢');
            entry.put(-1);
            entry.put(Long.MIN_VALUE);
            entry.put(1.5f);
            entry.put(Double.NaN);
            entry.put((Object) null);
        });

        assertThat(body).isEqualTo("true 漢 -1 -9223372036854775808 1.5 NaN null");
    }

    @Test
    void error_standsForItsValue() {
        String body = body(2, entry -> {
            entry.error(new ArithmeticException("/ by zero"));
            entry.put(2);
        });

        assertThat(body).isEqualTo("<error: java.lang.ArithmeticException: / by zero> 2");
    }

    /** A value that fits must not take the place of one that did not. */
    @Test
    void put_overTheBound_isCutMarkedAndNothingMoves() {
        String body = body(12, entry -> {
            for (int i = 0; i < 10; i++) {
                entry.put("漢".repeat(1_000));
            }
            entry.put(7L);
            entry.put(true);
        });

        String[] parts = body.split(" ");
        assertThat(parts).hasSize(12);
        assertThat(parts[1]).hasSize(1_000);
        assertThat(parts[2]).endsWith("漢…").hasSizeLessThan(1_000);
        assertThat(parts[3]).isEqualTo("…");
        assertThat(parts[10]).isEqualTo("…");
        assertThat(parts[11]).isEqualTo("…");
    }

    @Test
    void put_collectionChangedMeanwhile_neverThrows() throws InterruptedException {
        Map<Integer, Integer> map = new HashMap<>();
        Thread writer = new Thread(() -> {
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                map.put(i % 20, i);
                map.remove((i + 10) % 20);
            }
        });
        writer.start();

        for (int i = 0; i < 500; i++) {
            assertThat(body(1, entry -> entry.put(map)))
                    .matches("\\{.*(}|<unreadable: ConcurrentModificationException>)");
        }
        writer.interrupt();
        writer.join();
    }

    @Test
    void read_to_whereTheProbeSaysIt() {
        AttributeKey<String> to = AttributeKey.stringKey("plumbline.to");

        assertThat(drain(Probes.records(ring, 0, "to: [errors, audit], "), entry -> {})
                        .getAttributes()
                        .get(to))
                .isEqualTo("errors,audit");
        assertThat(drain(0, entry -> {}).getAttributes().get(to)).isNull();
    }

    @Test
    void read_attributes() {
        LogRecordData first = drain(2, entry -> {
            entry.put("one");
            entry.put(2);
        });
        LogRecordData second = drain(1, entry -> entry.put("x"));

        var attributes = first.getAttributes();
        assertThat(attributes.get(AttributeKey.stringKey("plumbline.probe.id"))).isEqualTo("p");
        assertThat(attributes.get(AttributeKey.longKey("plumbline.probe.version")))
                .isEqualTo(1);
        assertThat(attributes.get(AttributeKey.stringKey("code.function.name")))
                .isEqualTo(Probes.class.getName() + ".pay");
        assertThat(attributes.get(AttributeKey.longKey("code.line.number"))).isEqualTo(1);
        assertThat(attributes.get(AttributeKey.stringKey("thread.name")))
                .isEqualTo(Thread.currentThread().getName());
        assertThat(attributes.get(AttributeKey.valueKey("plumbline.values")).asString())
                .contains("a0", "one", "a1", "2");
        String uid = attributes.get(AttributeKey.stringKey("log.record.uid"));
        assertThat(uid).hasSize(32).isEqualTo(attributes.get(AttributeKey.stringKey("elasticsearch.document_id")));
        assertThat(second.getAttributes().get(AttributeKey.stringKey("log.record.uid")))
                .isNotEqualTo(uid);
        assertThat(first.getSeverityText()).isEqualTo("INFO");
        assertThat(first.getSpanContext().isValid()).isFalse();
    }
}
