// @ts-check
/** Hits a second of each probe, from one answer of the API to the next. */

/** An older one tells too little of now. */
const WINDOW_MILLIS = 12_000;

export class Rates {
  /** @type {Map<string, {at: number, hits: number}[]>} */
  #seen = new Map();

  /** @param {any[]} probes with reports @param {number} now in milliseconds */
  take(probes, now) {
    const gone = new Set(this.#seen.keys());
    probes.forEach((probe) => {
      gone.delete(key(probe));
      const hits = (probe.reports ?? []).reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + (one.cost?.hits ?? 0), 0);
      const points = (this.#seen.get(key(probe)) ?? []).filter((one) => now - one.at < WINDOW_MILLIS && one.hits <= hits);
      this.#seen.set(key(probe), [...points, { at: now, hits }]);
    });
    gone.forEach((one) => this.#seen.delete(one));
  }

  /** Hits a second; -1 where it is not known yet. @param {any} probe */
  of(probe) {
    const points = this.#seen.get(key(probe)) ?? [];
    const [first, last] = [points[0], points[points.length - 1]];
    return points.length < 2 || last.at === first.at ? -1 : (last.hits - first.hits) * 1_000 / (last.at - first.at);
  }
}

/** In words that fit into a gutter. @param {number} rate */
export function rateText(rate) {
  if (rate < 0) {
    return '';
  }
  const [amount, unit] = rate >= 999_500 ? [rate / 1e6, 'M'] : rate >= 999.5 ? [rate / 1e3, 'k'] : [rate, ''];
  return `${amount >= 9.95 || amount === 0 ? Math.round(amount) : amount.toFixed(1)}${unit}/s`;
}

/** @param {any} probe */
function key(probe) {
  return `${probe.id} ${probe.version}`;
}
