// @ts-check
import { useMemo } from 'preact/hooks';
import { Polled, usePolled } from '../../app/polled.js';
import { note, pathOf } from '../../app/router.js';
import { probes } from '../../data/polls.js';
import { html } from '../../ui/html.js';
import { Empty, State, Trouble } from '../../ui/parts.js';
import { day, several } from '../../ui/words.js';
import { Latency } from './histogram.js';
import { Point } from './points.js';
import { Slowest } from './slowest.js';
import { Unclosed } from './unclosed.js';
import { Waterfall } from './waterfall.js';

/** How long requests take between chosen lines, in one service or several. */
const EVERY_MILLIS = 5_000;
const SINCE = { '10m': '10 minutes', '1h': 'an hour', '1d': 'a day', all: 'all that is kept' };

/** @param {{at: import('../../app/router.js').Place}} props */
export function Screen({ at }) {
  const answer = usePolled(probes);
  const all = (answer.value?.probes ?? []).filter((one) => one.definition.span !== undefined);
  const chosen = at.query.get('probe') ?? all[0]?.id ?? '';
  return html`<div class="screen spans">
    <header class="screen-head"><h1>Spans</h1><p class="muted" role="status">${several(all.length, 'span probe')}</p></header>
    <${Trouble} text=${answer.error} />
    ${answer.value !== null && all.length === 0 && chosen === '' && html`<${Empty} title="No span probe is set.">
      Choose two or more lines in <a href=${pathOf('source')}>the source</a>, or say <code>plumb span checkout A=shop.OrderService:42 B=payments.Ledger:33</code></${Empty}>`}
    ${chosen !== '' && html`<div class="spans-columns">
      <nav aria-label="Span probes"><ul class="span-probes">${all.map((one) => html`<${Entry} key=${one.id} one=${one} isChosen=${one.id === chosen} />`)}
        ${answer.value !== null && !all.some((one) => one.id === chosen) && html`<li class="card"><p><code>${chosen}</code> is not set any more; shown is what is kept of it.</p></li>`}</ul></nav>
      <${Chosen} key=${chosen} id=${chosen} since=${at.query.get('since') ?? '1h'} trace=${at.query.get('trace') ?? ''} />
    </div>`}
  </div>`;
}

/** @param {{one: any, isChosen: boolean}} props */
function Entry({ one, isChosen }) {
  const { by, within, points } = one.definition.span;
  const state = one.off ? 'off' : one.expired ? 'expired' : Object.keys(one.summary.states)[0] ?? 'pending';
  return html`<li class=${`card span-probe ${isChosen ? 'chosen' : ''}`}>
    <div class="head"><h2><a href=${pathOf('spans', { probe: one.id })} aria-current=${isChosen ? 'true' : undefined}><code>${one.id}</code></a></h2><${State} state=${state} /></div>
    <ul class="rows">${Object.entries(points).map(([name, point]) => html`<${Point} key=${name} name=${name} point=${point} />`)}</ul>
    <p class="muted small-text">Together by ${by}, within ${within}</p>
  </li>`;
}

/** @param {{id: string, since: string, trace: string}} props */
function Chosen({ id, since, trace }) {
  const path = `/probes/${encodeURIComponent(id)}/latency${since === 'all' ? '' : `?since=${since}`}`;
  /** @type {import('../../app/polled.js').Answer<any>} */
  const { value, error } = usePolled(useMemo(() => new Polled(path, EVERY_MILLIS), [path]));
  const figures = value?.pairs ?? [];
  const whole = value?.whole;
  const isWholeOwn = whole !== undefined && !figures.some((/** @type {any} */ one) => one.from === whole.from && one.to === whole.to);
  /** @param {string} chosen */
  const choose = (chosen) => note({ trace: chosen === trace ? '' : chosen });
  return html`<div class="spans-main">
    <div class="filters"><label>Requests of <select value=${since} onChange=${(/** @type {any} */ event) => note({ since: event.target.value })}>
      ${Object.entries(SINCE).map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}</select></label>
      ${value !== null && html`<p class="muted small-text" role="status">${several(value.spans, 'span')}${value.complete ? '' : `; of those before ${day(value.searchedBack)} not all`}</p>`}</div>
    <${Trouble} text=${error} />
    ${value !== null && value.spans === 0 && html`<${Empty} title="No span yet.">A span is there when a request came to two points. Send one, or look further back.</${Empty}>`}
    ${value !== null && value.spans > 0 && html`
      <div class="latencies">${figures.map((/** @type {any} */ one) => html`<${Latency} key=${`${one.from} ${one.to}`} figures=${one} />`)}
        ${isWholeOwn && html`<${Latency} figures=${whole} isWhole=${true} />`}</div>
      <${Slowest} slowest=${value.slowest} last=${value.points[value.points.length - 1]} chosen=${trace} choose=${choose} />`}
    ${trace !== '' && html`<${Waterfall} key=${trace} probe=${id} trace=${trace} />`}
    <${Unclosed} probe=${id} since=${since === 'all' ? '' : since} choose=${choose} />
  </div>`;
}
