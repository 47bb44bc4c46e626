// @ts-check
import { html } from '../../../ui/html.js';
import { Copy } from '../../../ui/parts.js';

/** The same as YAML, which can be written as well. @param {{text: string, change: (text: string) => void, isOpen: boolean}} props */
export function YamlField({ text, change, isOpen }) {
  return html`<details class="more yaml" open=${isOpen}><summary>The same as YAML</summary>
    <textarea id="probe-yaml" aria-label="The probe as YAML" rows=${Math.min(18, text.split('\n').length + 1)} spellcheck=${false} value=${text}
      onInput=${(/** @type {any} */ event) => change(event.target.value)}></textarea>
    <p class="foot"><${Copy} text=${() => text} /><span class="hint">for <code>plumb apply -f</code>; what is written here fills the form</span></p>
  </details>`;
}
