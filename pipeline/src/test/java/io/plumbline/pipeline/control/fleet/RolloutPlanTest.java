package io.plumbline.pipeline.control.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.Pauses;
import io.plumbline.config.wire.ProbeCost;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.RolloutStage.Step;
import io.plumbline.pipeline.control.fleet.Registry.Seen;
import io.plumbline.pipeline.control.fleet.RolloutPlan.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutPlanTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_763_892_000_000L);
    private static final Probe PROBE = ProbeReader.wire("{\"id\":\"p\",\"version\":2,\"at\":\"X:1\",\"log\":\"hi\","
            + "\"rollout\":{\"first\":1,\"then\":\"50%\",\"max-cost\":\"1%\",\"max-cpu\":\"20%\"}}");

    private final List<Seen> instances = new ArrayList<>();
    private final Map<String, ProbeReport> reports = new HashMap<>();

    private void instance(String id, double cpu, Instant at, boolean running) {
        instances.add(new Seen(
                new InstanceReport(id, Map.of(), "", NOW, at, running, Map.of(), cpu, Pauses.NONE, Map.of()), at));
    }

    private void instances(int count) {
        for (int i = 0; i < count; i++) {
            instance("i" + i, InstanceReport.UNKNOWN, NOW, true);
        }
    }

    private void report(String instance, long version, ProbeState state, double share) {
        ProbeCost cost = new ProbeCost(0, 0, 1, 0, 0, share, 0);
        reports.put(
                instance,
                new ProbeReport("p", version, instance, state, "why", List.of(), 0, Map.of(), cost, 0, 0, NOW));
    }

    private RolloutPlan plan() {
        return new RolloutPlan(PROBE, instances, reports, NOW);
    }

    private static RolloutStage onI0(Map<String, Double> cpuBefore) {
        return new RolloutStage("p", 2, Step.FIRST, Set.of("i0"), 0, "", NOW.minusSeconds(20), cpuBefore);
    }

    private Health health() {
        return plan().health(onI0(Map.of()));
    }

    @Test
    void first_takesSoMany_andWhatTheyTookBefore() {
        instance("a", 30, NOW, true);
        instance("gone", 1, NOW.minus(Duration.ofMinutes(1)), true);

        RolloutStage first = plan().first();

        assertThat(first.instances()).containsExactly("a");
        assertThat(first.cpuBefore()).isEqualTo(Map.of("a", 30.0));
        assertThat(first.version()).isEqualTo(2);
        assertThat(first.admits("b")).isFalse();
    }

    @Test
    void canBegin_nobodyRuns_isFalse() {
        instance("ended", 1, NOW, false);

        assertThat(plan().canBegin()).isFalse();
    }

    @Test
    void after_firstShareAllDone_eachWiderThanTheOneBefore() {
        instances(40);
        RolloutStage first = plan().first();

        RolloutStage share = plan().after(first);
        RolloutStage all = plan().after(share);
        RolloutStage done = plan().after(all);

        assertThat(List.of(first.step(), share.step(), all.step(), done.step()))
                .containsExactly(Step.FIRST, Step.SHARE, Step.ALL, Step.DONE);
        assertThat(share.instances()).hasSizeBetween(10, 30).containsAll(first.instances());
        assertThat(all.instances()).hasSize(40);
        assertThat(done.admits("whoever comes later")).isTrue();
    }

    @Test
    void after_aShareThatAddsNobody_isLeftOut() {
        instances(1);

        assertThat(plan().after(plan().first()).step()).isEqualTo(Step.ALL);
    }

    @Test
    void health_installed_isCalm_othersWait() {
        instances(2);
        assertThat(health().words()).isEqualTo("no word yet from i0");

        report("i0", 1, ProbeState.EMITTING, 0);
        assertThat(health().kind()).isEqualTo(Health.Kind.WAITING);
        report("i0", 2, ProbeState.PENDING, 0);
        assertThat(health()).isEqualTo(Health.waiting("why on i0"));
        report("i0", 2, ProbeState.OFF, 0);
        assertThat(health()).isEqualTo(Health.waiting("it is off on i0"));
        report("i0", 2, ProbeState.INSTALLED, 0.009);
        assertThat(health()).isEqualTo(Health.CALM);
        report("i0", 2, ProbeState.EXPIRED, 0);
        assertThat(health()).isEqualTo(Health.CALM);
    }

    @Test
    void health_suspendedRejectedOrDear_isHarm() {
        instances(2);
        report("i1", 2, ProbeState.REJECTED, 0);
        report("i0", 2, ProbeState.SUSPENDED, 0);
        assertThat(health()).isEqualTo(Health.harm("suspended on i0: why"));
        report("i0", 2, ProbeState.REJECTED, 0);
        assertThat(health()).isEqualTo(Health.harm("rejected on i0: why"));
        report("i0", 2, ProbeState.EMITTING, 0.021);
        assertThat(health()).isEqualTo(Health.harm("it costs 2.1% of a core on i0, more than 1%"));
    }

    @Test
    void health_theProcessTakesMore_isHarm_onceItIsKnown() {
        report("i0", 2, ProbeState.EMITTING, 0);
        instance("i0", 99, NOW.minusSeconds(30), true);
        assertThat(plan().health(onI0(Map.of("i0", 30.0))))
                .isEqualTo(Health.waiting("the CPU time of i0 is not known yet"));

        instances.clear();
        instance("i0", 49, NOW, true);
        assertThat(plan().health(onI0(Map.of("i0", 30.0)))).isEqualTo(Health.CALM);
        instances.clear();
        instance("i0", 51.26, NOW, true);
        assertThat(plan().health(onI0(Map.of("i0", 30.0))))
                .isEqualTo(Health.harm("the process i0 takes 51.3% of a core, 30% before; it may take 20% more"));
    }

    @Test
    void health_anInstanceFallsSilent_isHarm_oneThatEndsIsNot() {
        instance("i0", 1, NOW.minus(Duration.ofMinutes(1)), true);
        assertThat(health()).isEqualTo(Health.harm("i0 is not heard of any more since it has the probe"));

        instances.clear();
        instance("i0", 1, NOW, false);
        assertThat(health()).isEqualTo(Health.waiting("no running instance has it"));
    }
}
