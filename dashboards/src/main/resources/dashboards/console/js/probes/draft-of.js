// @ts-check
import { EMPTY, KINDS } from './draft.js';

/** A definition as the API shows it, for a form; null where it says what the form has no field for. */

/** Keys that people do not write. */
const OWN = ['version', 'created', 'expires'];
const KEYS = [...KINDS, ...OWN, 'id', 'at', 'if', 'on', 'limits', 'tags', 'enabled'];
const TARGETS = ['service', 'environment', 'version', 'instance', 'percent', 'one-per'];
const LIMITS = ['per-second', 'cpu', 'over-budget', 'hits', 'fleet-hits', 'series'];
const METRIC = ['name', 'value', 'unit', 'labels', 'buckets'];
const DEFAULT_SERIES = 1_000;

/**
 * @param {any} definition
 * @returns {import('./draft.js').Draft | null}
 */
export function draftOf(definition) {
  const { on = {}, limits = {} } = definition;
  const kinds = KINDS.filter((kind) => definition[kind] !== undefined);
  const actions = kinds.flatMap((kind) => [definition[kind]].flat());
  const fits = only(definition, KEYS) && only(on, TARGETS) && only(limits, LIMITS) && actions.length === 1 && definition.enabled !== false
    && (limits.series ?? DEFAULT_SERIES) === DEFAULT_SERIES;
  const action = fits ? fieldsOf(kinds[0], actions[0]) : null;
  return action === null ? null : {
    ...EMPTY,
    ...action,
    id: text(definition.id),
    at: text(definition.at),
    kind: kinds[0],
    condition: text(definition.if),
    service: text(on.service),
    environment: text(on.environment),
    version: text(on.version),
    instance: text(on.instance),
    percent: text(on.percent).replace('%', ''),
    onePer: on['one-per'] === 'service',
    perSecond: text(limits['per-second']),
    cpu: text(limits.cpu).replace('%', ''),
    overBudget: text(limits['over-budget']),
    hits: text(limits.hits),
    fleetHits: text(limits['fleet-hits']),
    tags: text(definition.tags),
    life: lifeOf(definition),
  };
}

/** The definition as people write it: without what the control plane added. @param {any} definition */
export function writtenOf(definition) {
  const kept = Object.fromEntries(Object.entries(definition).filter(([key]) => !OWN.includes(key)).map(([key, value]) =>
    [key, KINDS.includes(key) && Array.isArray(value) && value.length === 1 ? value[0] : value]));
  return { ...kept, for: lifeOf(definition) };
}

/** How long it is to live from its setting on, as in 1h30m. @param {any} definition */
export function lifeOf({ created, expires }) {
  if (expires === undefined) {
    return 'never';
  }
  let seconds = Math.max(1, Math.round((expires - created) / 1_000));
  return [['d', 86_400], ['h', 3_600], ['m', 60], ['s', 1]].map(([unit, size]) => {
    const amount = Math.floor(seconds / Number(size));
    seconds -= amount * Number(size);
    return amount === 0 ? '' : `${amount}${unit}`;
  }).join('');
}

/** @param {string} kind @param {any} action @returns {Partial<import('./draft.js').Draft> | null} */
function fieldsOf(kind, action) {
  if (kind === 'log') {
    return only(action, ['template', 'level']) ? { template: text(action.template), level: text(action.level ?? 'info').toLowerCase() } : null;
  }
  if (kind === 'snapshot' || kind === 'exception') {
    return action === true ? {} : only(action, ['watch']) ? { watch: named(action.watch) } : null;
  }
  return only(action, METRIC)
    ? { metric: text(action.name), value: text(action.value), unit: text(action.unit), labels: named(action.labels), buckets: text(action.buckets) }
    : null;
}

/** @param {any} map */
function named(map = {}) {
  return Object.entries(map).map(([name, value]) => ({ name, value: text(value) }));
}

/** @param {any} value */
function text(value) {
  return value === undefined ? '' : [value].flat().join(', ');
}

/** @param {any} map @param {string[]} keys */
function only(map, keys) {
  return typeof map === 'object' && map !== null && Object.keys(map).every((key) => keys.includes(key));
}
