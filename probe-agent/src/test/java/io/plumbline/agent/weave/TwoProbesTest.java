package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.cases.Arrivals;
import io.plumbline.config.wire.ProbeState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Probes at one line do not feel each other. */
class TwoProbesTest {
    private final WeaveFixture fixture = new WeaveFixture();
    private final Arrivals arrivals = new Arrivals();

    @AfterEach
    void restore() {
        fixture.close();
    }

    private static String probe(String id, String rest) {
        return "{id: " + id + ", at: 'io.plumbline.cases.Arrivals:" + WeaveFixture.line(Arrivals.class, "plain") + "', "
                + rest + "}";
    }

    @Test
    void apply_oneBad_otherHits() {
        var good = new WeaveFixture.RecordingTap();
        var bad = new WeaveFixture.RecordingTap();
        String badYaml = probe("bad", "log: '{nope}'");
        String goodYaml = probe("good", "log: '{a}'");
        fixture.weaver.apply(List.of(WeaveFixture.armed(badYaml, bad), WeaveFixture.armed(goodYaml, good)), List.of());

        arrivals.plain(7);

        assertThat(good.events).containsExactly("7");
        assertThat(bad.events).isEmpty();
        assertThat(fixture.standing(goodYaml).state()).isEqualTo(ProbeState.INSTALLED);
        assertThat(fixture.standing(badYaml).state()).isEqualTo(ProbeState.REJECTED);
    }

    @Test
    void hit_oneThrows_otherHits() {
        var throwing = fixture.set(probe("throwing", "if: 1 / (a - a) > 0, log: '{a}'"));
        var good = fixture.set(probe("good", "log: '{a}'"));

        assertThat(arrivals.plain(7)).isEqualTo(8);

        assertThat(throwing.failure).isInstanceOf(ArithmeticException.class);
        assertThat(good.events).containsExactly("7");
    }

    @Test
    void hit_tapThrows_applicationIsUnharmed() {
        var broken = new WeaveFixture.RecordingTap() {
            @Override
            public synchronized Lane enter() {
                throw new IllegalStateException("broken tap");
            }

            @Override
            public synchronized void failed(Throwable thrown) {
                throw new StackOverflowError("broken too");
            }
        };
        fixture.weaver.apply(List.of(WeaveFixture.armed(probe("broken", "count: hits"), broken)), List.of());
        var good = fixture.set(probe("good", "count: hits"));

        assertThat(arrivals.plain(7)).isEqualTo(8);

        assertThat(good.admitted).isEqualTo(1);
    }

    @Test
    void hit_severalLinesAndProbes_eachCountsItsOwn() {
        var plain = fixture.set(probe("plain", "count: hits"));
        var wide = fixture.set(
                "{id: wide, at: 'Arrivals:" + WeaveFixture.line(Arrivals.class, "wide") + "', count: hits}");

        arrivals.plain(1);
        arrivals.wide(1, 1);
        arrivals.wide(1, 1);

        assertThat(plain.admitted).isEqualTo(1);
        assertThat(wide.admitted).isEqualTo(2);
    }
}
