package io.plumbline.agent.capture;

import static io.plumbline.agent.capture.Snapshots.shown;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.exporter.internal.otlp.logs.LogsRequestMarshaler;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How values of every kind leave the agent. */
class SnapshotValuesTest {
    private static final String HERE = SnapshotValuesTest.class.getName() + "$";

    @SuppressWarnings("unused")
    private static class Base {
        private final int id = 1;
        private final String name = "base";
    }

    @SuppressWarnings({"unused", "HidingField"})
    private static final class Order extends Base {
        private final int id = 17;
        private final boolean paid = true;
        private final byte tiny = -1;
        private final short small = 300;
        private final char letter = 'ä';
        private final long big = Long.MIN_VALUE;
        private final float ratio = 1.1f;
        private final double total = 2.5;
        private final String password = "swordfish";
        private final Object nothing = null;
        private final Customer customer = new Customer("Ada", Tier.GOLD);
    }

    private record Customer(String name, Tier tier) {}

    private enum Tier {
        PASSWORD,
        GOLD,
        SILVER {
            @Override
            public String toString() {
                throw new AssertionError("code of the application ran");
            }
        }
    }

    @SuppressWarnings("unused")
    private static final class Node {
        private final String name;
        private Object next;

        Node(String name, Object next) {
            this.name = name;
            this.next = next;
        }
    }

    private static final class OwnList extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused")
        private final int own = 3;
    }

    private static final class OwnThread extends Thread {
        @Override
        public String toString() {
            throw new AssertionError("code of the application ran");
        }
    }

    private static Arguments value(Object value, String text) {
        return Arguments.of(value, text);
    }

    private static Map<Object, Object> map(Object... pairs) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @SuppressWarnings({"UnnecessaryStringBuilder", "JavaUtilDate"}) // they are met in applications
    static Stream<Arguments> single() {
        return Stream.of(
                value(null, "null"),
                value("text", "'text'"),
                value("", "''"),
                value("é 漢 🎉 \uD800", "'é 漢 🎉 \uFFFD'"),
                value(1, "1"),
                value(Long.MAX_VALUE, "9223372036854775807"),
                value(Long.MIN_VALUE, "-9223372036854775808"),
                value((byte) -1, "-1"),
                value(1.1f, "1.1"),
                value(0.1, "0.1"),
                value(Double.NaN, "'NaN'"),
                value(Float.NEGATIVE_INFINITY, "'-Infinity'"),
                value('c', "'c'"),
                value(true, "true"),
                value(Tier.GOLD, "'GOLD'"),
                value(Tier.SILVER, "'SILVER'"),
                value(String.class, "'java.lang.String'"),
                value(new BigDecimal("1.50"), "'1.50'"),
                value(new BigInteger("17"), "17"),
                value(BigInteger.ONE.shiftLeft(63), "'9223372036854775808'"),
                value(Duration.ofSeconds(90), "'PT1M30S'"),
                value(LocalDate.of(2026, 11, 23), "'2026-11-23'"),
                value(Instant.ofEpochSecond(-1), "'1969-12-31T23:59:59Z'"),
                value(ZoneId.of("Europe/Berlin"), "'Europe/Berlin'"),
                value(new Date(1_500), "'1970-01-01T00:00:01.500Z'"),
                value(new Date(-1), "'1969-12-31T23:59:59.999Z'"),
                value(new Timestamp(1_500), "'1970-01-01T00:00:01.500Z'"),
                value(UUID.fromString("0-0-0-0-7"), "'00000000-0000-0000-0000-000000000007'"),
                value(Path.of("/tmp/x"), "'/tmp/x'"),
                value(new StringBuilder("sb"), "'sb'"),
                value(new AtomicLong(5), "5"),
                value(OptionalInt.of(7), "7"),
                value(OptionalInt.empty(), "null"));
    }

    static Stream<Arguments> containers() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        return Stream.of(
                value(new int[] {1, -2}, "[1, -2]"),
                value(new byte[] {1}, "[1]"),
                value(new boolean[] {true, false}, "[true, false]"),
                value(new char[] {'a', 'b'}, "['a', 'b']"),
                value(new double[] {0.5}, "[0.5]"),
                value(new int[][] {{1}, {}}, "[[1], []]"),
                value(new Object[] {"a", null, 1}, "['a', null, 1]"),
                value(new Object[0], "[]"),
                value(List.of("a", "b"), "['a', 'b']"),
                value(List.of(List.of(), List.of()), "[[], []]"),
                value(Arrays.asList(1, 2), "[1, 2]"),
                value(new LinkedList<>(List.of(1, 2)), "[1, 2]"),
                value(new ArrayDeque<>(List.of(1)), "[1]"),
                value(new TreeSet<>(List.of("b", "a")), "['a', 'b']"),
                value(EnumSet.of(Tier.SILVER), "['SILVER']"),
                value(Collections.unmodifiableList(new ArrayList<>(List.of(1))), "[1]"),
                value(Collections.unmodifiableSet(new TreeSet<>(List.of(1))), "[1]"),
                value(Collections.synchronizedList(new ArrayList<>(List.of(1))), "[1]"),
                value(Collections.synchronizedMap(new TreeMap<>(Map.of("k", 1))), "{k: 1}"),
                value(Collections.unmodifiableMap(Map.of("k", 1)), "{k: 1}"),
                value(Collections.checkedList(new ArrayList<>(List.of(1)), Integer.class), "[1]"),
                value(Collections.newSetFromMap(new ConcurrentHashMap<>()), "[]"),
                value(ConcurrentHashMap.newKeySet(), "[]"),
                value(new HashMap<>(Map.of("k", 1)).keySet(), "['k']"),
                value(new HashMap<>(Map.of("k", 1)).values(), "[1]"),
                value(map("a", 1, "apiKey", "secret", "@b", 2), "{a: 1, apiKey: '***', @@b: 2}"),
                value(map(1, "one", true, "yes", Tier.GOLD, "g"), "{1: 'one', true: 'yes', GOLD: 'g'}"),
                value(map(Tier.PASSWORD, "swordfish"), "{PASSWORD: '***'}"),
                value(map(1, "a", "1", "b"), "{@entries: [{key: 1, value: 'a'}, {key: '1', value: 'b'}]}"),
                value(map(List.of(1), "a", null, "b"), "{@entries: [{key: [1], value: 'a'}, {key: null, value: 'b'}]}"),
                value(Optional.of("x"), "{@type: 'java.util.Optional', value: 'x'}"),
                value(Optional.empty(), "{@type: 'java.util.Optional', value: null}"),
                value(
                        new AtomicReference<>(List.of(1)),
                        "{@type: 'java.util.concurrent.atomic.AtomicReference', value: [1]}"),
                value(itself, "[{@cycle: 'v'}]"),
                value(new Thread("t"), "{@type: 'java.lang.Thread', name: 't'}"),
                value(
                        new IllegalStateException("why") {
                            @Override
                            public synchronized Throwable fillInStackTrace() {
                                return this;
                            }
                        },
                        "{@type: '" + SnapshotValuesTest.class.getName() + "$1', message: 'why', stacktrace: '"
                                + SnapshotValuesTest.class.getName() + "$1: why\n'}"));
    }

    @ParameterizedTest
    @MethodSource({"single", "containers"})
    void value_reads(Object value, String text) {
        assertThat(shown("", value)).isEqualTo(text);
    }

    @Test
    void object_showsFieldsOfAnyClassAndKind() {
        assertThat(shown("", new Order()))
                .isEqualTo("{@type: '" + HERE + "Order', id: 17, paid: true, tiny: -1, small: 300, letter: 'ä',"
                        + " big: -9223372036854775808, ratio: 1.1, total: 2.5, password: '***', nothing: null,"
                        + " customer: {@type: '" + HERE + "Customer', name: 'Ada', tier: 'GOLD'}, " + HERE
                        + "Base.id: 1,"
                        + " name: 'base'}");
    }

    /** Reflection is the second choice; it must show the same. */
    @Test
    void object_withoutMemoryAccess_showsTheSame() throws Throwable {
        FieldAt field = FieldAt.byReflection(Order.class.getDeclaredField("total"), "total", type -> {});
        Snapshots snapshots = new Snapshots("snapshot: true", "v");
        SnapshotBuffer buffer = new SnapshotBuffer(snapshots.pool);
        buffer.begin(1_024, 1_000_000_000);

        field.write(new Order(), new ValueWriter(Snapshots.shapes(), buffer), 0);

        assertThat(buffer.bytes()).startsWith(SnapshotBuffer.DOUBLE, 0, 0, 0, 0, 0, 0, 4, 64);
    }

    @Test
    void object_metAgain_isNamedByItsFirstPlace() {
        Node leaf = new Node("leaf", null);
        Node cycle = new Node("cycle", null);
        cycle.next = cycle;

        assertThat(shown("", List.of(leaf, leaf)))
                .isEqualTo("[{@type: '" + HERE + "Node', name: 'leaf', next: null}, {@same: 'v[0]'}]");
        assertThat(shown("", Map.of("k", cycle)))
                .isEqualTo("{k: {@type: '" + HERE + "Node', name: 'cycle', next: {@cycle: 'v[k]'}}}");
    }

    /** What was cut for its depth is shown where there is room for it. */
    @Test
    void object_metAgainHigher_isShownThere() {
        Node leaf = new Node("leaf", null);

        assertThat(shown(", depth: 2", new Object[] {List.of(leaf), leaf}))
                .isEqualTo("[[{@type: '" + HERE + "Node', @cut: 'depth'}]," + " {@type: '" + HERE
                        + "Node', name: 'leaf', next: null}]");
    }

    @Test
    void object_ofTheJdk_isItsTypeAndIdentity() {
        assertThat(shown("", new Object())).matches("\\{@type: 'java.lang.Object', @id: '[0-9a-f]+', @cut: 'unread'}");
        assertThat(shown("", new java.util.Vector<>(List.of(1)))).contains("java.util.Vector", "unread");
        assertThat(shown("", new OwnThread())).startsWith("{@type: '" + HERE + "OwnThread', name: 'Thread-");
        assertThat(shown("", BigInteger.ONE.shiftLeft(100_000))).contains("java.math.BigInteger", "unread");
    }

    /** A part of a sorted map compares its keys while it is read. */
    @Test
    void sortedCollections_areNeverSorted() {
        boolean[] ran = {false};
        Comparator<String> comparator = (a, b) -> {
            ran[0] = true;
            return a.compareTo(b);
        };
        TreeMap<String, Integer> map = new TreeMap<>(comparator);
        map.put("b", 2);
        map.put("a", 1);
        TreeSet<String> set = new TreeSet<>(comparator);
        set.addAll(List.of("b", "a"));
        PriorityQueue<String> queue = new PriorityQueue<>(comparator);
        queue.addAll(List.of("a", "b"));
        ran[0] = false;

        assertThat(shown("", map)).isEqualTo("{a: 1, b: 2}");
        assertThat(shown("", set)).isEqualTo("['a', 'b']");
        assertThat(shown("", queue)).isEqualTo("['a', 'b']");
        assertThat(shown("", set.headSet("z"))).contains("java.util.TreeSet", "unread");
        assertThat(shown("", map.headMap("z"))).contains("java.util.TreeMap$AscendingSubMap", "unread");
        var part = map.headMap("z");
        ran[0] = false;
        shown("", new Object[] {map, set, queue, part, map.keySet(), map.entrySet(), map.values()});
        assertThat(ran[0]).isFalse();
    }

    @Test
    void object_ofASubclassOfTheJdks_saysWhatIsNotRead() {
        assertThat(shown("", new OwnList())).isEqualTo("{@type: '" + HERE + "OwnList', own: 3, @cut: 'unread'}");
    }

    @Test
    void proxyAndLambda_sayWhatTheyStandFor() {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (self, method, arguments) -> {
                    throw new AssertionError("code of the application ran");
                });
        int captured = hashCode();
        Supplier<Integer> lambda = () -> captured;

        assertThat(shown("", proxy)).contains("@interfaces: ['java.lang.Runnable']");
        assertThat(shown("", lambda)).contains("@interfaces: ['java.util.function.Supplier']", "arg$1: " + captured);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ", depth: 0 | {@type: 'NODE', @cut: 'depth'}",
                ", depth: 1 | {@type: 'NODE', name: 'abcdef', next: [{@cut: 'depth', @more: 4}]}",
                ", depth: 2 | {@type: 'NODE', name: 'abcdef', next: [1, 2, 3, 4]}",
                ", fields: 1 | {@type: 'NODE', name: 'abcdef', @cut: 'fields', @more: 1}",
                ", elements: 3 | {@type: 'NODE', name: 'abcdef', next: [1, 2, 3, {@cut: 'elements', @more: 1}]}",
                ", elements: 4 | {@type: 'NODE', name: 'abcdef', next: [1, 2, 3, 4]}",
                ", length: 5 | {@type: 'NODE', name: {@text: 'abcde', @cut: 'length', @length: 6}, next: [1, 2, 3, 4]}",
                ", length: 6 | {@type: 'NODE', name: 'abcdef', next: [1, 2, 3, 4]}",
            })
    void bound_cutsAndMarks(String bounds, String text) {
        String shown = shown(bounds, new Node("abcdef", List.of(1, 2, 3, 4)));

        assertThat(shown).isEqualTo(text.replace("NODE", HERE + "Node"));
    }

    @Test
    void elements_ofMapsAndSets_areBoundedToo() {
        assertThat(shown(", elements: 2", map("a", 1, "b", 2, "c", 3)))
                .isEqualTo("{a: 1, b: 2, @cut: 'elements', @more: 1}");
        assertThat(shown(", elements: 1", new LinkedList<>(List.of(1, 2))))
                .isEqualTo("[1, {@cut: 'elements', @more: 1}]");
        assertThat(shown(", elements: 1", new long[] {1, 2})).isEqualTo("[1, {@cut: 'elements', @more: 1}]");
    }

    @Test
    void depth_ofAMap_isMarked() {
        assertThat(shown(", depth: 0", Map.of("a", 1))).isEqualTo("{@cut: 'depth', @more: 1}");
        assertThat(shown(", depth: 0", Set.of())).isEqualTo("[]");
    }

    @Test
    void bytes_ofTheRecord_cutEveryContainerThatIsOpen() {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(new Node("n" + i, List.of(i)));
        }

        LogRecordData data = new Snapshots(
                        "snapshot: {stack: 0, bytes: 2048, elements: 1000, time: 100}", "a", "b", "c")
                .hit(entry -> {
                    entry.put(1);
                    entry.put(many);
                    entry.put(2);
                });

        String all = Snapshots.text(data.getAttributes().get(Snapshots.VALUES));
        assertThat(all).startsWith("{a: 1, b: [{@type: '" + HERE + "Node'").endsWith("}], @cut: 'bytes', @more: 1}");
        assertThat(all).containsPattern("\\{@cut: 'bytes', @more: 9\\d\\d}], @cut");
        assertThat(all.length()).isBetween(1_000, 2_300);
    }

    /** The bound is on what leaves, and Kafka takes a megabyte. */
    @ParameterizedTest
    @ValueSource(ints = {1_024, 32_768, 262_144})
    void bytes_areThoseThatLeaveTheAgent(int bytes) {
        Object[] objects = new Object[10_000];
        Arrays.setAll(objects, i -> new Order());
        Object[] numbers = new Object[10_000];
        Arrays.setAll(numbers, i -> new int[] {i, i});
        Object[] texts = new Object[10_000];
        Arrays.setAll(texts, i -> "é".repeat(i % 100));

        for (Object value : List.of(objects, numbers, texts, new boolean[10_000])) {
            LogRecordData data = new Snapshots(
                            "snapshot: {stack: 10, elements: 10000, time: 100, bytes: " + bytes + "}", "v")
                    .hit(entry -> entry.put(value));

            int size = LogsRequestMarshaler.create(List.of(data)).getBinarySerializedSize();
            assertThat(size).isLessThan(bytes + 2_000);
        }
    }

    @Test
    void bytes_ofOneText_cutIt() {
        String all = shown(", bytes: 1024, length: 65536", "漢".repeat(5_000));

        assertThat(all).startsWith("{@text: '漢漢").endsWith("', @cut: 'length', @length: 5000}, @cut: 'bytes'");
        assertThat(all.length()).isLessThan(1_100);
    }

    @Test
    void time_onTheThread_cutsAndMarks() {
        int[] huge = new int[10_000];
        Object[] grid = new Object[10_000];
        Arrays.fill(grid, huge);
        for (int i = 0; i < grid.length; i++) {
            grid[i] = huge.clone();
        }

        String all = shown(", bytes: 262144, elements: 10000, time: 1", grid);

        assertThat(all).containsAnyOf("@cut: 'time'", "@cut: 'bytes'");
    }
}
