// @ts-check
import { instances, probes, reports } from '../../data/polls.js';

/** How probes stand, for the list of them. */

/** In a fleet so large only sums are asked for. */
const MANY = 100;
const INSTALLED = ['installed', 'emitting', 'sampling'];
const KINDS = ['log', 'snapshot', 'exception', 'count', 'gauge', 'histogram', 'span'];
/** Rates are taken over so long, as instances report every few seconds. */
const RATE_MILLIS = 15_000;

/** The poll to look at. */
export function fleetProbes() {
  return (instances.store.value.value?.instances.length ?? 0) > MANY ? probes : reports;
}

/** @param {any} probe */
export function kindsOf(probe) {
  return KINDS.filter((kind) => kind in probe.definition);
}

/** The one word for a probe in the fleet, the worst that is true. @param {any} probe */
export function stateOf(probe) {
  const states = probe.summary.states;
  if (probe.expired || probe.off) {
    return probe.expired ? 'expired' : 'off';
  }
  return ['rejected', 'suspended', 'sampling', 'emitting', 'installed', 'pending', 'expired'].find((word) => states[word] > 0) ?? (probe.summary.instances === 0 ? 'no instance' : 'sent');
}

/**
 * How far the definition came.
 *
 * @param {any} probe
 * @returns {{all: number, received: number, installed: number}}
 */
export function ticks(probe) {
  const states = /** @type {Record<string, number>} */ (probe.summary.states);
  const received = Object.values(states).reduce((sum, one) => sum + one, 0);
  return { all: Math.max(probe.summary.instances, received), received, installed: INSTALLED.reduce((sum, word) => sum + (states[word] ?? 0), 0) };
}

/** The mean cost of a hit where instances report. @param {any} probe @returns {number} nanoseconds; 0 if nobody knows */
export function nanosPerHit(probe) {
  const costs = (probe.reports ?? []).map((/** @type {any} */ one) => one.cost).filter((/** @type {any} */ cost) => cost?.hits > 0);
  const hits = costs.reduce((/** @type {number} */ sum, /** @type {any} */ cost) => sum + cost.hits, 0);
  return hits === 0 ? 0 : costs.reduce((/** @type {number} */ sum, /** @type {any} */ cost) => sum + cost.nanosPerHit * cost.hits, 0) / hits;
}

/** Reasons that instances give, each once. @param {any} probe @returns {string} */
export function reasons(probe) {
  return [...new Set((probe.reports ?? []).map((/** @type {any} */ one) => one.reason).filter((/** @type {string} */ one) => one !== ''))].join('; ');
}

/** Emitted hits a second, from the sums that are polled. */
export class Rates {
  /** @type {Map<string, {at: number, emitted: number}[]>} */
  #seen = new Map();

  /** @param {any} probe @param {number} [now] @returns {number | null} null until there are two sums */
  of(probe, now = Date.now()) {
    const id = `${probe.id}@${probe.version}`;
    const seen = this.#seen.get(id) ?? [];
    this.#seen.set(id, seen);
    const last = seen[seen.length - 1];
    if (last !== undefined && probe.summary.emitted < last.emitted) {
      seen.length = 0;
    }
    if (last === undefined || now - last.at > 1_000) {
      seen.push({ at: now, emitted: probe.summary.emitted });
    }
    while (seen.length > 2 && now - seen[1].at > RATE_MILLIS) {
      seen.shift();
    }
    const first = seen[0];
    const end = seen[seen.length - 1];
    return end.at - first.at < 3_000 ? null : (1_000 * (end.emitted - first.emitted)) / (end.at - first.at);
  }
}
