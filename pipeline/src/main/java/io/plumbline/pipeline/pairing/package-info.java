/**
 * Pairs the hits of span probes' points that do not meet on one thread: spans to {@code otlp_spans}, their durations and what
 * was waited for in vain to {@code otlp_metrics}, examples of the latter to {@code otlp_logs}. Start reading at {@link
 * io.plumbline.pipeline.pairing.Pairer}.
 */
package io.plumbline.pipeline.pairing;
