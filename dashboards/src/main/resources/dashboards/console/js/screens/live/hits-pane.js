// @ts-check
import { note } from '../../app/router.js';
import { feed } from '../../data/live-feed.js';
import { html } from '../../ui/html.js';
import { Empty, Trouble } from '../../ui/parts.js';
import { VirtualList } from '../../ui/virtual-list.js';
import { clock, count, several } from '../../ui/words.js';
import { download } from './download.js';
import { message, sort, where } from './hit-words.js';

const ROW_PIXELS = 30;

/**
 * The table of hits with what can be done to it.
 *
 * @param {{hits: ReturnType<typeof import('./use-hits.js').useHits>, filter: string, search: any, chosen: string[], probes: any[], marked: string,
 *   choose: (index: number) => void}} props
 */
export function HitsPane({ hits, filter, search, chosen, probes, marked, choose }) {
  const { rows, feed: now } = hits;
  return html`
    <div class="live-tools">
      <label class="search"><span class="sr">Filter hits</span>
        <input type="search" ref=${search} value=${filter} spellcheck=${false} placeholder="text, field:value, order.tier:GOLD, -not"
          onInput=${(/** @type {any} */ event) => note({ q: event.target.value })}
          onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && search.current?.blur()} /></label>
      <div class="live-buttons">
        <button type="button" class="quiet small" aria-pressed=${hits.isPaused} onClick=${hits.turn}>${hits.isPaused ? 'Go on' : 'Pause'}</button>
        <button type="button" class="quiet small" disabled=${hits.isFollowing} onClick=${hits.newest}>Jump to newest</button>
        <button type="button" class="quiet small" disabled=${hits.unread === 0} onClick=${hits.readAll}>Mark read</button>
        <button type="button" class="quiet small" disabled=${rows.length === 0} onClick=${() => download('hits.json', rows.map((row) => row.signal))}>Export</button>
        ${chosen.length === 1 && has(probes, chosen, ['snapshot', 'exception']) && html`<button type="button" class="quiet small" onClick=${() => note({ view: 'groups' })}>Groups</button>`}
        ${has(probes, chosen, ['count', 'gauge', 'histogram']) && html`<button type="button" class="quiet small" onClick=${() => note({ view: 'charts' })}>Charts</button>`}
      </div>
    </div>
    <p class="live-status muted" aria-live="off">${status(hits)}</p>
    <${Trouble} text=${now.error || now.seedError} />
    ${rows.length === 0
      ? html`<${Nothing} hits=${hits} filter=${filter} chosen=${chosen} probes=${probes} />`
      : html`<div class="live-row live-head" aria-hidden="true"><span>Time</span><span>From</span><span>Probe</span><span>Line</span><span>Message</span></div>
        <${VirtualList} rows=${rows} height=${ROW_PIXELS} label="Hits, oldest first" chosen=${hits.index} choose=${choose} stick=${hits.isFollowing}
          atEnd=${hits.follow} keyOf=${(/** @type {any} */ row, /** @type {number} */ index) => index}
          className=${(/** @type {any} */ row) => (feed.read.has(row.signal) ? 'live-row' : 'live-row unread')}
          draw=${(/** @type {any} */ row) => html`<${Row} signal=${row.signal} isMarked=${marked !== '' && hits.keyOf(row.signal) === marked} />`} />`}`;
}

/** @param {{signal: any, isMarked: boolean}} props */
function Row({ signal, isMarked }) {
  const said = message(signal);
  const from = signal.instance.startsWith(signal.service) ? signal.instance : `${signal.service}/${signal.instance}`;
  return html`<span class="mono">${clock(signal.time)}</span>
    <span title=${from}>${isMarked && html`<b class="mark-a">A</b> `}${from}</span>
    <span title=${signal.probe}>${signal.probe}</span>
    <span class="mono" title=${signal.function ?? ''}>${where(signal)}</span>
    <span class=${`mono message ${tone(signal)}`} title=${said}>${said}</span>`;
}

/** @param {any} signal */
function tone(signal) {
  return sort(signal) === 'exception' || signal.severity === 'ERROR' ? 'bad' : signal.severity === 'WARN' ? 'warn' : '';
}

/** @param {ReturnType<typeof import('./use-hits.js').useHits>} hits */
function status(hits) {
  const { feed: now } = hits;
  const later = now.arrived.length === 0 ? 0 : hits.rows.length === 0 ? 0 : hits.waiting;
  return [
    now.isOpen ? (hits.isPaused ? 'paused' : 'live') : 'connecting …',
    `${several(hits.rows.length, 'hit')}`,
    hits.unread > 0 && `${count(hits.unread)} unread`,
    later > 0 && `more came: jump to the newest to see them`,
    now.missed > 0 && `${count(now.missed)} missed, as they came faster than they were read: choose one probe to see more of its own`,
    now.seeding && 'looking for earlier ones …',
  ].filter((one) => one !== false).join(' · ');
}

/** @param {{hits: any, filter: string, chosen: string[], probes: any[]}} props */
function Nothing({ hits, filter, chosen, probes }) {
  if (filter !== '' && hits.feed.arrived.length > 0) {
    return html`<${Empty} title="No hit is like that.">Fields: probe, service, instance, class, line, thread, trace, level, kind, message, or a variable such as order.tier:GOLD</${Empty}>`;
  }
  if (probes.length === 0) {
    return html`<${Empty} title="There is no probe yet.">Set one at a line of the source, or: <code>plumb log shop.OrderService:42 'order {order.id}'</code></${Empty}>`;
  }
  return html`<${Empty} title=${hits.feed.seeding ? 'Looking for earlier hits …' : 'No hit yet.'}>
    ${chosen.length === 0 ? 'Each shows here as it arrives. Choose a probe to see what Kafka kept of its earlier ones.' : 'It shows here as soon as a thread comes by. The probe’s reasons stand on the left.'}
  </${Empty}>`;
}

/** @param {any[]} probes @param {string[]} chosen @param {string[]} kinds */
function has(probes, chosen, kinds) {
  return probes.some((one) => chosen.includes(one.id) && kinds.some((kind) => kind in one.definition));
}
