package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** A command that sets a probe with one metric. */
abstract class MetricCommand extends LocatedCommand {
    @Mixin
    private MetricOptions metricOptions;

    @Mixin
    private BesideOption beside;

    /**
     * @param kind of the metric, which is also the command's name
     * @param given its name, and perhaps its value, as written
     * @param needsValue whether there is none to go without
     * @param example of a whole command, for people
     */
    final Map<String, Object> metric(String kind, List<String> given, boolean needsValue, String example) {
        String metric = OneText.of(given, "the metric", example);
        return Map.of(kind, metricOptions.metric("plumb " + kind + " LOCATION", metric, needsValue, beside));
    }
}
