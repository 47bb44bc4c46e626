package io.plumbline.config.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NameMatchTest {
    private static final List<String> NAMES = List.of(
            "shop.OrderService",
            "shop.Order",
            "shop.Reorder",
            "shop.OldRecordService",
            "shop.SubOrderState",
            "shop.HTTPServer",
            "shop.Item2Price",
            "billing.Order");

    /** Those that fit, best first. */
    private static List<String> find(String query) {
        NameMatch match = new NameMatch(query);
        return NAMES.stream()
                .filter(name -> rank(match, name) != NameMatch.NONE)
                .sorted(Comparator.comparingInt((String name) -> rank(match, name))
                        .thenComparing(String::length)
                        .thenComparing(name -> name))
                .toList();
    }

    private static int rank(NameMatch match, String name) {
        return match.of(name, name.lastIndexOf('.') + 1, name.length());
    }

    @Test
    void wholeName_isBeforeItsBeginning_andThatBeforeAPart() {
        assertThat(find("Order"))
                .containsExactly(
                        "shop.Order", "billing.Order", "shop.OrderService", "shop.SubOrderState", "shop.Reorder");
    }

    @Test
    void humps_areFoundByTheirBeginnings() {
        assertThat(find("OS")).startsWith("shop.OrderService", "shop.OldRecordService");
        assertThat(find("OrSe")).first().isEqualTo("shop.OrderService");
        assertThat(find("ors")).contains("shop.OrderService", "shop.OldRecordService");
        assertThat(find("hs")).containsExactly("shop.HTTPServer");
        assertThat(find("I2P")).containsExactly("shop.Item2Price");
        assertThat(find("sos")).containsExactly("shop.SubOrderState");
        assertThat(find("OState")).containsExactly("shop.SubOrderState");
        assertThat(find("OSx")).isEmpty();
        assertThat(find("dService")).containsExactly("shop.OldRecordService");
    }

    @Test
    void query_withADot_asksForThePackage() {
        assertThat(find("bill.Ord")).containsExactly("billing.Order");
        assertThat(find("shop.")).hasSize(7);
        assertThat(find("shop/Order")).first().isEqualTo("shop.Order");
        assertThat(find("nowhere.Order")).isEmpty();
    }

    @Test
    void longNamesAndQueries_takeNoTime() {
        String name = "Aa".repeat(2_000);
        NameMatch match = new NameMatch("a".repeat(59) + "b");
        long before = System.nanoTime();
        assertThat(match.of(name, 0, name.length())).isEqualTo(NameMatch.NONE);
        assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
        assertThat(new NameMatch("x".repeat(5_000)).of(name, 0, name.length())).isEqualTo(NameMatch.NONE);
    }
}
