// @ts-check
import { useMemo, useRef, useState } from 'preact/hooks';
import { pathOf } from '../../app/router.js';
import { html } from '../../ui/html.js';
import { Empty, State, Trouble } from '../../ui/parts.js';
import { percent, several } from '../../ui/words.js';
import { ProbeDetail } from './probe-detail.js';
import { kindsOf, nanosPerHit, Rates, reasons, stateOf, ticks } from './probe-list.js';

/**
 * The probes, how each stands and what it costs. One is chosen by its name, further ones by their boxes.
 *
 * @param {{answer: import('../../app/polled.js').Answer<{probes: any[], awaiting?: any[]}>, chosen: string[], choose: (ids: string[]) => void}} props
 */
export function ProbesPane({ answer, chosen, choose }) {
  const [filter, set] = useState('');
  const rates = useRef(new Rates());
  const all = answer.value?.probes ?? [];
  const measured = useMemo(() => new Map(all.map((one) => [one.id, rates.current.of(one)])), [answer.value]);
  const words = filter.toLowerCase().split(/\s+/);
  const shown = all.filter((one) => words.every((word) => `${one.id} ${kindsOf(one).join(' ')} ${stateOf(one)} ${one.definition.at ?? ''}`.toLowerCase().includes(word)));
  const awaiting = answer.value?.awaiting ?? [];
  return html`<aside class="live-probes" aria-label="Probes">
    <div class="live-side-head">
      <label class="search"><span class="sr">Filter probes</span>
        <input type="search" value=${filter} placeholder="Filter probes" spellcheck=${false} onInput=${(/** @type {any} */ event) => set(event.target.value)} /></label>
      <button type="button" class="quiet small" aria-pressed=${chosen.length === 0} onClick=${() => choose([])}>All</button>
    </div>
    <${Trouble} text=${answer.error} />
    ${answer.value === null && answer.error === '' && html`<p class="wait muted">…</p>`}
    ${answer.value !== null && all.length === 0 && html`<${Empty} title="No probe is set.">
      Choose a line of the <a href=${pathOf('source')}>source</a>, or: <code>plumb log shop.OrderService:42 'order {order.id}'</code></${Empty}>`}
    ${all.length > 0 && shown.length === 0 && html`<p class="live-note muted">No probe is like that. Kinds, states and classes are searched, too.</p>`}
    <ul class="live-list">${shown.map((one) => html`<${Item} key=${one.id} probe=${one} rate=${measured.get(one.id) ?? null} chosen=${chosen} choose=${choose} />`)}</ul>
    ${awaiting.length > 0 && html`<p class="live-note muted">${several(awaiting.length, 'probe waits', 'probes wait')} for approval</p>`}
  </aside>`;
}

/** @param {{probe: any, rate: number | null, chosen: string[], choose: (ids: string[]) => void}} props */
function Item({ probe, rate, chosen, choose }) {
  const isChosen = chosen.includes(probe.id);
  const isOnly = isChosen && chosen.length === 1;
  const why = reasons(probe);
  const also = () => choose(isChosen ? chosen.filter((one) => one !== probe.id) : [...chosen, probe.id]);
  return html`<li class=${isChosen ? 'live-probe chosen' : 'live-probe'}>
    <div class="live-probe-line">
      <input type="checkbox" checked=${isChosen} aria-label=${`Also show ${probe.id}`} onChange=${also} />
      <button type="button" class="live-name" aria-expanded=${isOnly} title=${probe.id} onClick=${() => choose(isOnly ? [] : [probe.id])}>${probe.id}</button>
      <${Badge} probe=${probe} why=${why} />
    </div>
    <p class="live-facts muted"><${Ticks} probe=${probe} /> <span class="nobreak">${kindsOf(probe).join(' · ')}</span>
      <span class="nobreak">${rate === null ? '' : `${perSecond(rate)}/s`}</span> <span class="nobreak" title="What a hit costs, and how much of one core where it costs most">${cost(probe)}</span></p>
    ${why !== '' && html`<p class=${`live-why ${['rejected', 'suspended'].includes(stateOf(probe)) ? 'bad' : 'muted'}`} title=${why}>${why}</p>`}
    ${isOnly && html`<${ProbeDetail} probe=${probe} removed=${() => choose([])} />`}
  </li>`;
}

/** @param {{probe: any, why: string}} props */
function Badge({ probe, why }) {
  const state = stateOf(probe);
  const { all, installed } = ticks(probe);
  const text = state === 'sampling' ? `sampling 1/${probe.summary.mostEvery}` : state === 'installed' || (state === 'emitting' && all > 1) ? `${state} ${installed}/${all}` : state;
  return html`<${State} state=${state} text=${text} title=${why || `installed on ${installed} of ${all}`} />`;
}

/** Sent, received, installed: a tick is whole where all instances are so far. @param {{probe: any}} props */
function Ticks({ probe }) {
  const { all, received, installed } = ticks(probe);
  const says = `sent to ${all}, received by ${received}, installed on ${installed} of ${several(all, 'instance')}`;
  const steps = /** @type {[string, number][]} */ ([['sent', all], ['received', received], ['installed', installed]]);
  return html`<span class="live-ticks" role="img" aria-label=${says} title=${says}>${steps.map(([name, amount]) => html`
    <span class=${amount === 0 ? 'muted tick-none' : amount < all ? 'warn' : 'good'}>${amount === 0 ? '·' : '✓'}</span>`)}</span>`;
}

/** @param {number} rate */
export function perSecond(rate) {
  return rate >= 100 ? String(Math.round(rate)) : String(Number(rate.toPrecision(2)));
}

/** @param {any} probe */
function cost(probe) {
  const nanos = nanosPerHit(probe);
  const each = nanos === 0 ? '' : nanos >= 1_000 ? `${Number((nanos / 1_000).toPrecision(3))} µs` : `${Math.round(nanos)} ns`;
  const share = probe.summary.mostShare > 0 ? `${percent(probe.summary.mostShare)} of a core` : '';
  return [each && `${each} a hit`, share].filter((one) => one !== '').join(', ');
}
