// @ts-check
import { useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { may, session } from '../../app/session.js';
import { writtenForm } from '../../probes/written-form.js';
import { html } from '../../ui/html.js';
import { State, Sure, Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { day, span } from '../../ui/words.js';
import { Yaml } from '../../ui/yaml.js';
import { TrialResult } from './trial.js';

/** One request: what it would set, what would become of it, and the decision. @param {{one: any, set: any, decided: () => void}} props */
export function Approval({ one, set, decided }) {
  const [trial, show] = useState(/** @type {any} */ (null));
  const [isTrying, trying] = useState(false);
  const [why, reason] = useState('');
  const [problem, say] = useState('');
  const isOwn = session.value.state === 'in' && session.value.who.name === one.author;
  const isWaiting = one.state === 'waiting';
  /** @param {string} path @param {any} [body] */
  const decide = async (path, body) => {
    try {
      say('');
      await ask(`/approvals/${encodeURIComponent(one.id)}/${path}`, { method: 'POST', body: body === undefined ? undefined : JSON.stringify(body) });
      decided();
    } catch (e) {
      say(told(e));
    }
  };
  const dryRun = async () => {
    trying(true);
    try {
      say('');
      show(await ask('/probes?dryRun=true&ask=true', { method: 'POST', body: JSON.stringify(writtenForm(one.definition)) }));
    } catch (e) {
      say(told(e));
    }
    trying(false);
  };
  /** @param {Event} event */
  const refuse = (event) => {
    event.preventDefault();
    decide('refuse', { why });
  };
  return html`<li class="card request">
    <div class="head"><h2><code>${one.probe}</code> <span class="muted">${set === undefined ? 'new' : `changes version ${set.version}`}</span></h2>
      <${State} state=${one.state} /></div>
    <p>${one.author} asked on ${day(one.asked)}; the rule ${one.rule} wants somebody else’s consent.
      ${isWaiting ? ` It ends unheard in ${span(Math.max(0, one.expires - Date.now()))}.` : ''}</p>
    ${one.by !== '' && html`<p>${one.state} by ${one.by} on ${day(one.at)}${one.version > 0 ? ` as version ${one.version}` : ''}${one.why === '' ? '' : `: ${one.why}`}</p>`}
    <div class="halves-wide">
      <${Yaml} definition=${one.definition} title=${isWaiting ? 'What would be set' : 'What was asked for'} />
      ${set !== undefined && isWaiting && html`<${Yaml} definition=${set.definition} title=${`What is set now, version ${set.version}`} />`}
    </div>
    <${Trouble} text=${problem} />
    ${isWaiting && html`<div class="would">
      <div class="foot"><button type="button" class="quiet small" disabled=${isTrying || !may('prober')} onClick=${dryRun}
        title=${may('prober') ? '' : 'This needs the role prober'}>${isTrying ? 'Asking the instances …' : 'What would it do?'}</button></div>
      ${trial !== null && html`<${TrialResult} result=${trial} />`}</div>`}
    ${isWaiting && html`<div class="decide">
      ${isOwn
        ? html`<p class="muted">You asked for it; somebody else with the role approver has to approve it.</p>`
        : html`<${Sure} label="Approve" sure="Set it as it stands here?" disabled=${!may('approver')} run=${() => decide('approve')} />`}
      ${!isOwn && !may('approver') && html`<p class="muted">To decide needs the role approver.</p>`}
      ${(isOwn || may('approver')) && html`<form class="refuse" onSubmit=${refuse}>
        <label>${isOwn ? 'Why it is taken back' : 'Why not'} <input required maxlength="300" value=${why} onInput=${(/** @type {any} */ event) => reason(event.target.value)} /></label>
        <button type="submit" class="quiet small">${isOwn ? 'Take back' : 'Refuse'}</button></form>`}
    </div>`}
  </li>`;
}
