// @ts-check
import { Dialog } from '../ui/dialog.js';
import { html } from '../ui/html.js';
import { allBindings } from './keys.js';

/** The keys that do something now. @param {{close: () => void}} props */
export function Help({ close }) {
  return html`<${Dialog} title="Keys" close=${close}>
    <dl class="keys">${allBindings().map((one) => html`
      <div><dt>${one.keys.split(' ').map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${one.does}</dd></div>`)}</dl>
  </${Dialog}>`;
}
