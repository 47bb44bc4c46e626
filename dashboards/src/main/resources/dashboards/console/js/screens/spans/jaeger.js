// @ts-check
import { Polled, usePolled } from '../../app/polled.js';
import { html } from '../../ui/html.js';

/** What the console has to know of the installation. @type {Polled<any>} */
export const settings = new Polled('/settings/console', 60_000);

/** A link to each trace in Jaeger, where its address is known. @param {{traces: string[]}} props */
export function Jaeger({ traces }) {
  const template = usePolled(settings).value?.jaeger;
  if (template === undefined) {
    return null;
  }
  return template === ''
    ? html`<span class="muted small-text" title="control.console.jaeger.url = http:…/trace/{trace}">No Jaeger is configured: <code>control.console.jaeger.url</code></span>`
    : traces.map((trace, index) => html`<a key=${trace} href=${template.replace('{trace}', encodeURIComponent(trace))} target="_blank" rel="noopener noreferrer">
      In Jaeger${traces.length > 1 ? ` ${index + 1}` : ''} ↗</a>`);
}
