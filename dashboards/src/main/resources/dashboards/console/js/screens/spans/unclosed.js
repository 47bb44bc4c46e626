// @ts-check
import { useMemo } from 'preact/hooks';
import { Polled, usePolled } from '../../app/polled.js';
import { html } from '../../ui/html.js';
import { clock, count, several } from '../../ui/words.js';

/** Requests that came to a point and not to the next. */
const EVERY_MILLIS = 10_000;
const MOST = 1_000;
const EXAMPLES = 10;

/** @param {{probe: string, since: string, choose: (trace: string) => void}} props */
export function Unclosed({ probe, since, choose }) {
  const path = `/probes/${encodeURIComponent(probe)}/signals?limit=${MOST}${since === '' ? '' : `&since=${since}`}`;
  /** @type {import('../../app/polled.js').Answer<any>} */
  const { value } = usePolled(useMemo(() => new Polled(path, EVERY_MILLIS), [path]));
  const signals = /** @type {any[]} */ (value?.signals ?? []);
  const counts = signals.filter((one) => one.kind === 'metric' && one.name === 'plumbline.span.unclosed');
  const examples = signals.filter((one) => one.event === 'plumbline.unclosed').reverse().slice(0, EXAMPLES);
  if (counts.length + examples.length === 0) {
    return value === null ? null : html`<p class="muted small-text">No request is known that came to a point and not to the next.</p>`;
  }
  return html`<section class="card unclosed" aria-label="Unfinished requests">
    <h2>Unfinished requests</h2>
    ${counts.map((one) => html`<p key=${JSON.stringify(one.labels)} class="warn">${count(one.value)} came to
      <strong> ${one.labels['plumbline.span.from']}</strong> and not to <strong>${one.labels['plumbline.span.missed']}</strong>, since the probe was set.</p>`)}
    ${examples.length > 0 && html`<details><summary>${several(examples.length, 'example')}</summary><ul class="rows">${examples.map((one) => html`<li key=${one.uid}>
      <span class="mono muted">${clock(one.time)}</span> ${one.body} ${one.traceId !== undefined && html`<button type="button" class="quiet small" onClick=${() => choose(one.traceId)}>Its spans</button>`}</li>`)}</ul></details>`}
  </section>`;
}
