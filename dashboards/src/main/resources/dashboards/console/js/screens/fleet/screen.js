// @ts-check
import { useMemo, useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { usePolled } from '../../app/polled.js';
import { note, pathOf } from '../../app/router.js';
import { may } from '../../app/session.js';
import { instances, reports } from '../../data/polls.js';
import { html } from '../../ui/html.js';
import { Chip, Empty, State, Sure, Trouble } from '../../ui/parts.js';
import { several, span } from '../../ui/words.js';

/** Which programs are observed: labels, versions, what probes do there, and the switch of each. */
const FIRST = ['service', 'environment', 'version', 'host', 'pid'];

/** @param {{at: import('../../app/router.js').Place}} props */
export function Screen({ at }) {
  const fleet = usePolled(instances);
  const probes = usePolled(reports);
  const filter = at.query.get('q') ?? '';
  const [problem, say] = useState('');
  const all = fleet.value?.instances ?? [];
  const shown = useMemo(() => all.filter((one) => matches(one, filter)), [fleet.value, filter]);
  /** @param {any} one @param {boolean} off */
  const turn = async (one, off) => {
    try {
      say('');
      await ask('/switch', { method: 'POST', body: JSON.stringify({ off, instance: one.id }) });
      instances.now();
    } catch (e) {
      say(e instanceof Error ? e.message : String(e));
    }
  };
  return html`<div class="screen">
    <header class="screen-head"><h1>Fleet</h1>
      <p class="muted" role="status">${several(all.filter((one) => one.alive).length, 'instance')} running, ${several(all.length, 'one known', 'known')}</p>
      <label class="search"><span class="sr">Filter instances</span>
        <input type="search" value=${filter} placeholder="label=value or any text" spellcheck=${false}
          onInput=${(/** @type {any} */ event) => note({ q: event.target.value })} /></label>
    </header>
    <${Trouble} text=${problem || fleet.error} />
    ${fleet.value !== null && all.length === 0 && html`<${Empty} title="No program is observed yet.">
      Start one with <code>java -javaagent:plumbline-agent.jar …</code>, or attach to one that runs: <code>plumb attach PID</code></${Empty}>`}
    ${all.length > 0 && shown.length === 0 && html`<${Empty} title="No instance is like that.">Another text finds more: <code>service=shop</code></${Empty}>`}
    <ul class="cards">${shown.map((one) => html`<${Instance} key=${one.id} one=${one} turn=${turn} probes=${probesOn(probes.value?.probes ?? [], one.id)} />`)}</ul>
  </div>`;
}

/** @param {{one: any, probes: any[], turn: (one: any, off: boolean) => void}} props */
function Instance({ one, probes, turn }) {
  const labels = Object.entries(one.labels).filter(([name]) => !FIRST.includes(name));
  const state = one.off ? 'off' : one.alive ? 'running' : one.running ? 'silent' : 'ended';
  return html`<li class="card instance">
    <div class="head">
      <h2><a href=${pathOf('source', { service: String(one.labels.service ?? ''), instance: one.id })}>${one.labels.service ?? one.id}</a>
        <span class="muted"> ${one.labels.environment ?? ''} ${one.labels.version ?? ''}</span></h2>
      <${State} state=${state} title=${`heard of ${span(one.heardMillisAgo)} ago`} />
    </div>
    <p class="mono muted">${one.id}</p>
    <p class="chips">${labels.slice(0, 24).map(([name, value]) => html`<${Chip} key=${name} name=${name} value=${String(value)} />`)}</p>
    <p class="muted small-text">host ${one.labels.host ?? '?'} · pid ${one.labels.pid ?? '?'} · agent ${one.agentVersion} · up ${span(Math.max(0, one.seen - one.started))}
      · longest pause of a change ${span(one.pauses.longestNanos / 1e6)}${one.cpu === undefined ? '' : ` · processor ${Math.round(one.cpu)} %`}</p>
    ${probes.length > 0 && html`<ul class="rows">${probes.map(({ probe, report }) => html`<li key=${probe.id}>
      <a href=${pathOf('live', { probe: probe.id })}><code>${probe.id}</code></a> <${State} state=${report.state} text=${report.state === 'sampling' ? `sampling 1/${report.cost.every}` : report.state} />
      <span class="muted">${report.reason}</span></li>`)}</ul>`}
    <div class="foot">
      ${one.off
        ? html`<button type="button" class="quiet small" disabled=${!may('prober')} onClick=${() => turn(one, false)}>Switch on again</button>`
        : html`<${Sure} label="Disable all here" sure=${`End ${several(probes.length, 'probe')} on this instance?`} disabled=${!may('prober') || !one.alive} run=${() => turn(one, true)} />`}
    </div>
  </li>`;
}

/**
 * @param {any[]} probes
 * @param {string} instance
 * @returns {{probe: any, report: any}[]}
 */
function probesOn(probes, instance) {
  return probes.flatMap((probe) => (probe.reports ?? [])
    .filter((/** @type {any} */ report) => report.instance === instance)
    .map((/** @type {any} */ report) => ({ probe, report })));
}

/** @param {any} one @param {string} filter */
function matches(one, filter) {
  const texts = [one.id, ...Object.entries(one.labels).map(([name, value]) => `${name}=${value}`)].map((text) => text.toLowerCase());
  return filter.toLowerCase().split(/\s+/).every((word) => texts.some((text) => text.includes(word)));
}
