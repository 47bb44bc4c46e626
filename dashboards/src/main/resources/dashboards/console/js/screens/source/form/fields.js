// @ts-check
import { useId } from 'preact/hooks';
import { html } from '../../../ui/html.js';
import { LineInput } from '../../../ui/code/line-input.js';
import { wrongIn } from './told.js';

/** Fields of the form, with what is wrong in them. */

/**
 * What every field is given.
 *
 * @typedef {{
 *   draft: import('../../../probes/draft.js').Draft, set: (changed: Partial<import('../../../probes/draft.js').Draft>) => void,
 *   told: import('./told.js').Told | null, complete: (isTemplate: boolean) => (context: any) => any, submit: () => any,
 * }} Form
 */

/** @param {{form: Form, name: string, field: string, label: string, hint?: string, isTemplate?: boolean}} props name: in the draft; field: in the definition */
export function CodeField({ form, name, field, label, hint, isTemplate = false }) {
  const value = /** @type {any} */ (form.draft)[name];
  return html`<${CodeLine} form=${form} id=${`probe-${name}`} field=${field} label=${label} hint=${hint} isTemplate=${isTemplate} value=${value}
    change=${(/** @type {string} */ text) => form.set({ [name]: text })} />`;
}

/**
 * @param {{form: Form, id: string, field: string, label: string, hint?: string, isTemplate?: boolean, value: string, change: (text: string) => void, isBare?: boolean}} props
 *   isBare: its label is not shown
 */
export function CodeLine({ form, id, field, label, hint, isTemplate = false, value, change, isBare = false }) {
  const wrong = wrongIn(form.told, field, value);
  return html`<div class="field">
    <span class=${isBare ? 'sr' : 'label'}>${label}</span>
    <${LineInput} name=${id} label=${label} value=${value} hint=${hint} isCode=${!isTemplate} wrong=${wrong} change=${change} submit=${form.submit} complete=${form.complete(isTemplate)} />
    <p class="error" id=${`${id}-error`} role="alert">${wrong?.message ?? ''}</p>
  </div>`;
}

/** @param {{form: Form, name: string, field: string, label: string, hint?: string, list?: string, mode?: string}} props */
export function TextField({ form, name, field, label, hint = '', list, mode }) {
  const id = useId();
  const value = /** @type {any} */ (form.draft)[name];
  const wrong = wrongIn(form.told, field, value);
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input id=${id} name=${name} value=${value} placeholder=${hint} spellcheck=${false} autocomplete="off" list=${list} inputmode=${mode}
      aria-invalid=${wrong === null ? undefined : 'true'} aria-describedby=${`${id}-e`} onInput=${(/** @type {any} */ event) => form.set({ [name]: event.target.value })} />
    <p class="error" id=${`${id}-e`} role="alert">${wrong?.message ?? ''}</p>
  </div>`;
}

/** @param {{form: Form, name: string, label: string, options: [string, string][]}} props options: value and title */
export function Choice({ form, name, label, options }) {
  const id = useId();
  const value = /** @type {any} */ (form.draft)[name];
  return html`<div class="field"><label for=${id}>${label}</label>
    <select id=${id} name=${name} onChange=${(/** @type {any} */ event) => form.set({ [name]: event.target.value })}>
      ${options.map(([one, title]) => html`<option key=${one} value=${one} selected=${one === value}>${title}</option>`)}
    </select></div>`;
}

/** Expressions with names: labels of a metric, values to watch. @param {{form: Form, name: 'labels' | 'watch', field: string, title: string, add: string}} props */
export function NamedFields({ form, name, field, title, add }) {
  const rows = form.draft[name];
  /** @param {number} at @param {Partial<import('../../../probes/draft.js').Named>} changed */
  const change = (at, changed) => form.set({ [name]: rows.map((row, index) => (index === at ? { ...row, ...changed } : row)) });
  return html`<fieldset class="named"><legend>${title}</legend>
    ${rows.map((row, at) => html`<div class="named-row" key=${at}>
      <input aria-label=${`Name ${at + 1}`} placeholder="name" value=${row.name} spellcheck=${false} onInput=${(/** @type {any} */ event) => change(at, { name: event.target.value })} />
      <${CodeLine} form=${form} id=${`probe-${name}-${at}`} field=${`${field}.${row.name || row.value}`} label=${`Expression ${at + 1}`} value=${row.value} isBare=${true}
        change=${(/** @type {string} */ value) => change(at, { value })} />
      <button type="button" class="icon-only" aria-label=${`Take ${row.name || 'the row'} away`} onClick=${() => form.set({ [name]: rows.filter((_, index) => index !== at) })}>✕</button>
    </div>`)}
    <button type="button" class="quiet small" onClick=${() => form.set({ [name]: [...rows, { name: '', value: '' }] })}>${add}</button>
  </fieldset>`;
}
