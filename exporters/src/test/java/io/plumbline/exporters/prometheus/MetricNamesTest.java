package io.plumbline.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples of the OpenTelemetry specification, "Prometheus and OpenMetrics Compatibility". */
class MetricNamesTest {

    @ParameterizedTest
    @CsvSource({
        "ms,milliseconds",
        "s,seconds",
        "By,bytes",
        "KiBy,kibibytes",
        "%,percent",
        "requests,requests",
        "{request},''",
        "'',''",
        "m/s,meters_per_second",
        "By/s,bytes_per_second",
        "{packet}/s,_per_second",
        "widget-parts,widget_parts",
        "'  ms ',milliseconds",
        "1,''"
    })
    void unit_ofCounter(String otel, String expected) {
        assertThat(MetricNames.unit(otel, false)).isEqualTo(expected.replaceAll("^_", ""));
    }

    @ParameterizedTest
    @CsvSource({"1,ratio", "ms,milliseconds"})
    void unit_ofGauge(String otel, String expected) {
        assertThat(MetricNames.unit(otel, true)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "(lambda).function.executions(#),'',lambda_function_executions",
        "system.filesystem.usage,bytes,system_filesystem_usage_bytes",
        "request.duration.milliseconds,milliseconds,request_duration_milliseconds",
        "http..latency__x,'',http_latency_x",
        "2xx.responses,'',_2xx_responses",
        "größe,'',gr_e",
        "$$,'',_",
    })
    void family_ofGauge(String otel, String unit, String expected) {
        assertThat(MetricNames.family(otel, unit, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "cart.adds,'',cart_adds",
        "cart.adds_total,'',cart_adds",
        "io_total,bytes,io_bytes",
        "hits,total,hits",
        "a_total_total,'',a"
    })
    void family_ofCounter_lacksTotal(String otel, String unit, String expected) {
        assertThat(MetricNames.family(otel, unit, true)).isEqualTo(expected);
    }
}
