// @ts-check
import { useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { Polled, usePolled } from '../../app/polled.js';
import { html } from '../../ui/html.js';
import { Copy, Empty, State, Sure, Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { day } from '../../ui/words.js';
import { NewToken } from './new-token.js';

/** Who may do what: tokens, whose secrets are shown once. */
/** @type {Polled<{tokens: any[]}>} */
const tokens = new Polled('/tokens', 5_000);

export function Tokens() {
  const answer = usePolled(tokens);
  const [made, show] = useState(/** @type {any} */ (null));
  const [problem, say] = useState('');
  const all = answer.value?.tokens ?? [];
  /** @param {string} name */
  const revoke = async (name) => {
    try {
      say('');
      await ask(`/tokens/${encodeURIComponent(name)}`, { method: 'DELETE' });
      tokens.now();
    } catch (e) {
      say(told(e));
    }
  };
  return html`
    <${NewToken} made=${(/** @type {any} */ one) => { show(one); tokens.now(); }} />
    ${made !== null && html`<div class="card secret" role="status">
      <p><strong>The token ${made.name}</strong>, ${made.role} until ${day(made.expires)}. It is shown now and never again:</p>
      <p class="foot"><code class="secret-text">${made.token}</code><${Copy} text=${() => made.token} label="Copy token" />
        <button type="button" class="quiet small" onClick=${() => show(null)}>I have it</button></p></div>`}
    <${Trouble} text=${problem || answer.error} />
    ${answer.value !== null && all.length === 0 && html`<${Empty} title="No token was made yet.">
      There is only that of who started the control plane, in <code>control.json</code>.</${Empty}>`}
    ${all.length > 0 && html`<div class="wide-table" role="region" aria-label="Tokens" tabindex="0"><table class="data tokens">
      <thead><tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">For</th><th scope="col">Made by</th><th scope="col">Expires</th><th scope="col">State</th><td></td></tr></thead>
      <tbody>${all.map((one) => html`<tr key=${one.name}><th scope="row">${one.name}</th><td>${one.role}</td><td>${boundsOf(one)}</td>
        <td>${one.maker}, ${day(one.created)}</td><td>${day(one.expires)}</td><td><${State} state=${stateOf(one)} /></td>
        <td>${stateOf(one) === 'good' && html`<${Sure} label="Revoke" sure="It opens nothing any more." run=${() => revoke(one.name)} />`}</td></tr>`)}</tbody>
    </table></div>`}`;
}

/** @param {any} one */
function boundsOf(one) {
  const parts = [...one.services, ...one.environments.map((/** @type {string} */ name) => `environment ${name}`)];
  return parts.length === 0 ? 'everything' : parts.join(', ');
}

/** @param {any} one */
function stateOf(one) {
  return one.revoked ? 'revoked' : one.expired ? 'expired' : 'good';
}
