// @ts-check
import { pathOf } from '../../app/router.js';
import { may } from '../../app/session.js';
import { html } from '../../ui/html.js';
import { Chip, State, Sure } from '../../ui/parts.js';
import { several, span } from '../../ui/words.js';
import { stateOf } from './groups.js';

/** What stands elsewhere on the card. */
const FIRST = ['service', 'environment', 'version', 'host', 'pid', 'instance'];
const MOST_LABELS = 24;

/**
 * One observed program, what probes do there, and its switch.
 *
 * @param {{one: any, probes: {probe: any, report: any}[], differs?: string, turn: (one: any, off: boolean) => void, level: 'h2' | 'h3'}} props
 */
export function Instance({ one, probes, differs, turn, level }) {
  const labels = Object.entries(one.labels).filter(([name]) => !FIRST.includes(name));
  return html`<div class="card instance">
    <div class="head">
      <${level}><a href=${pathOf('source', { service: String(one.labels.service ?? ''), instance: one.id })}>${one.labels.service ?? one.id}</a>
        <span class="muted"> ${one.labels.environment ?? ''} ${one.labels.version ?? ''}</span></${level}>
      <${State} state=${stateOf(one)} title=${`heard of ${span(one.heardMillisAgo)} ago`} />
    </div>
    ${differs !== undefined && html`<p class="warn small-text">${differs}</p>`}
    <p class="mono muted">${one.id}</p>
    <p class="chips">${labels.slice(0, MOST_LABELS).map(([name, value]) => html`<${Chip} key=${name} name=${name} value=${String(value)} />`)}</p>
    <p class="muted small-text">host ${one.labels.host ?? '?'} · pid ${one.labels.pid ?? '?'} · agent ${one.agentVersion} · up ${span(Math.max(0, one.seen - one.started))}
      ${' '}· longest pause of a change ${span(one.pauses.longestNanos / 1e6)}${one.cpu === undefined ? '' : ` · processor ${Math.round(one.cpu)} %`}</p>
    ${probes.length > 0 && html`<ul class="rows">${probes.map(({ probe, report }) => html`<li key=${probe.id}>
      <a href=${pathOf('live', { probe: probe.id })}><code>${probe.id}</code></a> <${State} state=${report.state} text=${report.state === 'sampling' ? `sampling 1/${report.cost.every}` : report.state} />
      <span class="muted"> ${report.reason}</span></li>`)}</ul>`}
    <div class="foot">
      ${one.off
        ? html`<button type="button" class="quiet small" disabled=${!may('prober')} onClick=${() => turn(one, false)}>Switch on again</button>`
        : html`<${Sure} label="Disable all here" sure=${`End ${several(probes.length, 'probe')} on this instance?`} disabled=${!may('prober') || !one.alive} run=${() => turn(one, true)} />`}
    </div>
  </div>`;
}
