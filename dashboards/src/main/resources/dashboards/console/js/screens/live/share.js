// @ts-check
import { useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { html } from '../../ui/html.js';
import { Copy } from '../../ui/parts.js';

/** Keeps a hit for others, and shows the link to it. @param {{hit: any}} props */
export function Share({ hit }) {
  const [link, show] = useState('');
  const [problem, say] = useState('');
  const share = async () => {
    try {
      say('');
      show((await ask('/shares', { method: 'POST', body: JSON.stringify({ probe: hit.probe, hits: [hit.uid] }) })).url);
    } catch (e) {
      say(e instanceof Error ? e.message : String(e));
    }
  };
  if (link !== '') {
    return html`<span class="live-link"><input type="text" readonly value=${link} aria-label="The link to what is shared" onFocus=${(/** @type {any} */ event) => event.target.select()} /><${Copy} text=${() => link} /></span>`;
  }
  return html`<button type="button" class="quiet small" disabled=${hit.uid === undefined} onClick=${share}>Share</button>${problem !== '' && html`<span class="bad small-text" role="alert">${problem}</span>`}`;
}
