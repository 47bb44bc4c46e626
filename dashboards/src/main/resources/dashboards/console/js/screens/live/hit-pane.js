// @ts-check
import { usePolled } from '../../app/polled.js';
import { note, pathOf } from '../../app/router.js';
import { instances } from '../../data/polls.js';
import { html } from '../../ui/html.js';
import { Chip, Copy, Empty, Tabs } from '../../ui/parts.js';
import { Share } from '../../ui/share.js';
import { day, span } from '../../ui/words.js';
import { keyOf, message, sort, where } from './hit-words.js';
import { Stack } from './stack.js';
import { Variables } from './variables.js';

const TABS = [
  { name: 'variables', title: 'Variables' },
  { name: 'stack', title: 'Stack' },
  { name: 'process', title: 'Process' },
  { name: 'trace', title: 'Trace' },
  { name: 'raw', title: 'Raw' },
];

/**
 * The hit that is chosen, whole.
 *
 * @param {{hit: any, wanted: string, isSought: boolean, marked: string, compare: () => void, tab: string}} props
 */
export function HitPane({ hit, wanted, isSought, marked, compare, tab }) {
  if (hit === null) {
    return html`<aside class="live-hit" aria-label="Chosen hit"><${Empty}
      title=${wanted === '' ? 'No hit is chosen.' : isSought ? 'Looking for the hit …' : 'The hit of the address is not kept any more.'}>
      ${wanted === '' ? html`Choose one, or walk with <kbd>j</kbd> and <kbd>k</kbd>.` : isSought ? '' : 'Kafka keeps signals for a while only; a shared hit is kept until it is removed.'}</${Empty}></aside>`;
  }
  const key = keyOf(hit);
  return html`<aside class="live-hit" aria-label="Chosen hit">
    <div class="live-hit-head">
      <h2>${sort(hit)} <span class="muted">${where(hit)}</span></h2>
      <p class="muted small-text">${day(hit.time)} · ${hit.service}/${hit.instance} · ${hit.probe}</p>
      <p class="mono live-said">${message(hit)}</p>
      <div class="foot">
        <button type="button" class="quiet small" aria-pressed=${marked === key} title="Key c" onClick=${compare}>${marked === '' ? 'Mark as A' : marked === key ? 'Not A any more' : 'Compare with A'}</button>
        ${marked !== '' && marked !== key && html`<button type="button" class="quiet small" onClick=${() => note({ a: key })}>Mark as A instead</button>`}
        <${Share} what=${{ probe: hit.probe, hits: [hit.uid] }} disabled=${hit.uid === undefined} />
        <${Copy} label="Copy JSON" text=${() => JSON.stringify(hit, null, 2)} />
      </div>
    </div>
    <${Tabs} label="Of the hit" tabs=${TABS} chosen=${tab} choose=${(/** @type {string} */ name) => note({ tab: name })} />
    <div class="live-tab" role="tabpanel" aria-labelledby=${`tab-${tab}`} tabindex="0">
      ${tab === 'stack' ? html`<${Stack} hit=${hit} />`
        : tab === 'process' ? html`<${Process} hit=${hit} />`
        : tab === 'trace' ? html`<${Trace} hit=${hit} />`
        : tab === 'raw' ? html`<pre class="live-raw">${JSON.stringify(hit, null, 2)}</pre>`
        : html`<${Variables} key=${key} values=${hit.values ?? hit.attributes} />`}
    </div>
  </aside>`;
}

/** @param {{hit: any}} props */
function Process({ hit }) {
  const fleet = usePolled(instances);
  const one = fleet.value?.instances.find((instance) => instance.id === hit.instance);
  const context = hit.values?.['@context'] ?? {};
  return html`<dl class="live-facts-list">
    <${Fact} name="Service" value=${hit.service} /><${Fact} name="Instance" value=${hit.instance} />
    <${Fact} name="Thread" value=${hit.thread} /><${Fact} name="Method" value=${hit.function} />
    <${Fact} name="Level" value=${hit.severity} />
    ${one !== undefined && html`<${Fact} name="Agent" value=${one.agentVersion} /><${Fact} name="Up" value=${span(Math.max(0, one.seen - one.started))} />`}
    <${Facts} name="Labels" map=${one?.labels} none=${fleet.value === null ? '…' : 'The instance is not known any more.'} />
    <${Facts} name="MDC" map=${context.mdc} none="None where the hit was, or the signal carries none: snapshots do." />
    <${Facts} name="Baggage" map=${context.baggage} none="None where the hit was." />
  </dl>`;
}

/** @param {{hit: any}} props */
function Trace({ hit }) {
  if (!hit.traceId) {
    return html`<p class="live-note muted">The hit was outside of any trace, or its program has no tracer: see “Trace context” in docs/probes.md.</p>`;
  }
  return html`<dl class="live-facts-list">
    <${Fact} name="Trace" value=${hit.traceId} copy=${true} /><${Fact} name="Span" value=${hit.spanId} copy=${true} />
    ${hit.parentSpanId && html`<${Fact} name="Parent" value=${hit.parentSpanId} copy=${true} />`}
    <${Facts} name="The span’s attributes" map=${hit.values?.['@context']?.span} none="The signal carries none: snapshots do." />
  </dl>
  <p class="live-note"><a href=${pathOf('spans', { trace: hit.traceId })}>Spans of this trace</a> ·
    <a href=${pathOf('live', { q: `trace:${hit.traceId}` })}>Hits of this trace</a></p>`;
}

/** @param {{name: string, value: any, copy?: boolean}} props */
function Fact({ name, value, copy = false }) {
  return value === undefined || value === '' ? null : html`<div><dt>${name}</dt><dd class="mono">${String(value)} ${copy && html`<${Copy} text=${() => String(value)} />`}</dd></div>`;
}

/** @param {{name: string, map: Record<string, any> | undefined, none: string}} props */
function Facts({ name, map, none }) {
  const entries = Object.entries(map ?? {});
  return html`<div><dt>${name}</dt><dd>${entries.length === 0
    ? html`<span class="muted">${none}</span>`
    : html`<span class="chips">${entries.map(([label, value]) => html`<${Chip} key=${label} name=${label} value=${typeof value === 'object' ? JSON.stringify(value) : String(value)} />`)}</span>`}</dd></div>`;
}
