// @ts-check
import { useState } from 'preact/hooks';
import { html } from '../../ui/html.js';

/** The application's own classes in their packages. */

/** @param {{classes: any[], here: string, open: (type: string) => void}} props */
export function Packages({ classes, here, open }) {
  const [closed, close] = useState(/** @type {Set<string>} */ (new Set()));
  const packages = [...new Set(classes.map((one) => String(one.package)))].sort();
  const shared = sharedOf(packages);
  /** @param {string} name */
  const turn = (name) => close((known) => {
    const next = new Set(known);
    return next.delete(name) ? next : next.add(name);
  });
  return html`<div class="packages">
    ${shared !== '' && html`<p class="muted small-text" title=${shared}>in ${shared}</p>`}
    ${packages.map((name) => html`<section key=${name}>
      <h2><button type="button" aria-expanded=${!closed.has(name)} title=${name} onClick=${() => turn(name)}>
        <span class="fold" aria-hidden="true">▸</span>${name.substring(shared.length).replace(/^\./, '') || name || '(no package)'}</button></h2>
      ${!closed.has(name) && html`<ul>${classes.filter((one) => one.package === name).sort(byName).map((one) => html`<li key=${`${one.name} ${one.loader}`}>
        <button type="button" class=${`class ${one.kind}`} aria-current=${one.name === here ? 'true' : undefined} title=${`${one.kind} ${one.name}`}
          onClick=${() => open(one.name)}>${one.name.substring(name === '' ? 0 : name.length + 1)}</button></li>`)}</ul>`}
    </section>`)}
  </div>`;
}

/** What all packages begin with, up to a dot, so that none is without a name of its own. @param {string[]} packages */
function sharedOf(packages) {
  if (packages.length < 2) {
    return '';
  }
  const parts = packages.map((one) => one.split('.'));
  const first = parts[0];
  const length = first.findIndex((part, index) => parts.some((one) => one[index] !== part || index === one.length - 1));
  return first.slice(0, Math.max(0, length)).join('.');
}

/** @param {any} a @param {any} b */
function byName(a, b) {
  return a.name < b.name ? -1 : 1;
}
