// @ts-check
import { span } from '../../ui/words.js';

/** Durations on an axis where each step is a factor. Pure. */

const NANOS_PER_MILLI = 1e6;

/** @param {number} nanos */
export function duration(nanos) {
  return nanos === 0 ? '0' : span(nanos / NANOS_PER_MILLI);
}

/** A duration with what it may be off by. @param {number} nanos @param {number | undefined} bound undefined where nobody knows */
export function bounded(nanos, bound) {
  return bound === undefined ? `${duration(nanos)} ± unknown` : bound === 0 ? duration(nanos) : `${duration(nanos)} ± ${duration(bound)}`;
}

/**
 * @param {number[]} bounds of the buckets; the first may be 0
 * @param {number} left
 * @param {number} right
 */
export function logScale(bounds, left, right) {
  const low = Math.log10(bounds[0] > 0 ? bounds[0] : Math.max(1, bounds[1] / 10));
  const high = Math.max(low + 0.1, Math.log10(bounds[bounds.length - 1]));
  /** @param {number} nanos */
  const x = (nanos) => left + (right - left) * Math.min(1, Math.max(0, (Math.log10(Math.max(1, nanos)) - low) / (high - low)));
  return { x, ticks: ticks(low, high) };
}

/** Round durations within: powers of ten, or of fewer than two decades also their double and fivefold. @param {number} low @param {number} high */
function ticks(low, high) {
  const steps = high - low < 2 ? [1, 2, 5] : [1];
  const found = /** @type {number[]} */ ([]);
  for (let decade = Math.floor(low); decade <= high; decade++) {
    steps.map((step) => step * 10 ** decade).filter((value) => Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9).forEach((value) => found.push(value));
  }
  return found;
}
