package io.plumbline.benchmarks;

import java.util.List;
import java.util.Set;

/**
 * One row of the table: a hit beside the line that a person would write for the same.
 *
 * @param hit what the hit does, in words
 * @param byProbe benchmark method
 * @param line the line, in words
 * @param byHand benchmark method
 */
record Comparison(String hit, String byProbe, String line, String byHand) {
    private static final String LOGBACK = "Logback `info` with two values, asynchronous, to a file";

    static final List<Comparison> ALL = List.of(
            new Comparison("condition, false", "conditionByProbe", "`if`, false", "conditionByHand"),
            new Comparison(
                    "condition, true, and count",
                    "conditionTrueByProbe",
                    "`if`, true, and Micrometer `Counter.increment`",
                    "conditionTrueByHand"),
            new Comparison("count", "countByProbe", "`LongAdder.increment`", "countByLongAdder"),
            new Comparison("count", "countByProbe", "Micrometer `Counter.increment`", "countByMicrometer"),
            new Comparison(
                    "count, one label",
                    "labelByProbe",
                    "Micrometer `registry.counter(name, tag, value).increment`",
                    "labelByMicrometer"),
            new Comparison(
                    "count, one label",
                    "labelByProbe",
                    "OpenTelemetry `LongCounter.add` with `Attributes.of`",
                    "labelByOpenTelemetry"),
            new Comparison(
                    "histogram",
                    "histogramByProbe",
                    "OpenTelemetry `DoubleHistogram.record`",
                    "histogramByOpenTelemetry"),
            new Comparison("log, two values", "logByProbe", LOGBACK, "logByLogback"),
            new Comparison("log, over the probe's cap", "logOverCapByProbe", LOGBACK, "logByLogback"),
            new Comparison("log, sampled by default", "surgeByProbe", LOGBACK, "logByLogback"),
            new Comparison("log, out of credit", "outOfCreditByProbe", "`if`, false", "conditionByHand"),
            new Comparison("log, disabled", "disabledByProbe", "`if`, false", "conditionByHand"),
            new Comparison("snapshot of ten locals", "snapshotByProbe", LOGBACK, "logByLogback"),
            new Comparison(
                    "snapshot of ten locals, with its stack", "snapshotWithStackByProbe", LOGBACK, "logByLogback"),
            new Comparison(
                    "span point, by an expression",
                    "pointByProbe",
                    "OpenTelemetry span, start and end, batch processor",
                    "spanByOpenTelemetry"),
            new Comparison(
                    "exception with its cause",
                    "exceptionByProbe",
                    "Logback `warn` with the exception, asynchronous, to a file",
                    "exceptionByLogback"),
            new Comparison("count", "steadyCountByProbe", "Micrometer `Counter.increment`", "steadyCountByMicrometer"),
            new Comparison(
                    "histogram",
                    "steadyHistogramByProbe",
                    "OpenTelemetry `DoubleHistogram.record`",
                    "steadyHistogramByOpenTelemetry"),
            new Comparison("log, two values", "steadyLogByProbe", LOGBACK, "steadyLogByLogback"),
            new Comparison(
                    "span point, by an expression",
                    "steadyPointByProbe",
                    "OpenTelemetry span, start and end, batch processor",
                    "steadySpanByOpenTelemetry"),
            new Comparison("snapshot of ten locals", "steadySnapshotByProbe", LOGBACK, "steadyLogByLogback"));

    private static final Set<String> IN_BURSTS =
            Set.of("logByProbe", "logByLogback", "pointByProbe", "spanByOpenTelemetry");

    /** Fifty thousand a second, by one thread. */
    boolean isSteady() {
        return byProbe.startsWith("steady");
    }

    /** The same program without either. */
    static String baseline(String method) {
        if (method.startsWith("steady")) {
            return "steadyNothing";
        }
        if (method.startsWith("exception")) {
            return "declinedInBursts";
        }
        boolean inBursts = IN_BURSTS.contains(method) || method.startsWith("snapshot");
        return inBursts ? "nothingInBursts" : "nothing";
    }
}
