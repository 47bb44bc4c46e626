// @ts-check
import { pathOf } from '../../app/router.js';
import { html } from '../../ui/html.js';
import { clock, day } from '../../ui/words.js';
import { Stack } from '../live/stack.js';
import { Variables } from '../live/variables.js';

/** One kept hit: where it was, what it said, its variables and its stack. @param {{hit: any, isFirst: boolean}} props */
export function Hit({ hit, isFirst }) {
  const className = String(hit.function ?? '').replace(/\.[^.]*$/, '');
  return html`<section class="card hit" aria-label=${`Hit at ${clock(hit.time)}`}>
    <div class="head"><h2>${day(hit.time)} <span class="muted mono">${hit.instance}</span></h2>
      ${hit.file !== undefined && html`<a class="mono" href=${pathOf('source', { class: className, line: String(hit.line), service: hit.service })}>${hit.file}:${hit.line}</a>`}</div>
    <p class="hit-body">${hit.body}</p>
    <p class="muted small-text">${[hit.severity, hit.thread && `thread ${hit.thread}`, hit.function, hit.traceId && `trace ${hit.traceId}`].filter(Boolean).join(' · ')}</p>
    ${hit.values !== undefined && html`<div class="hit-values"><${Variables} values=${hit.values} /></div>`}
    ${(hit.stack ?? hit.exception) !== undefined && html`<details open=${isFirst}><summary>${hit.exception === undefined ? 'Stack' : 'Exception'}</summary><${Stack} hit=${hit} /></details>`}
  </section>`;
}
