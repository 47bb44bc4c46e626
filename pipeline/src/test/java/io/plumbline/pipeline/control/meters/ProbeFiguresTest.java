package io.plumbline.pipeline.control.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.Pauses;
import io.plumbline.config.wire.ProbeCost;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.ProbeState;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Turns of reports, as a control plane hears them between scrapes. */
class ProbeFiguresTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:31:07Z");

    private final ProbeFigures figures = new ProbeFigures();
    private final Map<String, InstanceReport> known = new HashMap<>(Map.of(
            "shop-1", instance("shop-1", "shop"),
            "shop-2", instance("shop-2", "shop"),
            "pay-1", instance("pay-1", "payments")));

    @Test
    void counters_addUpTheInstancesOfAService() {
        turn(report("shop-1", 10), report("shop-2", 5), report("pay-1", 1));

        assertThat(values("plumbline_probe_hits"))
                .containsOnly(Map.entry("p shop", 15.0), Map.entry("p payments", 1.0));
    }

    @Test
    void counters_goOn_whenAnInstanceLeaves_andWhenItIsHeardOfAgain() {
        turn(report("shop-1", 10), report("shop-2", 5));
        turn(report("shop-1", 12));
        assertThat(values("plumbline_probe_hits")).containsEntry("p shop", 17.0);

        turn(report("shop-1", 12), report("shop-2", 9));

        assertThat(values("plumbline_probe_hits")).containsEntry("p shop", 21.0);
    }

    @Test
    void counters_takeACountThatBeganAnew_asNew() {
        turn(report("shop-1", 100));

        turn(report("shop-1", 3));

        assertThat(values("plumbline_probe_hits")).containsEntry("p shop", 103.0);
    }

    /** Otherwise every restart of a control plane would look like all hits of all time in one moment. */
    @Test
    void begin_countsFromThere_andTheSeriesAreThere() {
        turn(report("shop-1", 1_000));
        figures.begin();
        assertThat(values("plumbline_probe_hits")).containsEntry("p shop", 0.0);

        turn(report("shop-1", 1_004));

        assertThat(values("plumbline_probe_hits")).containsEntry("p shop", 4.0);
    }

    @Test
    void removedProbe_hasNoSeriesAnyMore_andBeginsAnewWhenItIsSetAgain() {
        turn(report("shop-1", 10));
        figures.startTurn(known);
        figures.endTurn();
        assertThat(values("plumbline_probe_hits")).isEmpty();
        assertThat(values("plumbline_probe_instances")).isEmpty();

        turn(report("shop-1", 2));

        assertThat(values("plumbline_probe_hits")).containsEntry("p shop", 2.0);
    }

    @Test
    void costs_areAddedUp_andTheLargestIsToldToo() {
        turn(report("shop-1", 10, 0.004), report("shop-2", 5, 0.001));

        assertThat(values("plumbline_probe_cost_cores")).containsEntry("p shop", 0.005);
        assertThat(values("plumbline_probe_cost_cores_max")).containsEntry("p shop", 0.004);
        assertThat(values("plumbline_probe_hit_seconds")).containsEntry("p shop", 2.5e-7);
    }

    @Test
    void troubles_haveOneReasonForEachService() {
        turn(
                state("shop-1", ProbeState.SUSPENDED, "costs 3.1 %\n of a core"),
                state("shop-2", ProbeState.SUSPENDED, "costs 3.2 %"));

        assertThat(values("plumbline_probe_instances")).containsOnly(Map.entry("p shop suspended", 2.0));
        assertThat(values("plumbline_probe_trouble_instances"))
                .containsOnly(Map.entry("p costs 3.1 % of a core shop suspended", 1.0));
    }

    /** Metrics are read without a token. */
    @Test
    void troubles_tellNothingThatTheProgramSaid() {
        turn(state(
                "shop-1", ProbeState.SUSPENDED, "stopped by an error: java.lang.NumberFormatException: \"4111-1111\""));

        assertThat(values("plumbline_probe_trouble_instances").toString())
                .contains("stopped by an error")
                .doesNotContain("4111");
    }

    @Test
    void manyCauses_shareOneSeries() {
        Map<String, Long> causes = new HashMap<>();
        for (int i = 0; i < Families.MOST + 100; i++) {
            causes.put("cause-" + i, 1L);
        }

        turn(new ProbeReport(
                "p", 1, "shop-1", ProbeState.EMITTING, "", List.of(), 1, causes, ProbeCost.NONE, 0, 0, NOW));

        Map<String, Double> dropped = values("plumbline_probe_dropped");
        assertThat(dropped).hasSizeLessThanOrEqualTo(Families.MOST + 1);
        assertThat(dropped.values().stream().mapToDouble(count -> count).sum()).isEqualTo(Families.MOST + 100);
    }

    private void turn(ProbeReport... reports) {
        figures.startTurn(known);
        figures.defined("p");
        for (ProbeReport report : reports) {
            figures.report(report);
        }
        figures.endTurn();
    }

    /** By the labels' values, in the order of the labels' names. */
    private Map<String, Double> values(String name) {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        figures.addTo(all);
        Map<String, Double> values = new TreeMap<>();
        for (MetricSnapshot family : all.build()) {
            if (family.getMetadata().getName().equals(name) && family instanceof CounterSnapshot counters) {
                counters.getDataPoints().forEach(point -> values.put(labels(point.getLabels()), point.getValue()));
            } else if (family.getMetadata().getName().equals(name) && family instanceof GaugeSnapshot gauges) {
                gauges.getDataPoints().forEach(point -> values.put(labels(point.getLabels()), point.getValue()));
            }
        }
        return values;
    }

    private static String labels(io.prometheus.metrics.model.snapshots.Labels labels) {
        return labels.stream().map(label -> label.getValue()).reduce("", (one, other) -> (one + " " + other).strip());
    }

    private static ProbeReport report(String instance, long hits) {
        return report(instance, hits, 0);
    }

    private static ProbeReport report(String instance, long hits, double share) {
        ProbeCost cost = new ProbeCost(hits, 0, 1, 0, 250, share, 0);
        return new ProbeReport("p", 1, instance, ProbeState.EMITTING, "", List.of(), hits, Map.of(), cost, 0, 0, NOW);
    }

    private static ProbeReport state(String instance, ProbeState state, String reason) {
        return new ProbeReport("p", 1, instance, state, reason, List.of(), 0, Map.of(), ProbeCost.NONE, 0, 0, NOW);
    }

    private static InstanceReport instance(String id, String service) {
        return new InstanceReport(
                id, Map.of("service", service), "1", NOW, NOW, true, Map.of(), 1, Pauses.NONE, Map.of());
    }
}
