// @ts-check
import { useMemo, useState } from 'preact/hooks';
import { Polled, usePolled } from '../../app/polled.js';
import { html } from '../../ui/html.js';
import { Trouble } from '../../ui/parts.js';
import { day } from '../../ui/words.js';
import { Jaeger } from './jaeger.js';
import { bounded, duration } from './scale.js';
import { Share } from '../../ui/share.js';

/** All spans of one request below each other: a table whose bars are drawn to scale. */
const EVERY_MILLIS = 5_000;
const MOST_TICKS = 5;

/** @param {{probe: string, trace: string}} props trace: a trace's id or a request's key */
export function Waterfall({ probe, trace }) {
  const polled = useMemo(() => new Polled(`/probes/${encodeURIComponent(probe)}/traces/${encodeURIComponent(trace)}`, EVERY_MILLIS), [probe, trace]);
  /** @type {import('../../app/polled.js').Answer<any>} */
  const { value, error } = usePolled(polled);
  return html`<section class="card waterfall" aria-label="The chosen request">
    <div class="head"><h2>Request <code>${trace}</code></h2><span class="foot">${value !== null && html`<${Share} what=${{ probe, traces: value.traces }} />`}
      <${Jaeger} traces=${value?.traces ?? []} /></span></div>
    <${Trouble} text=${error} />
    ${value !== null && html`
      <p class="muted small-text">Began ${day(value.startMicros / 1_000)}, ${duration(value.micros * 1_000)} from ${value.points[0]} to where it came.</p>
      ${value.missing.length > 0 && html`<p class="warn" role="status">It never came to ${value.missing.join(' and ')}, or not yet; or that hit was not taken.</p>`}
      <${Bars} spans=${value.spans} micros=${Math.max(1, value.micros)} />`}
  </section>`;
}

/** @param {{spans: any[], micros: number}} props also of a share's spans */
export function Bars({ spans, micros }) {
  const [open, turn] = useState('');
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = [...(/** @type {HTMLElement} */ (event.currentTarget)).querySelectorAll('button')];
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (step !== undefined && at >= 0) {
      event.preventDefault();
      all[Math.max(0, Math.min(all.length - 1, at + step))].focus();
    }
  };
  return html`<div class="wide-table" role="region" aria-label="Spans" tabindex="0"><table class="data bars" onKeyDown=${key}>
    <thead><tr><th scope="col">Span</th><th scope="col">Where</th><th scope="col" class="bar-cell"><${Ticks} micros=${micros} /></th><th scope="col" class="number">Duration</th></tr></thead>
    <tbody>${spans.map((one) => html`<${Bar} key=${one.spanId} one=${one} micros=${micros} isOpen=${open === one.spanId} turn=${() => turn(open === one.spanId ? '' : one.spanId)} />`)}</tbody>
  </table></div>`;
}

/** @param {{micros: number}} props */
function Ticks({ micros }) {
  return html`<span class="sr">Begins and ends</span><span class="span-ticks" aria-hidden="true">${[...Array(MOST_TICKS)].map((_, index) => html`
    <span key=${index} style=${{ left: `${index / MOST_TICKS * 100}%` }}>${duration(micros * 1_000 * index / MOST_TICKS)}</span>`)}</span>`;
}

/** @param {{one: any, micros: number, isOpen: boolean, turn: () => void}} props */
function Bar({ one, micros, isOpen, turn }) {
  const left = one.offsetMicros / micros * 100;
  const width = one.nanos / 1_000 / micros * 100;
  const off = (one.bound ?? 0) / 1_000 / micros * 100;
  const where = one.toInstance === one.instance ? one.service : `${one.service} → ${one.toService || one.toInstance}`;
  const says = `${one.name}: ${one.duration}, from ${duration(one.offsetMicros * 1_000)} on, ${one.instance} to ${one.toInstance}`;
  return html`<tr><th scope="row"><button type="button" class="quiet small" aria-expanded=${isOpen} onClick=${turn} title=${says}>${one.from} → ${one.to}</button></th>
      <td><span title=${`${one.instance} → ${one.toInstance}`}>${where}</span></td>
      <td class="bar-cell"><span class="sr">from ${duration(one.offsetMicros * 1_000)} to ${duration(one.offsetMicros * 1_000 + one.nanos)}</span>
        <span class="track" title=${says} aria-hidden="true">
          ${off > 0 && html`<span class="off" style=${{ left: `${Math.max(0, left + width - off)}%`, width: `${Math.min(2 * off, 100 - Math.max(0, left + width - off))}%` }} />`}
          <span class="span-bar" style=${{ left: `${Math.min(99.5, left)}%`, width: `${Math.max(0.5, Math.min(100 - left, width))}%` }} /></span></td>
      <td class="number">${bounded(one.nanos, one.bound)}</td></tr>
    ${isOpen && html`<tr class="span-more"><td colspan="4"><dl class="facts">
      ${Object.entries({ ...told(one.attributes), trace: one.traceId, span: one.spanId, parent: one.parentSpanId, 'known by': BASIS[one.basis] ?? one.basis }).filter(([, value]) => value !== '')
        .map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd class="mono">${String(value)}</dd></div>`)}</dl></td></tr>`}`;
}

/** What the row does not say already. @param {Record<string, unknown>} attributes */
function told(attributes) {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !SAID.has(name)));
}

const SAID = new Set(['plumbline.probe.version', 'plumbline.span.from', 'plumbline.span.to', 'plumbline.latency.basis', 'plumbline.latency.bound_ns']);

/** How a duration is known. @type {Record<string, string>} */
const BASIS = {
  process: 'one process’s clock',
  host: 'one host’s clock',
  hops: 'the hosts’ clocks, and the requests between them',
  unbounded: 'the hosts’ clocks alone; nobody knows by how much they differ',
};
