// @ts-check
import { element } from '../ui/dom.js';

/** Shows one signal, as the API's tail forms it. */

/**
 * @param {any} signal
 * @returns {HTMLElement} a list item
 */
export function itemOf(signal) {
  const item = element('li', '', element('span', 'from', from(signal)), element('span', 'body', body(signal)));
  [
    ['Variables', signal.values === undefined ? '' : JSON.stringify(signal.values, null, 2)],
    ['Exception', signal.exception ?? ''],
    ['Stack', signal.stack ?? ''],
  ].forEach(([title, text]) => {
    if (text !== '') {
      const shown = element('pre', '', String(text));
      shown.tabIndex = 0;
      item.append(element('details', '', element('summary', '', title), shown));
    }
  });
  return item;
}

/** @param {any} signal */
function from(signal) {
  const time = new Date(signal.time).toTimeString().substring(0, 8);
  const after = signal.millisSinceSet === undefined ? '' : ` · the first, ${signal.millisSinceSet} ms after it was set`;
  return `${time} · ${signal.instance ?? ''}${signal.thread ? ` · ${signal.thread}` : ''}${after}`;
}

/** @param {any} signal */
function body(signal) {
  switch (signal.kind) {
    case 'log':
      return String(signal.body);
    case 'metric':
      return `${signal.name}${labels(signal.labels)} = ${amount(signal)}${signal.unit ? ` ${signal.unit}` : ''}`;
    default:
      return JSON.stringify(signal);
  }
}

/** @param {Record<string, unknown>} [map] */
function labels(map = {}) {
  const parts = Object.entries(map).map(([name, value]) => `${name}=${value}`);
  return parts.length === 0 ? '' : ` {${parts.join(', ')}}`;
}

/** @param {any} signal */
function amount(signal) {
  return signal.type === 'histogram' ? `${signal.count} values, sum ${signal.sum}` : String(signal.value);
}
