// @ts-check
import { Store } from '../app/store.js';

/**
 * The points of metrics of the last ten minutes. Agents send sums since the program's start, so that a lost point heals;
 * here they become rates and, of histograms, what fell into each bucket in a stretch of time.
 *
 * @typedef {{time: number, value: number, count: number, sum: number, buckets: number[]}} Point
 * @typedef {{key: string, probe: string, name: string, unit: string, type: string, labels: Record<string, any>, instance: string, bounds: number[], points: Point[]}} Series
 */
export const KEPT_MILLIS = 10 * 60_000;
/** The width of a column of the charts. */
export const STEP_MILLIS = 5_000;
const MOST_SERIES = 2_000;

export class MetricHistory {
  /** @type {Map<string, Series>} */
  #series = new Map();
  /** Counts the points. @type {Store<number>} */
  changes = new Store(0);

  /** @param {any} signal a metric's, as the API forms it */
  take(signal) {
    const key = JSON.stringify([signal.probe, signal.name, signal.instance, signal.labels]);
    const series = this.#series.get(key) ?? this.#begin(key, signal);
    const last = series?.points[series.points.length - 1];
    if (series === null || (last !== undefined && last.time >= signal.time)) {
      return;
    }
    series.points.push({ time: signal.time, value: signal.value ?? NaN, count: signal.count ?? 0, sum: signal.sum ?? NaN, buckets: signal.buckets ?? [] });
    while (series.points.length > 2 && series.points[1].time < signal.time - KEPT_MILLIS) {
      series.points.shift();
    }
    this.changes.set(this.changes.value + 1);
  }

  /** Those of probes, each probe's metrics together. @param {string[]} probes @returns {Series[]} */
  of(probes) {
    return [...this.#series.values()].filter((one) => probes.includes(one.probe));
  }

  /** @param {string} key @param {any} signal @returns {Series | null} null when there are too many */
  #begin(key, signal) {
    if (this.#series.size >= MOST_SERIES) {
      return null;
    }
    const { probe, name, unit, type, labels, instance, bounds = [] } = signal;
    const series = { key, probe, name, unit, type, labels, instance, bounds, points: [] };
    this.#series.set(key, series);
    return series;
  }
}

/** The columns' times, the last one the one that is whole. @param {number} now @returns {number[]} */
export function columns(now) {
  const end = Math.floor((now - STEP_MILLIS) / STEP_MILLIS) * STEP_MILLIS;
  return Array.from({ length: KEPT_MILLIS / STEP_MILLIS }, (_, index) => end - KEPT_MILLIS + (index + 1) * STEP_MILLIS);
}

/**
 * How much a sum grew in each column, of several series together. What grew between two points is spread evenly over the time
 * between them.
 *
 * @param {Series[]} all
 * @param {number[]} times of the columns' ends
 * @param {(point: Point) => number} valueOf
 * @returns {(number | null)[]} null where nothing, or not the whole column, is known
 */
export function growth(all, times, valueOf) {
  const grown = /** @type {(number | null)[]} */ (times.map(() => null));
  const start = times[0] - STEP_MILLIS;
  for (const { points } of all) {
    for (let at = 1; at < points.length; at++) {
      const [from, to] = [points[at - 1], points[at]];
      const delta = valueOf(to) >= valueOf(from) ? valueOf(to) - valueOf(from) : valueOf(to);
      const first = Math.max(0, Math.floor((from.time - start) / STEP_MILLIS));
      for (let column = first; column < times.length && times[column] - STEP_MILLIS < to.time; column++) {
        const overlap = Math.min(to.time, times[column]) - Math.max(from.time, times[column] - STEP_MILLIS);
        if (overlap > 0) {
          grown[column] = (grown[column] ?? 0) + (delta * overlap) / (to.time - from.time);
        }
      }
    }
  }
  const first = Math.min(...all.map((one) => one.points[0]?.time ?? Infinity));
  const last = Math.max(...all.map((one) => one.points[one.points.length - 1]?.time ?? -Infinity));
  return grown.map((one, index) => (times[index] - STEP_MILLIS < first || times[index] > last ? null : one));
}

/** The last value in each column. @param {Series} series @param {number[]} times @returns {(number | null)[]} */
export function values(series, times) {
  const newest = [...series.points].reverse();
  return times.map((end) => newest.find((point) => point.time <= end && point.time > end - 2 * STEP_MILLIS)?.value ?? null);
}

/** Buckets by column. @param {Series[]} all of one metric @param {number[]} times @returns {(number | null)[][]} a row for each bucket */
export function heat(all, times) {
  const bounds = all[0]?.bounds ?? [];
  return Array.from({ length: bounds.length + 1 }, (_, bucket) => growth(all, times, (point) => point.buckets[bucket] ?? 0));
}

/**
 * A percentile in each column, as far as buckets tell: within one, values are taken to be spread evenly.
 *
 * @param {(number | null)[][]} rows as of heat
 * @param {number[]} bounds
 * @param {number} share such as 0.99
 * @returns {(number | null)[]}
 */
export function percentile(rows, bounds, share) {
  return (rows[0] ?? []).map((_, column) => {
    const counts = rows.map((row) => row[column] ?? 0);
    const total = counts.reduce((sum, one) => sum + one, 0);
    if (total <= 0) {
      return null;
    }
    let left = total * share;
    const bucket = counts.findIndex((one) => (left -= one) <= 1e-9);
    if (bucket < 0 || bucket >= bounds.length) {
      return bounds[bounds.length - 1] ?? null;
    }
    const low = bucket === 0 ? Math.min(0, bounds[0]) : bounds[bucket - 1];
    return low + (bounds[bucket] - low) * (1 + left / counts[bucket]);
  });
}
