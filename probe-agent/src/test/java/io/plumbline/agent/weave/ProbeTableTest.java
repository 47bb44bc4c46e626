package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.compile.ArmedProbe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which probes mean a class: the table's index gives what the rule says. */
class ProbeTableTest {

    @ParameterizedTest
    @CsvSource({
        "shop.Order, shop.Order, Order.java, true",
        "Order, shop.Order, Order.java, true",
        "shop.Order, shop.Order$Line, Order.java, true",
        "Order, shop.Order$Line$1, Order.java, true",
        "Order$Line, shop.Order$Line$1, Order.java, true",
        "Order.java, shop.Order$Line, Order.java, true",
        "Order.java, shop.Other, Order.java, true",
        "Order.java, shop.Order, , false",
        "Order, shop.OrderBook, OrderBook.java, false",
        "Line, shop.Order$Line, Order.java, false",
        "op.Order, shop.Order, Order.java, false",
        "shop.Order$Line, shop.Order, Order.java, false",
        "$colon, scala.$colon$less, Predef.scala, true",
        "Foo, Foo$, Foo.scala, true"
    })
    void of_class_givesTheProbesThatMeanIt(String type, String className, String sourceFile, boolean means) {
        ProbeTable table = ProbeTable.EMPTY.changed(List.of(probe("a", type)), List.of());
        List<String> files = sourceFile == null ? List.of() : List.of(sourceFile);

        assertThat(ProbeTable.means(type, className, files)).isEqualTo(means);
        assertThat(table.of(className, () -> files)).hasSize(means ? 1 : 0);
    }

    @Test
    void changed_setAndRemoved_onlyTheNewVersionsAreThere() {
        ArmedProbe changed = probe("b", "shop.Moved");
        ProbeTable table = ProbeTable.EMPTY
                .changed(List.of(probe("a", "shop.Order"), probe("b", "shop.Order")), List.of())
                .changed(List.of(changed), List.of("a"));

        assertThat(table.all()).containsExactly(changed);
        assertThat(table.of("shop.Order", List::of)).isEmpty();
        assertThat(table.of("shop.Moved", List::of)).containsExactly(changed);
    }

    private static ArmedProbe probe(String id, String type) {
        return WeaveFixture.armed("{id: " + id + ", at: '" + type + ":7', count: n}", new WeaveFixture.RecordingTap());
    }
}
