// @ts-check
import { usePolled } from '../../app/polled.js';
import { pathOf } from '../../app/router.js';
import { historyOf, rateOf } from '../../data/exporter-history.js';
import { exporters } from '../../data/polls.js';
import { html } from '../../ui/html.js';
import { Empty, State, Trouble } from '../../ui/parts.js';
import { Sparkline } from '../../ui/sparkline.js';
import { count, several, span } from '../../ui/words.js';

/** What states mean, and what to do. @type {Record<string, string>} */
const MEANS = {
  delivering: 'It delivers what comes.',
  retrying: 'The backend does not take it now; the signals wait in Kafka and are sent again.',
  unauthorized: 'The backend refuses the credentials: correct them in the settings. The signals wait in Kafka.',
  'no-kafka': 'Kafka does not answer.',
  silent: 'Its process has not been heard of for a while. The signals wait in Kafka; start it: plumb up, or plumb pipeline.',
  stopped: 'It was stopped. The signals wait in Kafka.',
};

export function Exporters() {
  const answer = usePolled(exporters);
  const all = answer.value?.exporters ?? [];
  return html`<${Trouble} text=${answer.error} />
    ${answer.value !== null && all.length === 0 && html`<${Empty} title="No exporter runs.">
      Signals wait in Kafka until one does. Settings begin with its name: <code>prometheus.port=9464</code></${Empty}>`}
    <ul class="cards exporters">${all.map((one) => html`<${Exporter} key=${one.name} one=${one} />`)}</ul>`;
}

/** @param {{one: any}} props */
function Exporter({ one }) {
  const lags = historyOf(one.name).map((moment) => moment.lag);
  const lost = Object.entries(one.lost);
  return html`<li class="card exporter">
    <div class="head"><h2>${one.name}</h2><${State} state=${one.state} title=${MEANS[one.state] ?? ''} /></div>
    ${one.state !== 'delivering' && html`<p class="small-text">${MEANS[one.state]}</p>`}
    ${one.lastError !== '' && html`<p class="trouble small-text"><span class="sr">Last error: </span>${one.lastError}</p>`}
    <dl class="figures">
      <div><dt>Lag</dt><dd><strong>${count(one.lag)}</strong> <span class="muted">${one.lag === 1 ? 'record' : 'records'}</span>
        <${Sparkline} values=${lags} label=${`Lag of the last minutes, at most ${count(Math.max(0, ...lags))}`} /></dd></div>
      <div><dt>Delivered</dt><dd><strong>${one.perSecond.toFixed(1)}</strong> <span class="muted">a second</span></dd></div>
      <div><dt>Retried</dt><dd>${count(one.retried)}</dd></div>
      <div><dt>Filtered</dt><dd>${count(one.filtered)}</dd></div>
      <div><dt>Lost</dt><dd class=${lost.length > 0 ? 'bad' : ''}>${lost.length === 0 ? 'none'
        : lost.map(([cause, many]) => `${count(Number(many))} ${cause}`).join(', ')}</dd></div>
    </dl>
    <${Kinds} one=${one} />
    ${lost.length > 0 && html`<p><a href=${pathOf('pipeline', { tab: 'letters', exporter: one.name })}>Its dead letters</a></p>`}
    ${Object.keys(one.links).length > 0 && html`<p class="chips">${Object.entries(one.links).map(([name, url]) => html`
      <a key=${name} href=${url} target="_blank" rel="noopener noreferrer">${name} ↗</a>`)}</p>`}
    <${ByProbe} delivered=${one.deliveredByProbe} />
    <${Processes} name=${one.name} all=${one.processes} />
  </li>`;
}

/** @param {{one: any}} props */
function Kinds({ one }) {
  return html`<table class="data">
    <thead><tr><th scope="col">Kind</th><th scope="col" class="number">delivered</th><th scope="col" class="number">a second</th></tr></thead>
    <tbody>${Object.entries(one.delivered).map(([kind, many]) => {
      const rate = rateOf(one.name, kind);
      return html`<tr key=${kind}><th scope="row">${kind}</th><td class="number">${count(Number(many))}</td>
        <td class="number">${rate === null ? '…' : rate.toFixed(1)}</td></tr>`;
    })}</tbody></table>`;
}

/** @param {{delivered: Record<string, Record<string, number>>}} props */
function ByProbe({ delivered }) {
  const probes = Object.entries(delivered).sort(([a], [b]) => a.localeCompare(b));
  return probes.length === 0 ? null : html`<details><summary>${several(probes.length, 'probe')}</summary>
    <table class="data"><thead><tr><th scope="col">Probe</th><th scope="col" class="number">log</th><th scope="col" class="number">metric</th>
      <th scope="col" class="number">span</th></tr></thead>
    <tbody>${probes.map(([probe, kinds]) => html`<tr key=${probe}><th scope="row"><a href=${pathOf('live', { probe })}><code>${probe}</code></a></th>
      ${['log', 'metric', 'span'].map((kind) => html`<td key=${kind} class="number">${count(kinds[kind] ?? 0)}</td>`)}</tr>`)}</tbody></table></details>`;
}

/** @param {{name: string, all: any[]}} props */
function Processes({ name, all }) {
  return html`<details><summary>${several(all.length, 'process', 'processes')}</summary>
    <div class="wide-table" role="region" aria-label=${`Processes of ${name}`} tabindex="0"><table class="data">
      <thead><tr><th scope="col">Host</th><th scope="col">pid</th><th scope="col">State</th><th scope="col" class="number">lag</th>
        <th scope="col" class="number">a second</th><th scope="col" class="number">retried</th><th scope="col">Up</th><th scope="col">Heard of</th></tr></thead>
      <tbody>${all.map((one) => html`<tr key=${one.process}><th scope="row">${one.host}</th><td>${one.pid}</td>
        <td><${State} state=${one.silent ? 'silent' : one.state} title=${one.lastError} /></td><td class="number">${count(one.lag)}</td>
        <td class="number">${one.perSecond.toFixed(1)}</td><td class="number">${count(one.retried)}</td>
        <td>${span(Math.max(0, Date.now() - one.started))}</td><td>${one.heardMillisAgo < 1_000 ? 'now' : `${span(one.heardMillisAgo)} ago`}</td></tr>`)}
      </tbody></table></div></details>`;
}
