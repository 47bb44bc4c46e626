// @ts-check
import { html } from '../../ui/html.js';
import { List } from './list.js';
import { Shared } from './share.js';

/** What people saw and kept for others: a list, or one share under its permalink. @param {{at: import('../../app/router.js').Place}} props */
export function Screen({ at }) {
  const [id] = at.rest;
  return html`<div class="screen shared">${id === undefined ? html`<${List} />` : html`<${Shared} key=${id} id=${id} />`}</div>`;
}
