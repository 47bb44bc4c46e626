// @ts-check
import { writtenForm } from '../probes/written-form.js';
import { yamlOf } from '../probes/yaml.js';
import { html } from './html.js';
import { Copy } from './parts.js';

/** A definition as the file that would set it. @param {{definition: any, title?: string}} props */
export function Yaml({ definition, title = 'As YAML' }) {
  const text = yamlOf(writtenForm(definition));
  return html`<div class="yaml">
    <div class="head"><span class="muted small-text">${title}</span><${Copy} text=${() => text} label="Copy YAML" /></div>
    <pre tabindex="0" aria-label=${`${title}: ${definition.id}`}>${text}</pre>
  </div>`;
}
