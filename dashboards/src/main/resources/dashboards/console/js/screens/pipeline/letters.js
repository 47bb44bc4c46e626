// @ts-check
import { useMemo, useState } from 'preact/hooks';
import { Polled, usePolled } from '../../app/polled.js';
import { note, pathOf } from '../../app/router.js';
import { may, session } from '../../app/session.js';
import { exporters } from '../../data/polls.js';
import { html } from '../../ui/html.js';
import { Empty, Trouble } from '../../ui/parts.js';
import { VirtualList } from '../../ui/virtual-list.js';
import { count, day, several } from '../../ui/words.js';
import { Letter } from './letter.js';
import { Replay } from './replay.js';

/** What exporters gave up on: why, and once more. */
const EVERY_MILLIS = 5_000;
const ROW = 34;
const MOST = 1_000;
export const CAUSES = ['malformed', 'rejected', 'too-large', 'defect'];
/** How far back one may look. */
const SINCE = { '1h': 3_600_000, '1d': 86_400_000, '7d': 604_800_000 };

/** @typedef {{exporter: string, cause: string, probe: string, since: string}} Filter */

/** @param {{at: import('../../app/router.js').Place}} props */
export function Letters({ at }) {
  const [exporter, cause, probe, ago, before, all] = ['exporter', 'cause', 'probe', 'since', 'before', 'all'].map((name) => at.query.get(name) ?? '');
  // what was chosen is one moment as long as it is chosen
  const since = useMemo(() => (ago in SINCE ? new Date(Date.now() - SINCE[/** @type {keyof typeof SINCE} */ (ago)]).toISOString() : ''), [ago]);
  const path = `/deadletters?${queryOf({ exporter, cause, probe, since, before, replayed: all === '' ? '' : 'true', limit: String(MOST) })}`;
  /** @type {import('../../app/polled.js').Answer<any>} */
  const answer = usePolled(useMemo(() => new Polled(path, EVERY_MILLIS), [path]));
  const known = usePolled(exporters).value?.exporters ?? [];
  const [isReplay, replay] = useState(false);
  if (session.value.state === 'in' && session.value.who.services.concat(session.value.who.environments).length > 0) {
    return html`<${Empty} title="Dead letters are read with a token without bounds.">They may be of every service. Ask an admin.</${Empty}>`;
  }
  const page = answer.value;
  const letters = page?.letters ?? [];
  const total = (page?.counts ?? []).reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + one.letters, 0);
  return html`
    <div class="filters">
      <${Choose} label="Exporter" value=${exporter} options=${names(known, exporter)} chosen=${(/** @type {string} */ to) => note({ exporter: to, before: '', id: '' })} />
      <${Choose} label="Cause" value=${cause} options=${CAUSES} chosen=${(/** @type {string} */ to) => note({ cause: to, before: '', id: '' })} />
      <${Choose} label="Given up" value=${ago} options=${Object.keys(SINCE)} none="whenever" chosen=${(/** @type {string} */ to) => note({ since: to, before: '', id: '' })} />
      <label>Probe <input type="search" value=${probe} spellcheck=${false} placeholder="any" onChange=${(/** @type {any} */ event) => note({ probe: event.target.value.trim(), before: '', id: '' })} /></label>
      <label class="tick"><input type="checkbox" checked=${all !== ''} onChange=${(/** @type {any} */ event) => note({ all: event.target.checked ? 'true' : '' })} /> Also those sent again</label>
      <button type="button" class="small" disabled=${!may('admin') || total === 0} title=${may('admin') ? '' : 'This needs the role admin'}
        onClick=${() => replay(true)}>Replay ${total === 0 ? 'all' : count(total)} …</button>
    </div>
    <${Trouble} text=${answer.error} />
    ${page !== null && html`<p class="muted small-text" role="status">${summary(page, total)}</p>`}
    ${page !== null && letters.length === 0
      ? html`<${Empty} title=${exporter + cause + probe + ago + before === '' ? 'No dead letters.' : 'No dead letter is like that.'}>
          A signal comes here when a backend refuses it for good, with the reason; everything else is sent again until it is taken.</${Empty}>`
      : html`<div class="split">
        <div class="split-list">
          <div class="cells letter-cells list-head" aria-hidden="true"><span>Given up</span><span>Exporter</span><span>Cause</span><span>Probe</span><span>Reason</span></div>
          <${VirtualList} rows=${letters} height=${ROW} label="Dead letters, newest first" keyOf=${(/** @type {any} */ row) => row.id} draw=${row}
            chosen=${letters.findIndex((/** @type {any} */ one) => one.id === at.query.get('id'))}
            choose=${(/** @type {number} */ index) => note({ id: letters[index].id })} />
          ${page !== null && page.next + before !== '' && html`<p class="pages">
            ${before !== '' && html`<a href=${pathOf('pipeline', { tab: 'letters', exporter, cause, probe, since: ago, all })}>Newest</a>`}
            ${page.next !== '' && html`<a href=${pathOf('pipeline', { tab: 'letters', exporter, cause, probe, since: ago, all, before: page.next })}>Older</a>`}</p>`}
        </div>
        <${Letter} key=${at.query.get('id') ?? ''} id=${at.query.get('id') ?? ''} known=${known} />
      </div>`}
    ${isReplay && html`<${Replay} filter=${{ exporter, cause, probe, since }} counts=${page.counts} replayed=${page.replayed} complete=${page.complete}
      known=${known} close=${() => replay(false)} />`}`;
}

/** @param {any} letter */
function row(letter) {
  return html`<span class="cells letter-cells"><span class="mono">${day(letter.time)}</span><span>${letter.exporter}</span>
    <span class=${letter.replayed ? 'muted' : 'warn'}>${letter.cause || 'not said'}${letter.replayed ? ', sent again' : ''}</span>
    <span class="mono">${letter.probe}</span><span title=${letter.reason}>${letter.reason}</span></span>`;
}

/** @param {any} page @param {number} total */
function summary(page, total) {
  const each = page.counts.map((/** @type {any} */ one) => `${one.exporter} ${one.cause || 'not said'} ${count(one.letters)}`).join(' · ');
  const sent = page.replayed > 0 ? ` · ${count(page.replayed)} sent again already` : '';
  return `${several(total, 'letter')}${each === '' ? '' : `: ${each}`}${sent}${page.complete ? '' : ' · older ones are not counted'}`;
}

/** @param {any[]} known @param {string} chosen */
function names(known, chosen) {
  const all = known.map((one) => one.name);
  return chosen === '' || all.includes(chosen) ? all : [...all, chosen];
}

/** @param {Record<string, string>} all */
function queryOf(all) {
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== '')).toString();
}

/** @param {{label: string, value: string, options: string[], none?: string, chosen: (to: string) => void}} props */
function Choose({ label, value, options, none = 'any', chosen }) {
  return html`<label>${label} <select value=${value} onChange=${(/** @type {any} */ event) => chosen(event.target.value)}>
    <option value="">${none}</option>${options.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}</select></label>`;
}
