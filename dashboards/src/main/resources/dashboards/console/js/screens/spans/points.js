// @ts-check
import { pathOf } from '../../app/router.js';
import { html } from '../../ui/html.js';

/** Where a point is, as a link to its line. @param {{name: string, point: any}} props */
export function Point({ name, point }) {
  const place = placeOf(point.at);
  return html`<li><strong>${name}</strong> <a class="mono" href=${pathOf('source', { ...place, service: serviceOf(point) })} title=${point.at}>${shortOf(point.at)}</a>
    ${serviceOf(point) !== '' && html`<span class="muted"> ${serviceOf(point)}</span>`}</li>`;
}

/** @param {string} at such as shop.OrderService:42, Order.java:42 or shop.OrderService#place:exit */
export function placeOf(at) {
  const [, where, line] = /^(.*?)(?::(\d+))?$/.exec(at) ?? ['', at, ''];
  const name = where.replace(/[#:].*$/, '');
  return { [/\.(java|kt|scala|groovy)$/.test(name) ? 'file' : 'class']: name, line: line ?? '', method: /#([\w$<>]+)/.exec(where)?.[1] ?? '' };
}

/** @param {string} at */
export function shortOf(at) {
  return at.replace(/^(?:[a-z_][\w]*\.)+(?=[A-Z])/, '');
}

/** @param {any} point */
function serviceOf(point) {
  const service = point.on?.service;
  return typeof service === 'string' ? service : Array.isArray(service) ? String(service[0] ?? '') : '';
}
