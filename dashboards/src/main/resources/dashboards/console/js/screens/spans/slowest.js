// @ts-check
import { html } from '../../ui/html.js';
import { clock } from '../../ui/words.js';
import { bounded, duration } from './scale.js';

/** The slowest requests, of which one is chosen. @param {{slowest: any[], last: string, chosen: string, choose: (trace: string) => void}} props */
export function Slowest({ slowest, last, chosen, choose }) {
  return html`<section class="card" aria-label="The slowest requests"><h2>The slowest requests</h2>
    <div class="wide-table" role="region" aria-label="Table of the slowest requests" tabindex="0"><table class="data slowest">
      <thead><tr><th scope="col">Request</th><th scope="col">Began</th><th scope="col" class="number">Took</th><th scope="col">Way</th></tr></thead>
      <tbody>${slowest.map((one) => {
        const id = one.key || one.traceId;
        return html`<tr key=${`${one.traceId}${one.startMicros}`} class=${chosen === id ? 'chosen' : ''}>
          <th scope="row"><button type="button" class="quiet small mono" aria-pressed=${chosen === id} title=${id} onClick=${() => choose(id)}>${id.length > 18 ? `${id.substring(0, 16)}…` : id}</button></th>
          <td class="mono">${clock(one.startMicros / 1_000)}</td><td class="number">${bounded(one.nanos, one.bound)}</td>
          <td>${one.points.map((/** @type {any} */ point, /** @type {number} */ index) => html`<span key=${index} title=${point.instance}>${index > 0 ? ' → ' : ''}<strong>${point.point}</strong>
            <span class="muted"> ${point.service}${index > 0 ? ` +${duration(point.offsetMicros * 1_000)}` : ''}</span></span>`)}
            ${!one.whole && html`<span class="warn"> not to ${last}</span>`}</td></tr>`;
      })}</tbody></table></div></section>`;
}
