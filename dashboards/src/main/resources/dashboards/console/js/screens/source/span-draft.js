// @ts-check
import { Store } from '../../app/store.js';

/**
 * The span that is being built, kept while one goes from class to class.
 *
 * @typedef {{name: string, at: string, service: string, condition: string}} Point
 * @typedef {{id: string, by: string, key: string, within: string, life: string, points: Point[]}} SpanDraft by: trace, thread or expression
 */
const KEY = 'plumbline.source.span';
export const NAMES = ['A', 'B', 'C'];

/** @type {SpanDraft} */
const EMPTY = { id: '', by: 'trace', key: '', within: '1m', life: '1h', points: [] };

/** @type {Store<SpanDraft>} */
export const spanDraft = new Store(kept());

spanDraft.watch((draft) => sessionStorage.setItem(KEY, JSON.stringify(draft)));

/** @param {Partial<SpanDraft>} changed */
export function changeSpan(changed) {
  spanDraft.set({ ...spanDraft.value, ...changed });
}

/** Puts a point in, in the place of one of its name. @param {Point} point */
export function putPoint(point) {
  const others = spanDraft.value.points.filter((one) => one.name !== point.name);
  changeSpan({ points: [...others, point].sort((a, b) => (a.name < b.name ? -1 : 1)) });
}

/** @param {string} name */
export function dropPoint(name) {
  changeSpan({ points: spanDraft.value.points.filter((one) => one.name !== name) });
}

export function forgetSpan() {
  spanDraft.set(EMPTY);
}

/** The definition that it makes. @param {SpanDraft} draft */
export function spanOf({ id, by, key, within, life, points }) {
  const services = [...new Set(points.map((one) => one.service))].filter((one) => one !== '');
  const on = services.length === 0 ? {} : { on: { service: services.length === 1 ? services[0] : services } };
  const where = points.map(({ name, at, service, condition }) => {
    const more = { ...(condition === '' ? {} : { if: condition }), ...(services.length > 1 ? { on: { service } } : {}) };
    return [name, Object.keys(more).length === 0 ? at : { at, ...more }];
  });
  return {
    ...(id === '' ? {} : { id }),
    span: { by: by === 'expression' ? key : by, points: Object.fromEntries(where), ...(within === '' ? {} : { within }) },
    ...on,
    for: life,
  };
}

/** @returns {SpanDraft} */
function kept() {
  try {
    const draft = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    return { ...EMPTY, ...draft, points: Array.isArray(draft.points) ? draft.points : [] };
  } catch {
    return EMPTY;
  }
}
