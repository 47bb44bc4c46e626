package io.plumbline.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.YamlText;
import io.plumbline.config.wire.ProbeCost;
import io.plumbline.config.wire.ProbeState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, RunningProbe> running = new LinkedHashMap<>();
    private Duration passed = Duration.ZERO;
    private final Looks looks = new Looks(() -> passed.toNanos());

    private void runs(String id, String more) {
        String yaml = "{id: " + id + ", at: 'shop.Order:1', count: hits" + more + "}";
        Probe probe = ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.fixed(START, ZoneOffset.UTC));
        running.put(id, new RunningProbe(probe));
    }

    /** Whom it is looked at, and who goes on as before. */
    private List<String> look(ProbeState state, String... stirred) {
        List<RunningProbe> due = List.copyOf(looks.due(running, Set.of(stirred), START.plus(passed)));
        for (RunningProbe one : due) {
            looks.goesOn(
                    one,
                    new Probing.Status(state, "", List.of(), 0, Map.of(), ProbeCost.NONE, 1, null, false, one.probe()));
        }
        return due.stream().map(one -> one.probe().id()).toList();
    }

    private List<String> lookAfter(Duration time, String... stirred) {
        passed = passed.plus(time);
        return look(ProbeState.INSTALLED, stirred);
    }

    @Test
    void due_nothingHappens_onceOnly() {
        runs("a", "");
        runs("b", "");

        assertThat(look(ProbeState.INSTALLED)).containsExactly("a", "b");
        assertThat(lookAfter(Duration.ofMillis(100))).isEmpty();
        assertThat(lookAfter(Duration.ofSeconds(5))).isEmpty();
        assertThat(lookAfter(Looks.ALL_EVERY)).containsExactly("a", "b");
    }

    @Test
    void due_stirred_thatOne() {
        runs("a", "");
        runs("b", "");
        look(ProbeState.INSTALLED);

        assertThat(lookAfter(Duration.ofMillis(100), "b", "gone")).containsExactly("b");
        looks.again(running.get("a"));
        assertThat(lookAfter(Duration.ofMillis(100))).containsExactly("a");
        assertThat(lookAfter(Duration.ofMillis(100))).isEmpty();
        looks.atAll();
        assertThat(lookAfter(Duration.ofMillis(100))).containsExactly("a", "b");
    }

    @Test
    void due_timeIsOver_atThatMoment() {
        runs("brief", ", for: 5s");
        runs("long", ", for: 1h");
        look(ProbeState.INSTALLED);

        assertThat(lookAfter(Duration.ofMillis(4_999))).isEmpty();
        assertThat(lookAfter(Duration.ofMillis(1))).contains("brief");
    }

    @Test
    void due_waitsForItsClass_onceASecond() {
        runs("a", "");
        look(ProbeState.PENDING);
        passed = passed.plusMillis(500);

        assertThat(look(ProbeState.PENDING)).isEmpty();
        passed = passed.plusMillis(500);
        assertThat(look(ProbeState.PENDING)).containsExactly("a");
        assertThat(look(ProbeState.PENDING)).isEmpty();
    }

    /** What other instances claim, and what another thread does, nobody says. */
    @Test
    void due_decidedElsewhere_always() {
        String log = ", log: {template: paid, beside: true}";
        runs("plain", "");
        runs("beside", log);
        running.put("shared", new RunningProbe(shared()));
        look(ProbeState.INSTALLED);

        assertThat(lookAfter(Duration.ofMillis(100))).containsExactlyInAnyOrder("beside", "shared");
        looks.hasEnded(running.get("shared"));
        assertThat(lookAfter(Duration.ofMillis(100))).containsExactly("beside");
        assertThat(lookAfter(Duration.ofSeconds(1))).containsExactlyInAnyOrder("beside", "shared");
    }

    private static Probe shared() {
        String yaml = "{id: shared, at: 'shop.Order:1', log: paid, limits: {fleet-hits: 3}}";
        return ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.fixed(START, ZoneOffset.UTC));
    }
}
