// @ts-check
/** Spans as signals, put to scale. Pure. */

/** @param {any[]} spans of one request, in the API's form of a signal */
export function barsOf(spans) {
  const begin = Math.min(...spans.map((one) => one.startMicros));
  const bars = spans.map((one) => barOf(one, begin)).sort((a, b) => a.offsetMicros - b.offsetMicros);
  return { bars, micros: Math.max(1, ...bars.map((one) => one.offsetMicros + one.nanos / 1_000)) };
}

/** @param {any} span @param {number} begin */
function barOf(span, begin) {
  const said = span.attributes;
  const basis = said['plumbline.latency.basis'] ?? 'process';
  const bound = said['plumbline.latency.bound_ns'] ?? (basis === 'process' ? 0 : undefined);
  return {
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? '',
    traceId: span.traceId,
    name: span.name,
    from: said['plumbline.span.from'] ?? span.name,
    to: said['plumbline.span.to'] ?? '',
    service: span.service,
    instance: said['plumbline.span.from.instance'] ?? span.instance,
    toService: '',
    toInstance: said['plumbline.span.to.instance'] ?? span.instance,
    offsetMicros: span.startMicros - begin,
    nanos: span.nanos,
    duration: span.duration,
    bound,
    basis,
    attributes: said,
  };
}
