// @ts-check
import { useState } from 'preact/hooks';
import { html } from '../../ui/html.js';
import { VirtualList } from '../../ui/virtual-list.js';
import { several } from '../../ui/words.js';
import { stateOf, tally, text } from './groups.js';
import { Instance } from './instance.js';

/** So many are shown as cards; more as rows, of which one is chosen. */
const MOST_CARDS = 12;
const ROW = 34;

/**
 * @typedef {{probesOn: Map<string, {probe: any, report: any}[]>, differs: Map<string, string>, turn: (one: any, off: boolean) => void}} Known
 */

/**
 * A group that opens to its instances.
 *
 * @param {{name: string, instances: any[], isOpen: boolean, open: (isOpen: boolean) => void, known: Known}} props
 */
export function Group({ name, instances, isOpen, open, known }) {
  const states = tally(instances, stateOf).map(([state, many]) => `${many} ${state}`).join(', ');
  const versions = tally(instances.filter((one) => one.alive), (one) => text(one, 'version') || 'no version');
  const differing = instances.filter((one) => known.differs.has(one.id)).length;
  return html`<section class="group" aria-label=${name || 'without'}>
    <h2><button type="button" class="group-head" aria-expanded=${isOpen} onClick=${() => open(!isOpen)}>
      <span class="turn" aria-hidden="true">${isOpen ? '▾' : '▸'}</span><span class="group-name">${name || 'without'}</span>
      <span class="muted small-text">${several(instances.length, 'instance')}: ${states}</span>
      <span class="muted small-text">${versions.slice(0, 3).map(([version, many]) => (versions.length === 1 ? version : `${many} × ${version}`)).join(', ')}</span>
      ${differing > 0 && html`<span class="badge warn">${differing} differ</span>`}
    </button></h2>
    ${isOpen && html`<${Instances} instances=${instances} known=${known} level="h3" />`}
  </section>`;
}

/** As cards, or many as rows. @param {{instances: any[], known: Known, level?: 'h2' | 'h3'}} props */
export function Instances({ instances, known, level = 'h2' }) {
  const [id, choose] = useState('');
  const chosen = instances.find((one) => one.id === id);
  if (instances.length <= MOST_CARDS) {
    return html`<ul class="cards">${instances.map((one) => html`<li key=${one.id}><${Card} one=${one} known=${known} level=${level} /></li>`)}</ul>`;
  }
  return html`<div class="split">
    <div class="split-list"><div class="cells instance-cells list-head" aria-hidden="true"><span>Instance</span><span>State</span><span>Version</span><span>Host</span><span>Probes</span></div>
      <${VirtualList} rows=${instances} height=${ROW} label="Instances" keyOf=${(/** @type {any} */ one) => one.id} chosen=${instances.indexOf(chosen)}
        choose=${(/** @type {number} */ index) => choose(instances[index].id)} draw=${(/** @type {any} */ one) => html`
        <span class="cells instance-cells"><span class="mono" title=${one.id}>${one.id}</span><span class=${one.alive && !one.off ? 'good' : 'muted'}>${stateOf(one)}</span>
          <span class=${known.differs.has(one.id) ? 'warn' : ''} title=${known.differs.get(one.id) ?? ''}>${text(one, 'version') || '–'}${known.differs.has(one.id) ? ' ≠' : ''}</span>
          <span>${text(one, 'host')}</span><span>${known.probesOn.get(one.id)?.length ?? ''}</span></span>`} /></div>
    ${chosen === undefined
      ? html`<aside class="split-one muted"><p>Choose an instance to see its labels and probes, and to switch it off.</p></aside>`
      : html`<aside class="split-plain" aria-label="Chosen instance"><${Card} one=${chosen} known=${known} level=${level} /></aside>`}
  </div>`;
}

/** @param {{one: any, known: Known, level: 'h2' | 'h3'}} props */
function Card({ one, known, level }) {
  return html`<${Instance} one=${one} probes=${known.probesOn.get(one.id) ?? []} differs=${known.differs.get(one.id)} turn=${known.turn} level=${level} />`;
}
