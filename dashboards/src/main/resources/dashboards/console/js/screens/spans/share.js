// @ts-check
import { useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { html } from '../../ui/html.js';
import { Copy } from '../../ui/parts.js';
import { told } from '../../ui/told.js';

/** Keeps a request's spans under a link that outlives them. @param {{probe: string, traces: string[]}} props */
export function ShareTrace({ probe, traces }) {
  const [link, show] = useState('');
  const [problem, say] = useState('');
  const share = async () => {
    try {
      say('');
      show((await ask('/shares', { method: 'POST', body: JSON.stringify({ probe, traces }) })).url);
    } catch (e) {
      say(told(e));
    }
  };
  return link === ''
    ? html`<button type="button" class="quiet small" onClick=${share}>Share</button>${problem !== '' && html`<span class="bad small-text" role="alert">${problem}</span>`}`
    : html`<a href=${new URL(link).pathname}>The share</a> <${Copy} text=${() => link} label="Copy link" />`;
}
