/**
 * What a hit emits, as immutable values, and the one place that reads OTLP protobuf.
 *
 * <p>Nothing outside this package sees the protobuf classes, so that exporters are written against plain values. A new
 * kind of signal is a record here, a constant in {@link io.plumbline.exporters.signal.SignalKind} and a branch in
 * {@link io.plumbline.exporters.signal.OtlpDecoder}.
 */
package io.plumbline.exporters.signal;
