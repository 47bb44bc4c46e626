package io.plumbline.pipeline.cli;

import static io.plumbline.pipeline.cli.Given.put;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What can be said of a metric beside its name and value. */
final class MetricOptions {
    @Option(names = "--unit", paramLabel = "U", description = "The metrics' unit, such as ms, By or EUR.")
    private String unit;

    @Option(names = "--label", paramLabel = "NAME=EXPR", description = "A label of the metrics.")
    private Map<String, String> labels = Map.of();

    /**
     * One metric as a definition has it.
     *
     * @param asked the option or command that the text was given to, for the error
     * @param text {@code NAME=EXPR}, or {@code NAME} where no value is needed
     * @throws Failure where the value is missing
     */
    Map<String, Object> metric(String asked, String text, boolean needsValue, BesideOption beside) {
        int equals = text.indexOf('=');
        if (needsValue && equals < 1) {
            throw Failure.badInput(asked + " reads NAME=EXPR, such as " + asked + " order.total=total: " + text);
        }
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("name", equals < 0 ? text : text.substring(0, equals));
        put(metric, "value", equals < 0 ? null : text.substring(equals + 1));
        put(metric, "unit", unit);
        put(metric, "labels", labels);
        put(metric, "beside", beside.form());
        return metric;
    }
}
