package io.plumbline.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({"JdkObsolete", "IdentityHashMapUsage"}) // they are met in applications
class CallsTest {

    /** Of an application: its equals says yes to every text, so that an answer shows who was asked. */
    private static final class Yes {
        @Override
        public boolean equals(Object other) {
            return other instanceof String || this == other;
        }

        @Override
        public int hashCode() {
            return "k".hashCode();
        }
    }

    static Stream<Collection<Object>> collections() {
        Yes yes = new Yes();
        return Stream.of(
                List.of(yes),
                List.of(yes, 1),
                List.of(1, yes),
                List.of(1, 2, yes),
                Set.of(yes),
                Set.of(yes, 1),
                Set.of(1, yes),
                Set.of(1, 2, yes),
                Arrays.asList(1, yes),
                new CopyOnWriteArrayList<>(List.of(yes)),
                new java.util.ArrayDeque<>(List.of(yes)),
                new java.util.LinkedList<>(List.of(yes)),
                new java.util.ArrayList<>(List.of(yes)),
                new java.util.HashSet<>(List.of(yes)),
                new java.util.LinkedHashSet<>(List.of(yes)),
                java.util.Collections.singletonList(yes));
    }

    @ParameterizedTest
    @MethodSource("collections")
    void contains_asksTheValueNotTheElement(Collection<Object> items) {
        assertThat(Calls.contains(items, "k")).isFalse();
        assertThat(Calls.size(items)).isPositive();
        assertThat(Calls.isEmpty(items)).isFalse();
    }

    static Stream<Map<Object, Object>> maps() {
        Yes yes = new Yes();
        Map<Object, Object> plain = new HashMap<>(Map.of(yes, 1));
        return Stream.of(
                plain,
                new LinkedHashMap<>(plain),
                Map.of(yes, 1),
                Map.of(yes, 1, 2, 2),
                new java.util.concurrent.ConcurrentHashMap<>(plain),
                new java.util.IdentityHashMap<>(plain));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void get_asksTheKeyNotTheEntry(Map<Object, Object> map) {
        assertThat(Calls.get(map, (Object) "k")).isNull();
        assertThat(Calls.contains(map, "k")).isFalse();
    }

    @Test
    void get_manyCollidingKeys_asksTheKeyNotTheEntry() {
        Map<Object, Object> map = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            map.put(new Yes(), i);
        }

        assertThat(Calls.get(map, (Object) "k")).isNull();
    }

    @Test
    void locking_collections_areNotAsked() {
        assertThat(Calls.size(new Vector<>(List.of(1)))).isNull();
        assertThat(Calls.size(new java.util.Hashtable<>(Map.of(1, 1)))).isNull();
        assertThat(Calls.size(java.util.Collections.synchronizedList(new java.util.ArrayList<>())))
                .isNull();
    }

    @Test
    void get_enumMap_byConstant() {
        Map<Thread.State, String> map = new EnumMap<>(Map.of(Thread.State.NEW, "new"));

        assertThat(Calls.get(map, (Object) Thread.State.NEW)).isEqualTo("new");
        assertThat(Calls.get(map, (Object) "NEW")).isNull();
    }

    @Test
    void sameText_asksTextsOnly() {
        assertThat(Calls.sameText("a", new String("a"))).isTrue();
        assertThat(Calls.sameText("k", new Yes())).isFalse();
        assertThat(Calls.sameText(new Yes(), "k")).isFalse();
        assertThat(Calls.sameText(new Yes(), null)).isFalse();
        assertThat(Calls.sameText(null, null)).isTrue();
        assertThat(Calls.sameText(null, "a")).isFalse();
    }
}
