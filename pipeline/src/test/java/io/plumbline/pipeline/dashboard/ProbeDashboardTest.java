package io.plumbline.pipeline.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.YamlText;
import io.plumbline.pipeline.dashboard.ProbeDashboard.Look;
import java.time.Clock;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What becomes of which definition. That the queries return data is GrafanaIT's, in demo/. */
class ProbeDashboardTest {
    private static final Look LOOK = new Look("Shop", "my-prometheus", "http://127.0.0.1:7077");

    @Test
    void counter_isRateByItsLabels_andTotal_withItsDescription() throws Exception {
        JsonNode dashboard = of("""
                {id: orders, at: 'shop.Cart:7', count: {name: shop.orders, unit: '{order}', description: Orders taken,
                 labels: {customer.tier: tier}}}
                """);

        assertThat(queries(dashboard))
                .contains(
                        "sum by (customer_tier) (rate(shop_orders_total{probe=\"orders\",service=~\"$service\"}[$__rate_interval]))",
                        "sum(increase(shop_orders_total{probe=\"orders\",service=~\"$service\"}[$__range]))");
        assertThat(panel(dashboard, "shop.orders per second").get("description").asText())
                .startsWith("Orders taken. ");
        assertThat(panel(dashboard, "shop.orders per second")
                        .at("/targets/0/exemplar")
                        .asBoolean())
                .isTrue();
        assertThat(unit(dashboard, "shop.orders per second")).isEqualTo("cps");
    }

    @Test
    void gauge_isItsLatestValues_inItsUnit() throws Exception {
        JsonNode dashboard = of("{id: queue, at: 'shop.Cart:7', gauge: {name: shop.queue, value: n, unit: By}}");

        assertThat(queries(dashboard))
                .contains("max by (service, instance) (shop_queue_bytes{probe=\"queue\",service=~\"$service\"})");
        assertThat(unit(dashboard, "shop.queue")).isEqualTo("bytes");
    }

    @Test
    void histogram_isQuantilesAndHeatMap_inMoneyToo() throws Exception {
        JsonNode dashboard = of("{id: value, at: 'shop.Cart:7', histogram: {name: shop.value, value: v, unit: EUR}}");

        assertThat(queries(dashboard))
                .contains(
                        "histogram_quantile(0.99, sum by (le) (rate(shop_value_EUR_bucket{probe=\"value\",service=~\"$service\"}[$__rate_interval])))",
                        "sum by (le) (increase(shop_value_EUR_bucket{probe=\"value\",service=~\"$service\"}[$__rate_interval]))");
        assertThat(panel(dashboard, "shop.value, distribution").get("type").asText())
                .isEqualTo("heatmap");
        assertThat(unit(dashboard, "shop.value")).isEqualTo("currencyEUR");
    }

    @Test
    void span_isTheLatencyOfEachPair_withItsPlaces() throws Exception {
        JsonNode dashboard = of("""
                {id: way, span: {points: {A: 'shop.Cart:7', B: 'shop.Cart:9', C: 'pay.Desk:3'}}}
                """);

        assertThat(queries(dashboard))
                .anySatisfy(
                        query -> assertThat(query)
                                .contains(
                                        "plumbline_span_duration_seconds_bucket{probe=\"way\",plumbline_span_from=\"B\",plumbline_span_to=\"C\"}"));
        assertThat(panel(dashboard, "A → B, latency").get("description").asText())
                .contains("From shop.Cart:7 to shop.Cart:9");
        assertThat(dashboard.findValuesAsText("title")).contains("B → C, distribution", "Never closed");
    }

    @Test
    void records_areTheirHits_andEverythingElseIsBelow() throws Exception {
        JsonNode dashboard = of("{id: said, at: 'shop.Cart:7', log: 'x', snapshot: {}}");

        assertThat(dashboard.findValuesAsText("title"))
                .contains("said at shop.Cart:7", "Hits with log, snapshot, per second", "Cost and state", "Why");
    }

    @Test
    void dotInAnId_meansADotOnly() throws Exception {
        JsonNode dashboard = of("{id: a.b, at: 'shop.Cart:7', log: x}");

        assertThat(queries(dashboard)).anySatisfy(query -> assertThat(query).contains("probe=~\"a\\\\.b\""));
    }

    @Test
    void panels_haveIdsOfTheirOwn_andDoNotOverlap() throws Exception {
        JsonNode panels = of("""
                {id: all, at: 'shop.Cart:7', log: x, count: {name: a}, histogram: {name: b, value: v}, gauge: {name: c, value: v}}
                """).get("panels");

        assertThat(StreamSupport.stream(panels.spliterator(), false).map(panel -> panel.get("id")))
                .doesNotHaveDuplicates();
        List<JsonNode> places = panels.findValues("gridPos");
        assertThat(places).hasSizeGreaterThan(10).allSatisfy(place -> {
            assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
            assertThat(places.stream().filter(other -> overlap(place, other))).hasSize(1);
        });
    }

    /** Of another run, too: the order of an immutable map is drawn anew by each JVM. */
    @Test
    void fields_standInAnOrderThatIsNotByChance() throws Exception {
        JsonNode dashboard = of("{id: a, at: 'shop.Cart:7', log: x}");

        assertThat(dashboard.get("time").fieldNames()).toIterable().containsExactly("from", "to");
        assertThat(dashboard.at("/templating/list/0/current").fieldNames())
                .toIterable()
                .containsExactly("text", "value");
        assertThat(dashboard.at("/panels/1/fieldConfig/defaults/custom").fieldNames())
                .toIterable()
                .containsExactly("drawStyle", "fillOpacity", "lineWidth", "showPoints", "spanNulls");
    }

    @Test
    void uid_isThatOfTheTitle_andTheDataSourceIsTheChosenOne() throws Exception {
        JsonNode one = of("{id: a, at: 'shop.Cart:7', log: x}");
        JsonNode other = of("{id: b, at: 'shop.Cart:8', log: y}");

        assertThat(one.get("uid").asText()).isEqualTo(other.get("uid").asText()).hasSizeLessThanOrEqualTo(40);
        assertThat(one.at("/templating/list/0/current/value").asText()).isEqualTo("my-prometheus");
    }

    private static JsonNode of(String yaml) throws Exception {
        Probe probe = ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.systemUTC());
        return new ObjectMapper().readTree(Json.writeIndented(ProbeDashboard.of(List.of(probe), LOOK)));
    }

    private static List<String> queries(JsonNode dashboard) {
        return dashboard.findValuesAsText("expr");
    }

    private static JsonNode panel(JsonNode dashboard, String title) {
        for (JsonNode panel : dashboard.get("panels")) {
            if (panel.get("title").asText().equals(title)) {
                return panel;
            }
        }
        throw new AssertionError("no panel " + title + " in " + dashboard.findValuesAsText("title"));
    }

    private static String unit(JsonNode dashboard, String title) {
        return panel(dashboard, title).at("/fieldConfig/defaults/unit").asText();
    }

    private static boolean overlap(JsonNode a, JsonNode b) {
        return overlap(a, b, "x", "w") && overlap(a, b, "y", "h");
    }

    private static boolean overlap(JsonNode a, JsonNode b, String start, String length) {
        return a.get(start).asInt() < b.get(start).asInt() + b.get(length).asInt()
                && b.get(start).asInt() < a.get(start).asInt() + a.get(length).asInt();
    }
}
