package io.plumbline.agent.weave;

import static io.plumbline.agent.weave.WeaveFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cases.Arrivals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A probe that changes at its place gets new code; the class is not woven again. */
class ReloadTest {
    private final WeaveFixture fixture = new WeaveFixture();
    private final Arrivals arrivals = new Arrivals();

    @BeforeEach
    void load() {
        arrivals.wide(0, 0);
    }

    @AfterEach
    void restore() {
        fixture.close();
    }

    private WeaveFixture.RecordingTap set(String rest) {
        return fixture.set(at(Arrivals.class, "wide", rest));
    }

    @Test
    void apply_otherTemplate_newCodeSameClass() {
        var first = set("log: 'a={a}'");
        arrivals.wide(1, 2);
        long weaves = fixture.weaver.weaves("p");

        var second = set("log: 'd={d} x={x}'");
        arrivals.wide(1, 2);

        assertThat(first.events).containsExactly("1L");
        assertThat(second.events).containsExactly("2.0d|2L");
        assertThat(fixture.weaver.weaves("p")).isEqualTo(weaves).isEqualTo(1);
    }

    @Test
    void apply_otherCondition_newCodeSameClass() {
        set("if: a > 5, log: 'a={a}'");
        arrivals.wide(1, 2);

        var second = set("if: a < 5, log: 'a={a}'");
        arrivals.wide(1, 2);

        assertThat(second.events).containsExactly("1L");
        assertThat(fixture.weaver.weaves("p")).isEqualTo(1);
    }

    @Test
    void apply_otherLimits_newTapSameClass() {
        var first = set("log: 'a={a}'");
        arrivals.wide(1, 2);

        var second = set("log: 'a={a}', limits: {hits: 3}");
        arrivals.wide(1, 2);

        assertThat(first.events).hasSize(1);
        assertThat(second.events).hasSize(1);
        assertThat(fixture.weaver.weaves("p")).isEqualTo(1);
    }

    @Test
    void apply_beforeFirstHit_newCodeSameClass() {
        var first = set("log: 'a={a}'");
        var second = set("log: 'd={d}'");

        arrivals.wide(1, 2);

        assertThat(first.events).isEmpty();
        assertThat(second.events).containsExactly("2.0d");
        assertThat(fixture.weaver.weaves("p")).isEqualTo(1);
    }

    @Test
    void apply_fromBadToGood_becomesInstalled() {
        String bad = at(Arrivals.class, "wide", "log: '{nope}'");
        fixture.set(bad);
        assertThat(fixture.standing(bad).reason()).contains("no variable 'nope' here");

        var good = set("log: '{a}'");
        arrivals.wide(1, 2);

        assertThat(fixture.standing(bad).reason()).isEmpty();
        assertThat(good.events).containsExactly("1L");
    }

    @Test
    void apply_fromGoodToBad_oldCodeIsGone() {
        var good = set("log: '{a}'");
        arrivals.wide(1, 2);

        String bad = at(Arrivals.class, "wide", "log: '{nope}'");
        fixture.set(bad);
        arrivals.wide(1, 2);

        assertThat(good.events).hasSize(1);
        assertThat(fixture.standing(bad).reason()).contains("no variable 'nope' here");
    }

    @Test
    void apply_otherLine_movesTheSite() {
        var first = set("log: '{a}'");
        arrivals.wide(1, 2);

        var second = fixture.set(at(Arrivals.class, "plain", "log: '{a}'"));
        arrivals.wide(1, 2);
        arrivals.plain(9);

        assertThat(first.events).hasSize(1);
        assertThat(second.events).containsExactly("9");
    }

    @Test
    void apply_fromJdkClassToOwn_oldRefusalIsForgotten() {
        String jdk = "{id: p, at: 'java.lang.String:100', count: hits}";
        fixture.set(jdk);
        assertThat(fixture.standing(jdk).reason()).startsWith("this class of the JDK is not probed");

        String later = "{id: p, at: 'shop.NotThere:100', count: hits}";
        fixture.set(later);

        assertThat(fixture.standing(later).reason())
                .startsWith("no class shop.NotThere is loaded in this program; the probe waits for it");
    }
}
