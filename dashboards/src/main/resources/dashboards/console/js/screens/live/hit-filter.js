// @ts-check
import { message, sort, where } from './hit-words.js';
import { shown } from './values.js';

/**
 * The filter of the table: words that a hit must have, field:value for one field or variable, a minus for what it must not
 * have, double quotes around what has spaces.
 *
 * @typedef {{field: string, value: string, isNot: boolean}} Term
 */
const FIELDS = /** @type {Record<string, (signal: any) => unknown>} */ ({
  probe: (signal) => signal.probe,
  service: (signal) => signal.service,
  instance: (signal) => signal.instance,
  file: (signal) => signal.file ?? where(signal),
  line: (signal) => signal.line,
  class: (signal) => signal.function,
  function: (signal) => signal.function,
  thread: (signal) => signal.thread,
  trace: (signal) => signal.traceId,
  level: (signal) => signal.severity,
  kind: sort,
  message,
});
/** Whose value must be the whole one. */
const WHOLE = new Set(['line']);

/** The texts of hits, in lower case; made when first asked for. @type {WeakMap<object, string>} */
const texts = new WeakMap();

/** @param {string} filter @returns {Term[]} */
export function parse(filter) {
  return [...filter.matchAll(/(-?)(?:([A-Za-z_$][\w$.]*):)?(?:"([^"]*)"?|(\S+))/g)]
    .map(([, minus, field = '', quoted, word]) => ({ field, value: (quoted ?? word ?? '').toLowerCase(), isNot: minus === '-' }))
    .filter((term) => term.value !== '');
}

/** @param {string} filter @returns {(signal: any) => boolean} */
export function matcher(filter) {
  const terms = parse(filter);
  return (signal) => terms.every((term) => holds(term, signal) !== term.isNot);
}

/** @param {Term} term @param {any} signal */
function holds(term, signal) {
  if (term.field === '') {
    return textOf(signal).includes(term.value);
  }
  const known = FIELDS[term.field];
  const value = String((known === undefined ? variable(signal.values, term.field) : known(signal)) ?? '').toLowerCase();
  return WHOLE.has(term.field) ? value === term.value : value.includes(term.value);
}

/** @param {any} signal */
function textOf(signal) {
  let text = texts.get(signal);
  if (text === undefined) {
    text = [message(signal), signal.body, signal.probe, signal.service, signal.instance, signal.function, signal.thread, signal.traceId,
      signal.values === undefined ? '' : JSON.stringify(signal.values), signal.exception].join('\n').toLowerCase();
    texts.set(signal, text);
  }
  return text;
}

/** A variable by its path; a log's values stand under whole expressions. @param {any} values @param {string} path */
function variable(values, path) {
  if (values === undefined || values === null) {
    return '';
  }
  if (values[path] !== undefined) {
    return shown(values[path]).text;
  }
  let at = values;
  for (const name of path.split('.')) {
    at = at === null || typeof at !== 'object' ? undefined : at[name];
  }
  const found = at ?? values['@watch']?.[path];
  return found === undefined ? '' : shown(found).text;
}
