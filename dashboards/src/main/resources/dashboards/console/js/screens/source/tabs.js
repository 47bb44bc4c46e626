// @ts-check
import { Store } from '../../app/store.js';
import { html } from '../../ui/html.js';

/** The classes that are open, kept for this tab of the browser. */
const KEY = 'plumbline.source.open';
const MOST = 12;

/** @typedef {{service: string, type: string}} Open */

/** Oldest first. @type {Store<Open[]>} */
export const opened = new Store(kept());

opened.watch((all) => sessionStorage.setItem(KEY, JSON.stringify(all)));

/** @param {string} service @param {string} type */
export function keepOpen(service, type) {
  if (!opened.value.some((one) => isSame(one, service, type))) {
    opened.set([...opened.value, { service, type }].slice(-MOST));
  }
}

/**
 * Takes a tab away.
 *
 * @param {Open} gone
 * @returns {Open | undefined} its neighbour
 */
export function closeTab(gone) {
  const at = opened.value.findIndex((one) => isSame(one, gone.service, gone.type));
  const left = opened.value.filter((_, index) => index !== at);
  opened.set(left);
  return left[Math.min(at, left.length - 1)];
}

/** @param {{all: Open[], service: string, type: string, go: (to: Open) => void, close: (one: Open) => void}} props */
export function OpenTabs({ all, service, type, go, close }) {
  return html`<nav class="open-tabs" aria-label="Open classes"><ul>${all.map((one) => html`<li key=${`${one.service} ${one.type}`} class=${isSame(one, service, type) ? 'here' : ''}>
    <button type="button" class="tab" title=${`${one.type} of ${one.service}`} aria-current=${isSame(one, service, type) ? 'true' : undefined} onClick=${() => go(one)}>
      ${one.type.substring(one.type.lastIndexOf('.') + 1)}${one.service !== service && html` <span class="muted">${one.service}</span>`}</button>
    <button type="button" class="icon-only" aria-label=${`Close ${one.type}`} onClick=${() => close(one)}>✕</button></li>`)}</ul></nav>`;
}

/** @param {Open} one @param {string} service @param {string} type */
function isSame(one, service, type) {
  return one.service === service && one.type === type;
}

/** @returns {Open[]} */
function kept() {
  try {
    const all = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(all) ? all.filter((one) => typeof one.service === 'string' && typeof one.type === 'string') : [];
  } catch {
    return [];
  }
}
