package io.plumbline.exporters.signal;

/** The kinds of signals, each with a topic of its own. An exporter says which of them it takes. */
public enum SignalKind {
    /** {@link LogSignal}, on the wire OTLP {@code LogsData}. */
    LOG,
    /** {@link MetricSignal}, on the wire OTLP {@code MetricsData}. */
    METRIC,
    /** {@link SpanSignal}, on the wire OTLP {@code TracesData}. */
    SPAN
}
