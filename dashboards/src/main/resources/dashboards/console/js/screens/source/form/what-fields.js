// @ts-check
import { html } from '../../../ui/html.js';
import { Choice, CodeField, NamedFields, TextField } from './fields.js';

/** What a probe asks: its kind, and what belongs to that. */

/** @type {Record<string, string>} */
const HINTS = {
  log: 'A log record each time the line runs; {expressions} stand for values.',
  count: 'Counts how often the line runs, or adds up a value.',
  gauge: 'The last value of an expression.',
  histogram: 'How the values of an expression are distributed.',
  snapshot: 'Every variable there, with the stack and what surrounds the hit.',
  exception: 'The exception with its stack; at a line of a catch block, or where there is one.',
  span: 'How long requests take from this line to another one, also in another service.',
};

/** @param {{form: import('./fields.js').Form, kinds: string[], kind: string, choose: (kind: string) => void}} props */
export function KindField({ kinds, kind, choose }) {
  return html`<fieldset class="field"><legend>Kind</legend>
    <div class="choices kinds">${kinds.map((one) => html`<label key=${one}><input type="radio" name="kind" value=${one} checked=${one === kind} onChange=${() => choose(one)} /><span>${one}</span></label>`)}</div>
    <p class="hint">${HINTS[kind]}</p></fieldset>`;
}

/** @param {{form: import('./fields.js').Form}} props */
export function WhatFields({ form }) {
  const { kind } = form.draft;
  switch (kind) {
    case 'log':
      return html`<div class="wide-first row"><${CodeField} form=${form} name="template" field="log.template" label="Template" hint="order {order.id}" isTemplate=${true} />
        <${Choice} form=${form} name="level" label="Level" options=${LEVELS} /></div>`;
    case 'snapshot':
    case 'exception':
      return html`<${NamedFields} form=${form} name="watch" field=${`${kind}.watch`} title="Also watch" add="Add an expression" />`;
    default:
      return html`
        <div class="wide-first row"><${TextField} form=${form} name="metric" field=${`${kind}.name`} label="Metric’s name" hint="shop.orders" />
          <${TextField} form=${form} name="unit" field=${`${kind}.unit`} label="Unit" hint="EUR" /></div>
        <${CodeField} form=${form} name="value" field=${`${kind}.value`} label=${kind === 'count' ? 'Value, if not 1 a hit' : 'Value'} hint="order.total" />
        ${kind === 'histogram' && html`<${TextField} form=${form} name="buckets" field="histogram.buckets" label="Bounds of buckets" hint="1, 10, 100; 25 by default" />`}
        <${NamedFields} form=${form} name="labels" field=${`${kind}.labels`} title="Labels" add="Add a label" />`;
  }
}

/** @type {[string, string][]} */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'].map((one) => [one, one]);
