// @ts-check
import { html } from '../../../ui/html.js';
import { several } from '../../../ui/words.js';

/** What would become of the probe, before it is set. */

/** @param {{check: import('./use-check.js').Check, shown: boolean}} props shown: what is wrong stands at its field already */
export function Trial({ check, shown }) {
  const { told, change, trial, isAsking } = check;
  return html`<div class="trial" aria-live="polite" aria-busy=${isAsking}>
    ${told !== null && !shown && html`<p class="error">${told.sentence}</p>`}
    ${change === null && told === null && isAsking && html`<p class="muted small-text">Asking what would become of it …</p>`}
    ${trial !== null && html`<${Answers} trial=${trial} isTold=${shown && told !== null} />`}
    ${(change?.warnings ?? []).map((/** @type {string} */ one) => html`<p class="warn small-text" key=${one}>${one}</p>`)}
  </div>`;
}

/** @param {{trial: any, isTold: boolean}} props isTold: why it would be refused stands at a field */
function Answers({ trial, isTold }) {
  /** @type {any[]} */
  const parts = trial.answers.flatMap((/** @type {any} */ answer) => answer.parts.map((/** @type {any} */ part) => ({ ...part, instance: answer.instance })));
  const good = parts.filter((part) => !part.problem && part.sites.length > 0);
  const bad = parts.filter((part) => part.state === 'rejected');
  const waiting = parts.filter((part) => part.state !== 'rejected' && part.sites.length === 0);
  const hidden = [...new Set(parts.flatMap((part) => part.hidden))];
  const sites = good[0]?.sites ?? [];
  return html`
    <p class="small-text">${trial.meant === 0 ? 'No running instance is meant; it is set where one starts.' : html`Meant: ${several(trial.meant, 'running instance')}.
      ${good.length > 0 && html` <span class="good">Would stand at ${several(sites.length, 'site')}</span> in <code>${[...new Set(sites.map((/** @type {any} */ site) => site.method.replace(/\(.*/, '')))].join(', ')}</code>.`}`}</p>
    ${!isTold && bad.map((part) => html`<p class="bad small-text" key=${part.instance + part.point}><code>${part.instance}</code> would refuse it: ${part.problem.split('\n')[0]}</p>`)}
    ${waiting.map((part) => html`<p class="warn small-text" key=${part.instance + part.point}><code>${part.instance}</code> has not loaded the class; the probe waits there.</p>`)}
    ${hidden.length > 0 && html`<p class="muted small-text">Redaction hides ${hidden.join(', ')}.</p>`}
    ${Object.keys(trial.differing).length > 0 && html`<p class="warn small-text">The code of ${Object.keys(trial.differing).join(', ')} is not the same on all instances; the line may be another one there.</p>`}`;
}
