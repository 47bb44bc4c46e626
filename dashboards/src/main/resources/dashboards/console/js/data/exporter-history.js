// @ts-check
import { exporters } from './polls.js';

/**
 * How exporters did in the last minutes, as far as somebody looked: what the API does not keep.
 *
 * @typedef {{at: number, lag: number, perSecond: number, delivered: Record<string, number>}} Moment
 */

/** Five minutes, at a question every two seconds. */
const MOST = 150;
/** Rates are of so many questions: of fewer they jump. */
const RATE_OVER = 6;

/** @type {Map<string, Moment[]>} */
const moments = new Map();
/** @type {any} */
let last = null;

exporters.store.watch(({ value }) => {
  if (value === null || value === last) {
    return;
  }
  last = value;
  value.exporters.forEach((one) => {
    const moment = { at: Date.now(), lag: one.lag, perSecond: one.perSecond, delivered: one.delivered };
    moments.set(one.name, [...historyOf(one.name), moment].slice(-MOST));
  });
});

/** Oldest first. @param {string} exporter @returns {Moment[]} */
export function historyOf(exporter) {
  return moments.get(exporter) ?? [];
}

/**
 * Signals of a kind delivered a second, lately.
 *
 * @param {string} exporter
 * @param {string} kind
 * @returns {number | null} null while nobody knows
 */
export function rateOf(exporter, kind) {
  const some = historyOf(exporter).slice(-RATE_OVER);
  const [first, end] = [some[0], some[some.length - 1]];
  if (some.length < 2) {
    return null;
  }
  // fewer than before: its process was started anew
  return Math.max(0, end.delivered[kind] - first.delivered[kind]) / ((end.at - first.at) / 1_000);
}
