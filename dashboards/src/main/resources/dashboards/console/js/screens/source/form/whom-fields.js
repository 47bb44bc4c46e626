// @ts-check
import { html } from '../../../ui/html.js';
import { Choice, TextField } from './fields.js';

/** For whom, how much, until when, and what it is called. */

/** @type {[string, string][]} */
const LIVES = [['5m', '5 minutes'], ['15m', '15 minutes'], ['1h', '1 hour'], ['8h', '8 hours'], ['1d', '1 day'], ['7d', '7 days'], ['never', 'until removed']];

/** @param {{form: import('./fields.js').Form, fleet: any[], isNew: boolean}} props */
export function WhomFields({ form, fleet, isNew }) {
  const { draft } = form;
  const label = (/** @type {string} */ name) => [...new Set(fleet.filter((one) => one.alive).map((one) => one.labels[name]).filter(Boolean))].sort();
  const lives = LIVES.some(([one]) => one === draft.life) ? LIVES : [...LIVES, /** @type {[string, string]} */ ([draft.life, draft.life])];
  return html`
    <div class="row halves"><${TextField} form=${form} name="service" field="on.service" label="Service" hint="every" list="of-service" />
      <${Choice} form=${form} name="life" label="Expires after" options=${lives} /></div>
    <details class="more" open=${draft.environment !== '' || draft.version !== '' || draft.instance !== '' || draft.percent !== '' || draft.onePer}><summary>Only some instances</summary>
      <div class="row halves">
        <${TextField} form=${form} name="environment" field="on.environment" label="Environment" hint="every" list="of-environment" />
        <${TextField} form=${form} name="version" field="on.version" label="Version" hint="every, or 1.4.*" list="of-version" />
        <${TextField} form=${form} name="instance" field="on.instance" label="Instance" hint="every" list="of-instance" />
        <${TextField} form=${form} name="percent" field="on.percent" label="Percent of them" hint="100" mode="decimal" />
      </div>
      <label class="check"><input type="checkbox" checked=${draft.onePer} onChange=${(/** @type {any} */ event) => form.set({ onePer: event.target.checked })} />One running instance of each service</label>
    </details>
    <details class="more" open=${draft.hits !== '' || draft.fleetHits !== '' || draft.perSecond !== '' || draft.cpu !== '' || draft.overBudget !== ''}><summary>Limits</summary>
      <div class="row halves">
        <${TextField} form=${form} name="hits" field="limits.hits" label="Hits on each instance" hint="no limit" mode="numeric" />
        <${TextField} form=${form} name="fleetHits" field="limits.fleet-hits" label="Hits in all" hint="no limit" mode="numeric" />
        <${TextField} form=${form} name="perSecond" field="limits.per-second" label="Hits a second" hint="as usual" mode="numeric" />
        <${TextField} form=${form} name="cpu" field="limits.cpu" label="Percent of a core" hint="1" mode="decimal" />
      </div>
      <${Choice} form=${form} name="overBudget" label="When it costs more" options=${OVER} />
    </details>
    <details class="more" open=${isNew && draft.id !== ''}><summary>Name and tags</summary>
      <div class="row halves">${isNew && html`<${TextField} form=${form} name="id" field="id" label="Name" hint="made from the line" />`}
        <${TextField} form=${form} name="tags" field="tags" label="Tags" hint="checkout, incident-42" /></div>
    </details>
    ${['service', 'environment', 'version', 'instance'].map((name) => html`<datalist key=${name} id=${`of-${name}`}>${label(name).map((one) => html`<option key=${one} value=${one} />`)}</datalist>`)}`;
}

/** @type {[string, string][]} */
const OVER = [['', 'sample: take one hit in n'], ['disable', 'disable the probe']];
