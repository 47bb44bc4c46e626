// @ts-check
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useKeys } from '../../app/keys.js';
import { usePolled } from '../../app/polled.js';
import { note, place } from '../../app/router.js';
import { feed } from '../../data/live-feed.js';
import { html } from '../../ui/html.js';
import { Tabs } from '../../ui/parts.js';
import { Compare } from './compare.js';
import { GroupsPane } from './groups-pane.js';
import { HitPane } from './hit-pane.js';
import { HitsPane } from './hits-pane.js';
import { MetricsPane } from './metrics-pane.js';
import { ProbesPane } from './probes-pane.js';
import { fleetProbes } from './probe-list.js';
import { useHits } from './use-hits.js';

/** Signals as they arrive: the probes on the left, their hits or charts in the middle, the hit that is chosen on the right. */

const METRICS = ['count', 'gauge', 'histogram'];
const RECORDS = ['log', 'snapshot', 'exception', 'span'];

/** @param {{at: import('../../app/router.js').Place}} props */
export function Screen({ at }) {
  const chosen = useMemo(() => (at.query.get('probe') ?? '').split(',').filter((id) => id !== ''), [at.query.get('probe')]);
  const filter = at.query.get('q') ?? '';
  const key = at.query.get('hit') ?? '';
  const marked = at.query.get('a') ?? '';
  const other = at.query.get('b') ?? '';
  const probes = usePolled(fleetProbes());
  const all = probes.value?.probes ?? [];
  const view = at.query.get('view') ?? viewOf(all.filter((one) => chosen.includes(one.id)));
  const [pane, show] = useState(key === '' ? (chosen.length === 0 ? 'probes' : 'hits') : 'hit');
  const search = useRef(/** @type {HTMLInputElement | null} */ (null));
  const hits = useHits(filter, key);
  useEffect(() => feed.choose(chosen), [chosen]);
  useEffect(() => () => feed.close(), []);
  /** @param {number} index */
  const choose = (index) => {
    const row = hits.rows[index];
    if (row !== undefined) {
      hits.open(row.signal);
      note({ hit: hits.keyOf(row.signal) });
    }
  };
  // keys come faster than the screen is drawn, so these two ask the address
  /** @param {number} by */
  const step = (by) => {
    const from = hits.at(place.value.query.get('hit') ?? '');
    choose(from < 0 ? (by > 0 ? 0 : hits.rows.length - 1) : Math.max(0, Math.min(hits.rows.length - 1, from + by)));
  };
  const compare = () => {
    const [one, first] = [place.value.query.get('hit') ?? '', place.value.query.get('a') ?? ''];
    if (one !== '') {
      note(first === '' || first === one ? { a: first === one ? '' : one, b: '' } : { b: one });
    }
  };
  useKeys([
    { keys: 'j', does: 'Next hit', run: () => step(1) },
    { keys: 'k', does: 'Previous hit', run: () => step(-1) },
    { keys: ' ', does: 'Pause and go on', run: hits.turn },
    { keys: '/', does: 'Filter hits', run: () => search.current?.focus() },
    { keys: 'c', does: 'Mark this hit as A, then compare another with it', run: compare },
    { keys: 'm', does: 'All hits are read', run: hits.readAll },
  ], [hits, key, marked]);
  return html`<div class=${`screen full live ${view === 'charts' ? 'charts' : ''}`} data-pane=${pane}>
    <h1 class="sr">Live</h1>
    <nav class="live-panes"><${Tabs} label="Parts of the screen" chosen=${pane} choose=${show}
      tabs=${[{ name: 'probes', title: 'Probes' }, { name: 'hits', title: view === 'charts' ? 'Charts' : 'Hits' }, ...(view === 'charts' ? [] : [{ name: 'hit', title: 'Chosen hit' }])]} /></nav>
    <${ProbesPane} answer=${probes} chosen=${chosen} choose=${(/** @type {string[]} */ ids) => {
      note({ probe: ids.join(','), hit: '', a: '', b: '', view: '' });
      if (ids.length > 0) {
        show('hits');
      }
    }} />
    <section class=${`live-hits ${chosen.length === 1 ? 'single' : ''}`} aria-label=${view === 'charts' ? 'Charts' : 'Hits'}>
      ${view === 'charts'
        ? html`<${MetricsPane} probes=${all} chosen=${chosen} />`
        : view === 'groups' && chosen.length === 1 ? html`<${GroupsPane} probe=${chosen[0]} />`
        : html`<${HitsPane} hits=${hits} filter=${filter} search=${search} chosen=${chosen} probes=${all} marked=${marked}
            choose=${(/** @type {number} */ index) => { choose(index); show('hit'); }} />`}
    </section>
    <${HitPane} hit=${hits.hit} wanted=${key} isSought=${hits.isSought} marked=${marked} compare=${compare} tab=${at.query.get('tab') ?? 'variables'} />
    ${marked !== '' && other !== '' && html`<${Compare} left=${hits.find(marked)} right=${hits.find(other)} close=${() => note({ b: '' })} />`}
  </div>`;
}

/** Charts where a probe that is chosen measures and records nothing. @param {any[]} probes */
function viewOf(probes) {
  const isMetric = (/** @type {any} */ one) => METRICS.some((kind) => kind in one.definition) && !RECORDS.some((kind) => kind in one.definition);
  return probes.length > 0 && probes.every(isMetric) ? 'charts' : 'hits';
}
