package io.plumbline.pipeline.control.probes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.YamlText;
import java.time.Clock;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

final class MetricClashesTest {
    private static final String COUNT = "count: {name: orders.placed, labels: {tier: t}}";

    @Test
    void sameMetric_mayBeShared() {
        assertThatCode(() -> MetricClashes.check(probes("new", COUNT), probes("old", COUNT)))
                .doesNotThrowAnyException();
    }

    @Test
    void otherKind_isRefused_namingTheOtherProbe() {
        refuses("gauge: {name: orders.placed, value: n, labels: {tier: t}}")
                .hasMessage(
                        "probe 'new': the metric 'orders.placed' clashes with probe 'old': it is a count there and a"
                                + " gauge here; give it another name, or make both the same, or remove the other (plumb probe rm"
                                + " old)");
    }

    @Test
    void otherUnitLabelsOrSpelling_isRefused() {
        refuses("count: {name: orders.placed, unit: EUR, labels: {tier: t}}")
                .hasMessageContaining("it has no unit there and the unit 'EUR' here");
        refuses("count: {name: orders.placed, labels: {country: c}}")
                .hasMessageContaining("the labels [tier] there and [country] here");
        refuses("count: {name: orders_placed_total, labels: {tier: t}}")
                .hasMessageContaining("is written 'orders.placed' there");
    }

    @Test
    void nameThatPrometheusDerives_isRefused() {
        assertThatThrownBy(() -> MetricClashes.check(
                        probes("new", "gauge: {name: order.total.sum, value: n}"),
                        probes("old", "histogram: {name: order.total, value: n}")))
                .hasMessageContaining("would share a name in Prometheus with the histogram 'order.total' there");
    }

    @Test
    void otherBuckets_areRefused() {
        assertThatThrownBy(() -> MetricClashes.check(
                        probes("new", "histogram: {name: h, value: n, buckets: [1, 2]}"),
                        probes("old", "histogram: {name: h, value: n, buckets: [1, 3]}")))
                .hasMessageContaining("the buckets [1.0, 3.0] there and [1.0, 2.0] here");
    }

    @Test
    void twoActionsOfOneProbe_areComparedToo() {
        assertThatThrownBy(() -> MetricClashes.check(probes("new", "count: [orders, orders]"), List.of()))
                .hasMessageContaining("with another action of the same probe: it stands there twice");
    }

    private static AbstractThrowableAssert<?, ?> refuses(String action) {
        return assertThatThrownBy(() -> MetricClashes.check(probes("new", action), probes("old", COUNT)));
    }

    private static List<Probe> probes(String id, String action) {
        String yaml = "id: " + id + "\nat: shop.OrderService:42\n" + action + "\n";
        return ProbeReader.writtenAll(YamlText.read(yaml, "test"), Clock.systemUTC());
    }
}
