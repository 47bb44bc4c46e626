// @ts-check
import { useEffect, useMemo, useState } from 'preact/hooks';
import { askLines } from '../../api/api.js';
import { note } from '../../app/router.js';
import { download } from '../../ui/download.js';
import { html } from '../../ui/html.js';
import { Empty, Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { VirtualList } from '../../ui/virtual-list.js';
import { day, several } from '../../ui/words.js';

/** Who changed what, and who was refused. */
const ROW = 34;
const SINCE = ['1h', '1d', '7d', '30d'];

/** @param {{at: import('../../app/router.js').Place}} props */
export function Audit({ at }) {
  const since = at.query.get('since') || '1d';
  const filter = at.query.get('q') ?? '';
  const [entries, show] = useState(/** @type {any[] | null} */ (null));
  const [problem, say] = useState('');
  const [turn, again] = useState(0);
  const [chosen, choose] = useState(-1);
  useEffect(() => {
    const abort = new AbortController();
    say('');
    askLines(`/audit?since=${since}`, abort.signal).then((all) => show(all.reverse()), (e) => abort.signal.aborted || say(told(e)));
    return () => abort.abort();
  }, [since, turn]);
  const shown = useMemo(() => (entries ?? []).filter((one) => matches(one, filter)), [entries, filter]);
  useEffect(() => choose(-1), [shown]);
  return html`
    <div class="filters">
      <label>Since <select value=${since} onChange=${(/** @type {any} */ event) => note({ since: event.target.value })}>
        ${SINCE.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}</select></label>
      <label class="grows"><span class="sr">Filter entries</span><input type="search" value=${filter} spellcheck=${false} placeholder="who, what, outcome: any text"
        onInput=${(/** @type {any} */ event) => note({ q: event.target.value })} /></label>
      <button type="button" class="quiet small" onClick=${() => again(turn + 1)}>Read again</button>
      <button type="button" class="quiet small" disabled=${shown.length === 0} onClick=${() =>
        download(`plumbline-audit-${new Date().toISOString().substring(0, 10)}.json`, JSON.stringify(shown, null, 2), 'application/json')}>Export as JSON</button>
    </div>
    <${Trouble} text=${problem} />
    ${entries !== null && html`<p class="muted small-text" role="status">${several(shown.length, 'entry', 'entries')} of ${entries.length}, newest first</p>`}
    ${entries !== null && shown.length === 0
      ? html`<${Empty} title="No entry is like that.">Look further back, or for another text.</${Empty}>`
      : html`<div class="split">
        <div class="split-list">
          <div class="cells audit-cells list-head" aria-hidden="true"><span>When</span><span>Who</span><span>Did</span><span>Outcome</span><span>What</span></div>
          <${VirtualList} rows=${shown} height=${ROW} label="Audit entries, newest first" keyOf=${(/** @type {any} */ _, /** @type {number} */ index) => index}
            draw=${row} chosen=${chosen} choose=${choose} />
        </div>
        <${Entry} one=${shown[chosen]} />
      </div>`}`;
}

/** @param {any} one */
function row(one) {
  if (one.unreadable !== undefined) {
    return html`<span class="cells audit-cells"><span class="bad">unreadable</span><span></span><span></span><span></span><span>${one.unreadable}</span></span>`;
  }
  const what = Object.entries(one.what).map(([name, value]) => `${name} ${value}`).join(', ') || one.reason;
  return html`<span class="cells audit-cells"><span class="mono">${day(Date.parse(one.at))}</span><span title=${one.who}>${one.who || 'nobody known'}</span>
    <span class="mono" title=${one.action}>${one.action}</span><span class=${one.outcome === 'done' ? 'good' : 'bad'}>${one.outcome}${one.signed ? '' : ', unsigned'}</span>
    <span title=${what}>${what}</span></span>`;
}

/** @param {{one: any}} props */
function Entry({ one }) {
  if (one === undefined) {
    return html`<aside class="split-one muted"><p>Choose an entry to read all of it.</p></aside>`;
  }
  const { what = {}, signed, ...rest } = one;
  return html`<aside class="split-one" aria-label="Audit entry">
    <h2>${one.action ?? 'What is no entry'}</h2>
    <dl class="facts">${Object.entries({ ...rest, ...what, signed: signed ? 'by a trusted key' : 'by no trusted key: who can write to Kafka may have made it up' })
      .filter(([, value]) => value !== '')
      .map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${String(value)}</dd></div>`)}</dl>
  </aside>`;
}

/** @param {any} one @param {string} filter */
function matches(one, filter) {
  const text = JSON.stringify(Object.values(one)).toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
