// @ts-check
import { useState } from 'preact/hooks';
import { ask } from '../../../api/api.js';
import { pathOf } from '../../../app/router.js';
import { may } from '../../../app/session.js';
import { reports } from '../../../data/polls.js';
import { html } from '../../../ui/html.js';
import { State, Sure, Trouble } from '../../../ui/parts.js';
import { told } from '../../../ui/told.js';
import { statesOf, toneOf } from '../marks.js';
import { rateText } from '../rates.js';

/** The probes at a line: how they are, and what can be done with them. */
/** @type {Record<string, string>} a state's word by its tone, as the badge wants it */
const STATES = { good: 'emitting', bad: 'rejected', warn: 'sampling', muted: 'off' };

/** @param {{placed: import('../placed.js').Placed[], rates: import('../rates.js').Rates, edit: (probe: any) => void}} props */
export function Existing({ placed, rates, edit }) {
  const [problem, say] = useState('');
  /** @param {string} path @param {RequestInit} init */
  const send = async (path, init) => {
    try {
      say('');
      await ask(path, init);
      reports.now();
    } catch (e) {
      say(told(e));
    }
  };
  const mayNot = !may('prober');
  return html`<${Trouble} text=${problem} /><ul class="existing" aria-label="Probes at this line">${placed.map(({ probe, kind, point }) => html`<li key=${`${probe.id} ${point}`}>
    <p class="existing-head"><code class="existing-name" title=${probe.id}>${probe.id}</code>
      <${State} state=${STATES[toneOf(probe)]} text=${statesOf(probe)} title=${reasonOf(probe)} /></p>
    <p class="muted small-text">${kind}${point && ` point ${point}`}${rateText(rates.of(probe)) && ` · ${rateText(rates.of(probe))}`}${costOf(probe)}</p>
    ${reasonOf(probe) !== '' && html`<p class="small-text bad">${reasonOf(probe)}</p>`}
    <div class="foot"><a href=${pathOf('live', { probe: probe.id })}>Hits</a>
      <button type="button" class="quiet small" disabled=${mayNot} onClick=${() => edit(probe)}>Edit</button>
      <button type="button" class="quiet small" disabled=${mayNot} onClick=${() => send('/switch', { method: 'POST', body: JSON.stringify({ off: !probe.off, probe: probe.id }) })}>${probe.off ? 'Switch on' : 'Switch off'}</button>
      <${Sure} label="Remove" sure="Remove it everywhere?" disabled=${mayNot} run=${() => send(`/probes/${encodeURIComponent(probe.id)}`, { method: 'DELETE' })} /></div>
  </li>`)}</ul>`;
}

/** @param {any} probe */
function reasonOf(probe) {
  return (probe.reports ?? []).find((/** @type {any} */ one) => ['rejected', 'suspended'].includes(one.state))?.reason ?? '';
}

/** What the dearest instance pays. @param {any} probe */
function costOf(probe) {
  const share = probe.summary?.mostShare ?? 0;
  return share > 0 ? ` · ${Number((share * 100).toPrecision(2))} % of a core` : '';
}
