// @ts-check
import { html } from '../../ui/html.js';
import { State } from '../../ui/parts.js';
import { several } from '../../ui/words.js';

/** What would become of a probe, as the instances say. @param {{result: any}} props */
export function TrialResult({ result }) {
  return html`<div role="status">${result.probes.map((/** @type {any} */ one) => html`<div key=${one.id} class="trial">
    <p>It would be ${one.change === 'waiting' ? 'set once it is approved' : one.change}${one.trial === undefined ? '' : `, on ${several(one.trial.meant, 'running instance')}`}.</p>
    ${one.warnings.map((/** @type {string} */ warning) => html`<p key=${warning} class="warn">${warning}</p>`)}
    ${one.trial !== undefined && html`<ul class="rows">${one.trial.answers.map((/** @type {any} */ answer) => html`<li key=${answer.instance}>
      <code>${answer.instance}</code> <${State} state=${answer.state || 'no answer'} />
      ${answer.parts.map((/** @type {any} */ part) => html`<${Part} key=${part.point} part=${part} />`)}</li>`)}</ul>`}
    ${Object.keys(one.trial?.differing ?? {}).length > 0 && html`<p class="warn">The code is not the same everywhere: ${Object.keys(one.trial.differing).join(', ')}</p>`}
  </div>`)}</div>`;
}

/** @param {{part: any}} props */
function Part({ part }) {
  return html`<div class="small-text">${part.point !== '' && html`<strong>${part.point}</strong>`} ${part.problem !== '' && html`<span class="warn">${part.problem}</span>`}
    ${part.sites.map((/** @type {any} */ site) => html`<div key=${site.class + site.method + site.line + site.loader} class="mono">${site.class}.${site.method.replace(/\(.*/, '')}, line ${site.line}
      ${site.problem !== '' && html`<span class="bad">${site.problem}</span>`}</div>`)}
    ${part.hidden.length > 0 && html`<div class="muted">Redaction hides ${part.hidden.join(', ')}</div>`}</div>`;
}
