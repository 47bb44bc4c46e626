package io.plumbline.config.probe;

import java.util.Set;
import java.util.regex.Pattern;

/** What metrics and labels may be called. */
final class MetricNames {
    /** OpenTelemetry's instrument name syntax (specification, metrics API). */
    private static final Pattern METRIC = Pattern.compile("[a-zA-Z][a-zA-Z0-9_./-]{0,254}");

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.]{0,127}");

    /** Given to every series by the pipeline, or taken by Prometheus itself. */
    private static final Set<String> RESERVED = Set.of("service", "instance", "probe", "job", "le", "quantile");

    private MetricNames() {}

    static String metric(String name) {
        if (!METRIC.matcher(name).matches()) {
            throw new IllegalArgumentException("a metric's name starts with a letter and goes on with letters, digits"
                    + " and _ . - /; this does not: '" + name + "'");
        }
        return name;
    }

    static String label(String name) {
        if (!LABEL.matcher(name).matches() || name.startsWith("__")) {
            throw new IllegalArgumentException("a label's name starts with a letter or _ and goes on with letters,"
                    + " digits, _ and .; this does not: '" + name + "'");
        }
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException(
                    "the label '" + name + "' is set by the pipeline or by Prometheus; choose another name");
        }
        return name;
    }
}
