package io.plumbline.config.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.config.text.InvalidInputException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Instant AT = Instant.ofEpochMilli(1_763_892_000_123L);

    @Test
    void instanceReport_comesBack() {
        InstanceReport report = new InstanceReport(
                "shop-1-a",
                Map.of("service", "shop", "jvm", "ü \"x\""),
                "0.1.0",
                AT,
                AT.plusMillis(5),
                false,
                Map.of("buffer-full", 7L),
                12.5,
                new Pauses(3, 4_000_000, 9_000_000),
                Map.of("forged", 2L));

        assertThat(InstanceReport.parse(report.json())).isEqualTo(report);
        assertThat(report.service()).isEqualTo("shop");
        assertThat(report.isAlive(AT)).isFalse();
    }

    @Test
    void instanceReport_silentForLong_isGone() {
        InstanceReport report = new InstanceReport("i", Map.of(), "", AT, AT, true, Map.of(), 0, Pauses.NONE, Map.of());

        assertThat(report.isAlive(AT.plusSeconds(34))).isTrue();
        assertThat(report.isAlive(AT.plusSeconds(35))).isFalse();
    }

    @Test
    void instanceReport_ofAnAgentThatKnowsNoPauses_hasNone() {
        String json = new InstanceReport("i", Map.of(), "", AT, AT, true, Map.of(), 0, Pauses.NONE, Map.of()).json();
        String earlier = json.replaceFirst(",\"pauses\":\\{[^}]*}", "");

        assertThat(earlier).doesNotContain("pauses");
        assertThat(InstanceReport.parse(earlier).pauses()).isEqualTo(Pauses.NONE);
    }

    @Test
    void pauses_thatCannotBe_areRefused() {
        assertThatThrownBy(() -> new Pauses(1, 5, 4)).hasMessageContaining("the longest no longer than all");
        assertThatThrownBy(() -> new Pauses(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void exporterReport_comesBack_andLaterKeysArePassedOver() {
        ExporterReport report = new ExporterReport(
                new ExportingProcess("7f", "web-1", 4711, AT),
                "errors",
                "retrying",
                Map.of("log", 40L, "span", 2L),
                Map.of("", Map.of("log", 1L), "p", Map.of("log", 39L, "span", 2L)),
                3,
                4,
                Map.of("rejected", 5L),
                Map.of("otlp_logs-0", 6L, "otlp_logs-1", 0L),
                12.5,
                "503: \"busy\"",
                Map.of("trace", "http://jaeger/trace/"));

        assertThat(ExporterReport.parse(report.json())).isEqualTo(report);
        assertThat(ExporterReport.parse(report.json().replaceFirst("\\{", "{\"later\":[1],")))
                .isEqualTo(report);
        assertThat(report.key()).isEqualTo("7f/errors");
        assertThat(report.deliveredInAll()).isEqualTo(42);
        assertThat(report.lostInAll()).isEqualTo(5);
        assertThat(report.lagInAll()).isEqualTo(6);
    }

    @Test
    void probeReport_comesBack() {
        ProbeReport report = new ProbeReport(
                "p",
                3,
                "i",
                ProbeState.EMITTING,
                "because\nof",
                List.of(
                        new SiteReport("shop.Order", "app", "pay(I)V", 0, ProbeState.INSTALLED, ""),
                        new SiteReport("shop.Order", "app", "pay(I)V", 1, ProbeState.REJECTED, "no")),
                9,
                Map.of("rate", 2L),
                new ProbeCost(1_000, 991, 50, 7, 12.5, 0.004, 99.5),
                1,
                123_456_789L,
                AT);

        assertThat(ProbeReport.parse(report.json())).isEqualTo(report);
        assertThat(report.installedSites()).isEqualTo(1);
        assertThat(report.key()).isEqualTo("i/p");
        assertThat(report.stateInWords()).isEqualTo("emitting");
    }

    @Test
    void probeReport_withoutCost_hasNone() {
        ProbeReport report = ProbeReport.parse("{\"probe\": \"p\", \"instance\": \"i\", \"state\": \"sampling\"}");

        assertThat(report.cost()).isEqualTo(ProbeCost.NONE);
        assertThat(report.stateInWords()).isEqualTo("sampling 1/1");
    }

    @Test
    void linesReply_comesBack() {
        LinesReply reply = new LinesReply(
                "r",
                "i",
                List.of(new LinesReply.Line(
                        "shop.Order",
                        "Util.kt",
                        7,
                        "pay(I)V",
                        2,
                        List.of("loop", "statement"),
                        List.of("this: shop.Order", "n: int"))),
                "",
                List.of(new LinesReply.Source("shop/Util.kt", "0a1b")));

        assertThat(LinesReply.parse(reply.json())).isEqualTo(reply);
    }

    @Test
    void linesRequest_comesBack() {
        LinesRequest request = new LinesRequest("r", "i", "Order.java");

        assertThat(LinesRequest.parse(request.json())).isEqualTo(request);
    }

    @Test
    void switch_comesBack() {
        Switch some = new Switch(true, Set.of("a", "b"), Set.of("p"));

        assertThat(Switch.parse(some.json())).isEqualTo(some);
        assertThat(Switch.parse("{}")).isEqualTo(Switch.ON);
        assertThat(new Switch(false, Set.of("a"), Set.of()).isOff("a", "p")).isTrue();
        assertThat(new Switch(false, Set.of(), Set.of("p")).isOff("a", "p")).isTrue();
        assertThat(Switch.ON.isOff("a", "p")).isFalse();
    }

    @Test
    void parse_wrongShape_isRefusedWithPlace() {
        for (String json : List.of("{\"probes\":[[1]]}", "{\"probes\":{\"a\":1}}", "{\"fleet\":\"yes\"}", "[]")) {
            assertThatThrownBy(() -> Switch.parse(json)).isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(
                        () -> LinesReply.parse(
                                "{\"id\":\"a\",\"instance\":\"b\",\"lines\":[{\"class\":\"X\",\"method\":\"m\",\"variables\":[{}]}]}"))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> LinesRequest.parse("{\"id\":\"a\"}"))
                .hasMessageContaining("a request needs 'instance'");
    }
}
