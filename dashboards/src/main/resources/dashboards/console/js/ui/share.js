// @ts-check
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../api/api.js';
import { html } from './html.js';
import { Copy } from './parts.js';
import { told } from './told.js';

/**
 * Keeps signals under a link that outlives them and their probe, and shows the link.
 *
 * @param {{what: {probe: string, hits?: string[], traces?: string[]}, disabled?: boolean}} props what: as POST /shares wants it
 */
export function Share({ what, disabled = false }) {
  const [link, show] = useState('');
  const [problem, say] = useState('');
  const body = JSON.stringify(what);
  useEffect(() => {
    show('');
    say('');
  }, [body]);
  const share = async () => {
    try {
      say('');
      show((await ask('/shares', { method: 'POST', body })).url);
    } catch (e) {
      say(told(e));
    }
  };
  if (link !== '') {
    return html`<span class="share-link"><a href=${new URL(link).pathname}>The share</a> <${Copy} text=${() => link} label="Copy link" /></span>`;
  }
  return html`<button type="button" class="quiet small" disabled=${disabled} onClick=${share}>Share</button>
    ${problem !== '' && html`<span class="bad small-text" role="alert">${problem}</span>`}`;
}
