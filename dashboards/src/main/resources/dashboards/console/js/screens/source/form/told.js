// @ts-check
import { Problem } from '../../../api/api.js';

/**
 * What is wrong with a definition, and in which field, where that is known.
 *
 * @typedef {{field: string, sentence: string, text: string, offset: number}} Told field: as log.template or count.labels.x; empty for none;
 *   text: the expression that it is in, or empty; offset: 0-based in it, -1 for no place
 */

/** The API shows a wrong expression in a line of its own and a caret under its place, both so far to the right. */
const INDENT = 2;
const IN_AGENT = /^in the (condition|template|value|label '([^']*)')/;

/** What the API refused. @param {unknown} problem @returns {Told} */
export function toldOf(problem) {
  const message = problem instanceof Error ? problem.message : String(problem);
  const field = problem instanceof Problem ? problem.field.replace(/\[\d+\]/g, '') : '';
  return placed(field === 'log' ? 'log.template' : field, message);
}

/** The first thing that instances would refuse; null for nothing. @param {any} trial @param {string} kind @returns {Told | null} */
export function toldOfTrial(trial, kind) {
  const parts = (trial?.answers ?? []).flatMap((/** @type {any} */ answer) => answer.parts);
  const part = parts.find((/** @type {any} */ one) => one.state === 'rejected');
  if (part === undefined) {
    return null;
  }
  const [, where = '', label = ''] = IN_AGENT.exec(part.problem) ?? [];
  const point = part.point ? `span.points.${part.point}.` : '';
  const fields = /** @type {Record<string, string>} */ ({ condition: `${point}if`, template: 'log.template', value: `${kind}.value` });
  return placed(fields[where] ?? (label === '' ? '' : `${kind}.labels.${label}`), part.problem);
}

/** The place in a field's text; null where the field is not the wrong one. @param {Told | null} told @param {string} field @param {string} value */
export function wrongIn(told, field, value) {
  if (told === null || told.field !== field) {
    return null;
  }
  const start = told.offset < 0 ? -1 : value.indexOf(told.text);
  return { from: start < 0 ? -1 : Math.min(value.length, start + told.offset), message: told.sentence };
}

/** @param {string} field @param {string} message @returns {Told} */
function placed(field, message) {
  const [sentence, text = '', caret = ''] = message.split('\n');
  return { field, sentence, text: text.substring(INDENT), offset: caret.includes('^') ? caret.indexOf('^') - INDENT : -1 };
}
