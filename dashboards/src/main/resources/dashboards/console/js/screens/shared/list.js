// @ts-check
import { useState } from 'preact/hooks';
import { Polled, usePolled } from '../../app/polled.js';
import { pathOf } from '../../app/router.js';
import { html } from '../../ui/html.js';
import { Chip, Copy, Empty, Trouble } from '../../ui/parts.js';
import { day, several } from '../../ui/words.js';
import { Remove } from './remove.js';

/** @type {Polled<{shares: any[]}>} */
const shares = new Polled('/shares', 5_000);

/** All shares that the reader may see, newest first. */
export function List() {
  const answer = usePolled(shares);
  const [filter, search] = useState('');
  const all = answer.value?.shares ?? [];
  const shown = all.filter((one) => filter.toLowerCase().split(/\s+/).every((word) =>
    [one.probe, one.by, one.note, ...one.services].some((text) => text.toLowerCase().includes(word))));
  return html`
    <header class="screen-head"><h1>Shared</h1><p class="muted" role="status">${several(all.length, 'share')}</p>
      ${all.length > 0 && html`<label class="search"><span class="sr">Filter shares</span>
        <input type="search" value=${filter} placeholder="probe, who, note or service" onInput=${(/** @type {any} */ event) => search(event.target.value)} /></label>`}</header>
    <${Trouble} text=${answer.error} />
    ${answer.value !== null && all.length === 0 && html`<${Empty} title="Nothing is shared yet.">
      A hit in <a href=${pathOf('live')}>Live</a>, or a request in <a href=${pathOf('spans')}>Spans</a>, has a button for it. What was seen stays under its link
      when the probe and the topics’ retention are gone.</${Empty}>`}
    ${all.length > 0 && shown.length === 0 && html`<${Empty} title="No share is like that." />`}
    <ul class="share-list">${shown.map((one) => html`<li key=${one.id} class="card">
      <div class="head"><h2><a href=${`${pathOf('shared')}/${one.id}`}><code>${one.probe}</code></a></h2><span class="muted small-text">${day(one.made)}</span></div>
      ${one.note !== '' && html`<p class="note">${one.note}</p>`}
      <p class="chips"><${Chip} name="by" value=${one.by} />${one.services.map((/** @type {string} */ service) => html`<${Chip} key=${service} name="service" value=${service} />`)}</p>
      <div class="foot"><${Copy} text=${() => one.url} label="Copy link" /><${Remove} share=${one} removed=${() => shares.now()} /></div></li>`)}</ul>`;
}
