// @ts-check
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { enter } from './session.js';

/** Asks for the token. @param {{why: string}} props */
export function Login({ why }) {
  const [given, give] = useState('');
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    enter(given);
  };
  return html`<form class="card login" autocomplete="off" onSubmit=${submit}>
    <h1>The token, please</h1>
    <p class="hint" id="token-hint"><code>plumb up</code> prints a link that opens the console once. Or take the token from <code>control.json</code> in
      the data folder, which is <code>~/.plumbline</code> unless you chose another, or one that an admin made for you. This tab keeps it until it is closed.</p>
    <div class="field">
      <label for="token">Token, or the whole file</label>
      <input id="token" type="password" autocomplete="off" spellcheck=${false} required value=${given} autofocus
        onInput=${(/** @type {any} */ event) => give(event.target.value)} aria-describedby="token-hint token-error" />
      <p class="error" id="token-error" role="alert">${why}</p>
    </div>
    <button type="submit">Go on</button>
  </form>`;
}
