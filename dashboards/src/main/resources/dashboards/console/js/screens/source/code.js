// @ts-check
import { ask } from '../../api/api.js';

/** What of code runs and where its source is, as the API tells; asked for once, until it is asked anew. */

/** @typedef {{service: string, instance: string}} Whom the instance is empty for any of the service */

/** @type {Map<string, Promise<any>>} */
const kept = new Map();

/** @param {Whom} whom @param {string} text @param {number} limit @param {AbortSignal} [signal] */
export function classes(whom, text, limit, signal) {
  return ask(`/classes?${query(whom, { q: text, limit: String(limit) })}`, { signal });
}

/** @param {Whom} whom @param {string} type */
export function source(whom, type) {
  return once(`/source?${query(whom, { class: type })}`);
}

/** @param {Whom} whom @param {string} type */
export function lines(whom, type) {
  return once(`/lines?${query(whom, { type })}`);
}

/** @param {Whom} whom @param {string} at @param {string} path empty for what can be named there */
export function scope(whom, at, path) {
  return once(`/scope?${query(whom, { at, path })}`);
}

/** Asks anew from now on, as after a deployment. */
export function forget() {
  kept.clear();
}

/** @param {Whom} whom @param {Record<string, string>} more */
function query({ service, instance }, more) {
  const all = Object.entries({ ...more, service, instance }).filter(([, value]) => value !== '');
  return new URLSearchParams(all).toString();
}

/** @param {string} path @returns {Promise<any>} */
function once(path) {
  const known = kept.get(path);
  if (known !== undefined) {
    return known;
  }
  const asked = ask(path);
  kept.set(path, asked);
  // what failed is asked again
  asked.catch(() => kept.delete(path));
  return asked;
}
