// @ts-check
import { useState } from 'preact/hooks';
import { ask, Problem } from '../../api/api.js';
import { html } from '../../ui/html.js';
import { told } from '../../ui/told.js';

/** What roles may. @type {Record<string, string>} */
const ROLES = {
  viewer: 'sees probes and signals',
  prober: 'also sets probes and turns switches',
  approver: 'also approves others’ probes',
  assistant: 'a program that probes in sessions of its own',
  admin: 'everything, with no bounds',
};

/** The form that makes a token. @param {{made: (token: any) => void}} props */
export function NewToken({ made }) {
  const [form, change] = useState({ name: '', role: 'viewer', services: '', environments: '', for: '30d' });
  const [wrong, say] = useState({ field: '', text: '' });
  /** @param {string} field */
  const put = (field) => (/** @type {any} */ event) => change({ ...form, [field]: event.target.value });
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    try {
      say({ field: '', text: '' });
      const bounds = form.role === 'admin' ? {} : { services: words(form.services), environments: words(form.environments) };
      made(await ask('/tokens', { method: 'POST', body: JSON.stringify({ name: form.name, role: form.role, for: form.for, ...bounds }) }));
      change({ ...form, name: '' });
    } catch (e) {
      say({ field: fieldOf(e), text: told(e) });
    }
  };
  /** @param {string} field @param {string} label @param {string} hint */
  const text = (field, label, hint) => html`<label>${label}
    <input value=${/** @type {any} */ (form)[field]} placeholder=${hint} spellcheck=${false} autocomplete="off" required=${field === 'name' || field === 'for'}
      disabled=${form.role === 'admin' && (field === 'services' || field === 'environments')}
      aria-invalid=${wrong.field === field} aria-describedby="new-token-error" onInput=${put(field)} /></label>`;
  return html`<form class="card new-token" onSubmit=${submit} aria-label="Make a token" autocomplete="off">
    <h2>Make a token</h2>
    <div class="fields">
      ${text('name', 'Name', 'ann')}
      <label>Role <select value=${form.role} onChange=${put('role')}>${Object.keys(ROLES).map((role) => html`<option key=${role} value=${role}>${role}</option>`)}</select></label>
      ${text('services', 'Services', 'all; or shop, pay*')}
      ${text('environments', 'Environments', 'all; or staging')}
      ${text('for', 'For', '30d')}
      <button type="submit">Make it</button>
    </div>
    <p class="hint">${form.role}: ${ROLES[form.role]}</p>
    <p class="error" id="new-token-error" role="alert">${wrong.text}</p>
  </form>`;
}

/** @param {string} text */
function words(text) {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

/** @param {unknown} e */
function fieldOf(e) {
  return e instanceof Problem ? ['name', 'role', 'services', 'environments', 'for'].find((field) => e.field.startsWith(field)) ?? '' : '';
}
