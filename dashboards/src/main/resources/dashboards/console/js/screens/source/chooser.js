// @ts-check
import { useId } from 'preact/hooks';
import { html } from '../../ui/html.js';
import { several } from '../../ui/words.js';

/** Whose code is shown: a service, and one of its instances, which is asked for its classes. */

/**
 * The instance that is asked: the one that was chosen while it runs, else the first that matches.
 *
 * @param {any[]} fleet
 * @param {string} service empty for any
 * @param {string} chosen empty for none
 * @returns {any} undefined where none runs
 */
export function asked(fleet, service, chosen) {
  const running = runningOf(fleet, service);
  return running.find((one) => one.id === chosen) ?? running[0];
}

/** @param {{fleet: any[], service: string, instance: any, choose: (service: string, instance: string) => void}} props */
export function Chooser({ fleet, service, instance, choose }) {
  const id = useId();
  const services = [...new Set(runningOf(fleet, '').map((one) => String(one.labels.service ?? '')))].sort();
  const running = runningOf(fleet, service);
  const versions = versionsOf(running);
  return html`<div class="chooser">
    <label for=${`${id}-s`}>Service</label>
    <select id=${`${id}-s`} value=${service} onChange=${(/** @type {any} */ event) => choose(event.target.value, '')}>
      ${services.map((one) => html`<option key=${one} value=${one} selected=${one === service}>${one}</option>`)}
    </select>
    <label for=${`${id}-i`}>Instance that is asked</label>
    <select id=${`${id}-i`} value=${instance?.id ?? ''} onChange=${(/** @type {any} */ event) => choose(service, event.target.value)}>
      ${running.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === instance?.id}>${one.id}${one.labels.version ? `, ${one.labels.version}` : ''}</option>`)}
    </select>
    ${versions.length > 1 && html`<p class="warn small-text" role="status">${several(versions.length, 'version')} of ${service} run: ${versions.join('; ')}. Lines may differ between them.</p>`}
  </div>`;
}

/** @param {any[]} fleet @param {string} service */
function runningOf(fleet, service) {
  return fleet.filter((one) => one.alive && (service === '' || one.labels.service === service));
}

/** Each with how many instances have it. @param {any[]} running */
function versionsOf(running) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  running.forEach(({ labels }) => {
    const name = [labels.version, labels.commit?.substring(0, 8)].filter(Boolean).join(' ') || 'unknown';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  return [...counts].map(([name, count]) => `${name} on ${count}`);
}
