// @ts-check
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { go, pathOf } from '../../app/router.js';
import { html } from '../../ui/html.js';
import { Chip, Copy, Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { day, several } from '../../ui/words.js';
import { Yaml } from '../../ui/yaml.js';
import { Bars } from '../spans/waterfall.js';
import { Jaeger } from '../spans/jaeger.js';
import { Hit } from './hit.js';
import { Remove } from './remove.js';
import { Send } from './send.js';
import { barsOf } from './bars.js';

/** What somebody saw, as it was then. @param {{id: string}} props */
export function Shared({ id }) {
  const [share, show] = useState(/** @type {any} */ (null));
  const [problem, say] = useState('');
  useEffect(() => {
    ask(`/shares/${encodeURIComponent(id)}`).then(show, (e) => say(told(e)));
  }, [id]);
  if (share === null) {
    return html`<header class="screen-head"><h1>Shared</h1></header><${Trouble} text=${problem} />
      ${problem === '' ? html`<p class="muted">…</p>` : html`<p><a href=${pathOf('shared')}>To all that is shared</a></p>`}`;
  }
  const hits = share.signals.filter((/** @type {any} */ one) => one.kind !== 'span');
  const spans = share.signals.filter((/** @type {any} */ one) => one.kind === 'span');
  return html`
    <header class="screen-head"><h1><code>${share.probe}</code></h1>
      <p class="muted">kept by ${share.by} on ${day(share.made)} · ${several(share.signals.length, 'signal')}</p>
      <span class="foot share-tools"><${Copy} text=${() => share.url} label="Copy link" /><${Send} id=${share.id} />
        <${Remove} share=${share} removed=${() => go(pathOf('shared'))} /><a href=${pathOf('shared')}>All shares</a></span></header>
    ${share.note !== '' && html`<p class="note card">${share.note}</p>`}
    <p class="chips">${share.services.map((/** @type {string} */ service) => html`<${Chip} key=${service} name="service" value=${service} />`)}
      ${share.definition === undefined && html`<span class="muted">The probe was gone already when this was shared.</span>`}</p>
    <div class="share-columns">
      <div class="share-signals">
        ${spans.length > 0 && html`<${Requests} spans=${spans} />`}
        ${hits.map((/** @type {any} */ hit, /** @type {number} */ index) => html`<${Hit} key=${hit.uid} hit=${hit} isFirst=${index === 0} />`)}
      </div>
      <aside class="share-probe" aria-label="The probe">
        ${share.definition !== undefined && html`<div class="card"><h2>The probe</h2><${Yaml} definition=${share.definition} title=${`Version ${share.definition.version}`} /></div>`}
        ${share.source !== undefined && html`<div class="card"><h2>The source</h2><pre class="excerpt" tabindex="0" aria-label="Source as it was seen">${share.source}</pre></div>`}
      </aside>
    </div>`;
}

/** @param {{spans: any[]}} props */
function Requests({ spans }) {
  const traces = [...new Set(spans.map((one) => one.traceId))];
  return traces.map((trace) => {
    const { bars, micros } = barsOf(spans.filter((one) => one.traceId === trace));
    return html`<section class="card" key=${trace} aria-label=${`Request ${trace}`}><div class="head"><h2>Request <code>${trace}</code></h2><${Jaeger} traces=${[trace]} /></div>
      <${Bars} spans=${bars} micros=${micros} /></section>`;
  });
}
