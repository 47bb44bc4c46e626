package io.plumbline.pipeline.control.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.YamlText;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which probes wait: what a rule says of what a probe could reach. */
class ApprovalRulesTest {
    private static Probe probe(String yaml) {
        return ProbeReader.writtenAll(YamlText.read(yaml, "test"), Clock.systemUTC())
                .get(0);
    }

    private static boolean asks(String rule, String yaml) {
        return ApprovalRules.of(Map.of("control.approval.r", rule))
                .firstFor(probe(yaml), any -> 3)
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{environment: production}; true",
                "{environment: 'prod*'}; true",
                "{environment: '*'}; true",
                "{}; true",
                "{service: shop}; true",
                "{instance: shop-1}; true",
                "{environment: staging}; false",
                "{environment: 'p'}; false"
            })
    void environment_isWhatTheTargetsCouldReach(String on, boolean expected) {
        assertThat(asks("environment=production", "{at: 'X:1', log: x, on: " + on + "}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.pay.Ledger:3, true",
        "shop.pay.Ledger$Entry:3, true",
        "shop.pay.deep.Book#close:exit, true",
        "Ledger:3, true",
        "Ledger.java:3, true",
        "shop.Cart:3, false",
        "shop.payments.Ledger:3, false"
    })
    void classes_areThoseThatALocationCouldMean(String at, boolean expected) {
        assertThat(asks("class=shop.pay.*", "{at: '" + at + "', log: x}")).isEqualTo(expected);
    }

    @Test
    void nestedClasses_belongToTheirs() {
        assertThat(asks("class=shop.Cart$Line", "{at: 'shop.Cart:3', log: x}")).isTrue();
        assertThat(asks("class=shop.Cart$Line", "{at: 'Cart:3', log: x}")).isTrue();
        assertThat(asks("class=shop.Cart", "{at: 'shop.Cart$Line:3', log: x}")).isFalse();
    }

    @Test
    void points_areLocationsToo() {
        String span = "{span: {points: {A: 'shop.Cart:1', B: 'shop.pay.Ledger:2'}, pairs: [A->B]}}";

        assertThat(asks("class=shop.pay.*", span)).isTrue();
        assertThat(asks("class=shop.pay.*,kind=span", span)).isTrue();
        assertThat(asks("class=shop.pay.*,kind=log|metric", span)).isFalse();
    }

    @Test
    void everythingNamed_hasToHold() {
        String rule = "environment=production|live , kind=snapshot|metric";

        assertThat(asks(rule, "{at: 'X:1', snapshot: {}, on: {environment: live}}"))
                .isTrue();
        assertThat(asks(rule, "{at: 'X:1', count: a.b, on: {environment: live}}"))
                .isTrue();
        assertThat(asks(rule, "{at: 'X:1', log: x, on: {environment: live}}")).isFalse();
        assertThat(asks(rule, "{at: 'X:1', snapshot: {}, on: {environment: test}}"))
                .isFalse();
        assertThat(asks("more-than=2", "{at: 'X:1', log: x}")).isTrue();
        assertThat(asks("more-than=3", "{at: 'X:1', log: x}")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';control.approval.r reads like environment=production,kind=snapshot|exception",
                "environment;control.approval.r reads like",
                "colour=red;of class, environment, kind, more-than, service",
                "kind=logs;a kind is one of exception, log, metric, snapshot, span, not logs",
                "more-than=few;more-than is a number of instances, such as more-than=10, not few",
                "kind=log,kind=span;each once"
            })
    void mistakes_sayWhatToDo(String rule, String words) {
        assertThatThrownBy(() -> asks(rule, "{at: 'X:1', log: x}")).hasMessageContaining(words);
    }

    @Test
    void patience_isADayUnlessSaid() {
        assertThat(ApprovalRules.of(Map.of()).patience()).isEqualTo(Duration.ofHours(24));
        assertThat(ApprovalRules.of(Map.of("control.approval-expires", "2h")).patience())
                .isEqualTo(Duration.ofHours(2));
        assertThatThrownBy(() -> ApprovalRules.of(Map.of("control.approval-expires", "90d")))
                .hasMessage("control.approval-expires is more than 0 and up to 14d: 90d");
    }
}
