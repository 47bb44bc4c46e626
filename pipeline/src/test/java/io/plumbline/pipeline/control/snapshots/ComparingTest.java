package io.plumbline.pipeline.control.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.text.Json;
import io.plumbline.pipeline.control.snapshots.Differences.Difference;
import io.plumbline.pipeline.control.snapshots.Differences.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What snapshots have in common and what tells them apart, without a broker. */
final class ComparingTest {
    private static final Map<String, Object> CUT = Map.of("@cut", "elements", "@more", 70L);

    @Test
    void differences_standAtTheDeepestPlaceThatHasAPartner() {
        Map<String, Object> left =
                map("order", map("@type", "Order", "@id", "1", "lines", List.of("a", "b")), "gone", 1L);
        Map<String, Object> right =
                map("order", map("@type", "Order", "@id", "2", "lines", List.of("a")), "tier", null);

        assertThat(Differences.between(left, right))
                .containsExactly(
                        new Difference("order.lines[1]", Kind.REMOVED, "b", null),
                        new Difference("gone", Kind.REMOVED, 1L, null),
                        new Difference("tier", Kind.ADDED, null, null));
    }

    @Test
    void whatIsMuch_isShownByItsType() {
        Map<String, Object> large = map("order", map("@type", "shop.Order", "text", "x".repeat(5_000)));

        assertThat(Differences.between(Map.of(), large).get(0).map().get("right"))
                .isEqualTo(Map.of("@type", "shop.Order", "@cut", "length"));
    }

    @Test
    void shape_isNamesAndTypes() {
        Map<String, Object> values = map(
                "order",
                map("@type", "shop.Order", "id", 1L),
                "total",
                2.5,
                "none",
                null,
                "long",
                map("@text", "xx", "@cut", "length", "@length", 900L),
                "@watch",
                map("first", "pen"),
                "@cut",
                "bytes");

        assertThat(Shape.of(values).types())
                .hasToString("{@watch.first=text, long=text, none=null, order=shop.Order, total=number}");
    }

    @Test
    void exceptionsOfOnePlace_areOneGroup_whateverTheirMessages() {
        List<Snapshot> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(Snapshot.of(map(
                    "uid",
                    "u" + i,
                    "time",
                    (long) i,
                    "service",
                    "shop",
                    "exception",
                    "shop.Bad: order " + i + ": late\n\tat A.b(A.java:1)\nCaused by: X: no. " + i + "\n\t... 3 more")));
        }

        List<Map<String, Object>> groups = Groups.of(all);

        assertThat(groups).hasSize(1);
        assertThat(groups.get(0)).containsEntry("count", 3).containsEntry("uids", List.of("u2", "u1", "u0"));
        assertThat(groups.get(0).get("stack")).isEqualTo("shop.Bad\nat A.b(A.java:1)\nCaused by: X\n... 3 more");
    }

    @Test
    void leaves_haveSizes_alsoOfListsThatWereCut() {
        assertThat(Leaves.of(map("lines", Arrays.asList("pen", CUT), "@id", "7")))
                .hasToString("{lines.size()=71, lines[0]=pen}");
    }

    @Test
    void idThatIsDifferentEverywhere_isNoCause_besideOneThatIs() {
        List<Map<String, Object>> bad = new ArrayList<>();
        List<Map<String, Object>> good = new ArrayList<>();
        for (long i = 0; i < 20; i++) {
            bad.add(map("id", "x" + i, "total", 900 + i, "tier", i < 18 ? "GOLD" : "BLUE"));
            good.add(map("id", "y" + i, "total", 100 + i, "tier", i < 2 ? "GOLD" : "BLUE"));
        }

        List<Map<String, Object>> best = new Separation(bad, good).best();

        assertThat(best.get(0))
                .containsEntry("path", "total")
                .containsEntry("rule", "total >= 900")
                .containsEntry("score", 1.0);
        assertThat(best.get(1)).containsEntry("path", "tier");
        assertThat((Double) best.get(1).get("score")).isBetween(0.5, 0.6);
        assertThat((Double) best.get(2).get("score")).as("a single id").isLessThan(0.1);
        assertThat(Json.write(best.get(2).get("left"))).contains("{\"others\":12,\"count\":12}");
    }

    @Property(tries = 300)
    void equalValues_differNowhere_andDifferentOnesDoSomewhere(
            @ForAll("values") Map<String, Object> left, @ForAll("values") Map<String, Object> right) {
        assertThat(Differences.between(left, left)).isEmpty();
        assertThat(Differences.between(left, right).isEmpty()).isEqualTo(left.equals(right));
    }

    @Property(tries = 300)
    void turnedRound_whatWasAddedWasRemoved(
            @ForAll("values") Map<String, Object> left, @ForAll("values") Map<String, Object> right) {
        List<Difference> turned = Differences.between(right, left).stream()
                .map(each -> new Difference(each.path(), turned(each.kind()), each.right(), each.left()))
                .toList();

        assertThat(turned).containsExactlyInAnyOrderElementsOf(Differences.between(left, right));
    }

    @Property(tries = 300)
    void information_isAShare_andSymmetric(
            @ForAll @IntRange(min = 1, max = 50) int left,
            @ForAll @IntRange(min = 1, max = 50) int right,
            @ForAll @IntRange(min = 0, max = 50) int leftHits,
            @ForAll @IntRange(min = 0, max = 50) int rightHits) {
        int one = Math.min(leftHits, left);
        int other = Math.min(rightHits, right);
        double gain = Information.gain(one, left, other, right);

        assertThat(gain).isBetween(0.0, 1.0);
        assertThat(gain).isCloseTo(Information.gain(other, right, one, left), within());
        assertThat(gain).isCloseTo(Information.gain(left - one, left, right - other, right), within());
        assertThat(gain == 1.0).isEqualTo(one == left && other == 0 || one == 0 && other == right);
    }

    @Provide
    Arbitrary<Map<String, Object>> values() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d");
        Arbitrary<Object> leaf = Arbitraries.of("x", "y", 1L, 2.5, true).map(each -> (Object) each);
        Arbitrary<Object> tree = Arbitraries.lazyOf(
                () -> leaf,
                () -> leaf,
                () -> nested(names, leaf).map(each -> (Object) each),
                () -> nested(names, nested(names, leaf).map(each -> (Object) each))
                        .map(each -> (Object) each),
                () -> leaf.list().ofMaxSize(3).map(each -> (Object) each));
        return nested(names, tree);
    }

    private static Arbitrary<Map<String, Object>> nested(Arbitrary<String> names, Arbitrary<Object> values) {
        return Arbitraries.maps(names, values).ofMaxSize(4);
    }

    private static Kind turned(Kind kind) {
        return switch (kind) {
            case ADDED -> Kind.REMOVED;
            case REMOVED -> Kind.ADDED;
            case CHANGED -> Kind.CHANGED;
        };
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-9);
    }

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
