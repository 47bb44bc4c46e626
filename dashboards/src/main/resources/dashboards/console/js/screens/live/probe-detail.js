// @ts-check
import { useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { pathOf } from '../../app/router.js';
import { may } from '../../app/session.js';
import { probes, reports } from '../../data/polls.js';
import { writtenForm } from '../../probes/written-form.js';
import { yamlOf } from '../../probes/yaml.js';
import { html } from '../../ui/html.js';
import { Copy, State, Sure, Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { count, percent, span } from '../../ui/words.js';

/** What a probe is and how it stands on each instance, with its switch. @param {{probe: any, removed: () => void}} props */
export function ProbeDetail({ probe, removed }) {
  const [problem, say] = useState('');
  const [isText, showText] = useState(false);
  /** @param {() => Promise<any>} what */
  const act = async (what) => {
    try {
      say('');
      await what();
      await Promise.all([reports.now(), probes.now()]);
      return true;
    } catch (e) {
      say(told(e));
      return false;
    }
  };
  const turn = () => act(() => ask('/switch', { method: 'POST', body: JSON.stringify({ off: !probe.off, probe: probe.id }) }));
  const remove = async () => (await act(() => ask(`/probes/${encodeURIComponent(probe.id)}`, { method: 'DELETE' }))) && removed();
  return html`<div class="live-detail">
    <p class="mono"><${Where} probe=${probe} /></p>
    ${probe.definition.if !== undefined && html`<p class="mono">if ${probe.definition.if}</p>`}
    <p class="muted small-text">${count(probe.summary.emitted)} hits emitted${ends(probe.definition.expires)}${probe.signed ? '' : ' · not signed'}</p>
    <${Trouble} text=${problem} />
    <div class="foot">
      <button type="button" class="quiet small" disabled=${!may('prober')} onClick=${turn}>${probe.off ? 'Switch on' : 'Switch off'}</button>
      <${Sure} label="Remove" sure="Remove it everywhere?" disabled=${!may('prober')} run=${remove} />
      <button type="button" class="quiet small" aria-expanded=${isText} onClick=${() => showText(!isText)}>YAML</button>
    </div>
    ${!may('prober') && html`<p class="hint">Your token may look only; a prober’s switches and removes.</p>`}
    ${isText && html`<div class="live-yaml"><${Copy} text=${() => yamlOf(writtenForm(probe.definition))} /><pre tabindex="0" aria-label="The probe as YAML">${yamlOf(writtenForm(probe.definition))}</pre></div>`}
    <${Instances} probe=${probe} />
  </div>`;
}

/** @param {{probe: any}} props */
function Where({ probe }) {
  const at = probe.definition.at;
  if (typeof at !== 'string') {
    return html`${Object.entries(probe.definition.span?.points ?? {}).map(([name, point]) => html`<span class="chip">${name} ${typeof point === 'string' ? point : /** @type {any} */ (point).at}</span> `)}`;
  }
  const [, name, line] = /^(.+?)(?::(\d+).*|#.*)?$/.exec(at) ?? [];
  const service = [probe.definition.on?.service ?? ''].flat()[0];
  return html`<a href=${pathOf('source', { class: name ?? at, line: line ?? '', service: String(service) })}>${at}</a>`;
}

/** @param {{probe: any}} props */
function Instances({ probe }) {
  const told = new Map((probe.reports ?? []).map((/** @type {any} */ one) => [one.instance, one]));
  const all = [...new Set([...(probe.targets ?? []), ...told.keys()])];
  if (probe.reports === undefined) {
    return html`<p class="muted small-text">A fleet so large is summed up: <code>plumb probe show ${probe.id}</code> lists its instances.</p>`;
  }
  return html`<ul class="rows live-instances">${all.length === 0 && html`<li class="muted">No running instance is meant; it is set where one starts.</li>`}
    ${all.map((instance) => html`<${Instance} key=${instance} instance=${instance} report=${told.get(instance)} version=${probe.version} />`)}</ul>`;
}

/** @param {{instance: string, report: any, version: number}} props */
function Instance({ instance, report, version }) {
  if (report === undefined) {
    return html`<li><span class="mono">${instance}</span> <${State} state="sent" /> <span class="muted">no word yet</span></li>`;
  }
  const { cost } = report;
  const lost = Object.entries(report.dropped).map(([cause, hits]) => `${cause} ${count(/** @type {number} */ (hits))}`).join(', ');
  const bad = report.sites.filter((/** @type {any} */ site) => site.state !== 'installed' && site.reason !== '');
  return html`<li><span class="mono">${instance}</span>
    <${State} state=${report.state} text=${report.state === 'sampling' ? `sampling 1/${cost.every}` : report.state} />
    ${report.version !== version && html` <span class="warn">still version ${report.version}</span>`}
    <p class="muted">${count(report.emitted)} emitted of ${count(cost.hits)} hits · ${cost.estimated > 0 ? '~' : ''}${span(cost.nanosPerHit / 1e6)} each · ${percent(cost.share)} of a core · ${count(Math.round(cost.bytesPerSecond))} B/s
      · ${report.sites.length === 1 ? '1 site' : `${report.sites.length} sites`}</p>
    ${report.reason !== '' && html`<p class="bad">${report.reason}</p>`}
    ${lost !== '' && html`<p class="warn">lost: ${lost}</p>`}
    ${bad.map((/** @type {any} */ site) => html`<p class="bad">${site.class} ${site.method}: ${site.reason}</p>`)}</li>`;
}

/** @param {number | undefined} expires */
function ends(expires) {
  const left = (expires ?? 0) - Date.now();
  return expires === undefined ? '' : left > 0 ? ` · ends in ${span(left)}` : ' · ended';
}
