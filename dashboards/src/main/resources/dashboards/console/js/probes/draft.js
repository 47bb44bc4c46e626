// @ts-check
/**
 * A probe as a form has it: every field a text, empty where nothing is said.
 *
 * @typedef {{name: string, value: string}} Named
 * @typedef {{
 *   id: string, at: string, kind: string, template: string, level: string, metric: string, value: string, unit: string, buckets: string,
 *   labels: Named[], watch: Named[], condition: string, service: string, environment: string, version: string, instance: string, percent: string,
 *   onePer: boolean, perSecond: string, cpu: string, overBudget: string, hits: string, fleetHits: string, life: string, tags: string,
 * }} Draft
 */

export const KINDS = ['log', 'count', 'gauge', 'histogram', 'snapshot', 'exception'];
const METRICS = ['count', 'gauge', 'histogram'];

/** @type {Draft} */
export const EMPTY = {
  id: '', at: '', kind: 'log', template: '', level: 'info', metric: '', value: '', unit: '', buckets: '', labels: [], watch: [], condition: '',
  service: '', environment: '', version: '', instance: '', percent: '', onePer: false, perSecond: '', cpu: '', overBudget: '', hits: '', fleetHits: '', life: '1h', tags: '',
};

/**
 * The definition that a draft makes, its keys in the order of files.
 *
 * @param {Draft} draft
 * @returns {Record<string, any>}
 */
export function definitionOf(draft) {
  return said({
    id: draft.id,
    at: draft.at,
    [draft.kind]: actionOf(draft),
    if: draft.condition,
    ...aboutOf(draft),
  });
}

/** What is said of whom, how much and until when; the same for spans. @param {Draft} draft */
export function aboutOf(draft) {
  return said({
    on: said({
      service: several(draft.service),
      environment: several(draft.environment),
      version: several(draft.version),
      instance: several(draft.instance),
      percent: draft.percent.trim() === '' ? '' : `${draft.percent.replace('%', '').trim()}%`,
      'one-per': draft.onePer ? 'service' : '',
    }),
    limits: said({
      'per-second': number(draft.perSecond),
      cpu: draft.cpu.trim() === '' ? '' : `${draft.cpu.replace('%', '').trim()}%`,
      'over-budget': draft.overBudget,
      hits: number(draft.hits),
      'fleet-hits': number(draft.fleetHits),
    }),
    tags: list(draft.tags),
    for: draft.life,
  });
}

/** @param {Draft} draft */
function actionOf(draft) {
  if (draft.kind === 'log') {
    return { template: draft.template, level: draft.level };
  }
  if (METRICS.includes(draft.kind)) {
    const metric = said({ value: draft.value, unit: draft.unit, labels: mapOf(draft.labels), buckets: draft.kind === 'histogram' ? list(draft.buckets).map(number) : [] });
    return { name: draft.metric, ...metric };
  }
  const watch = mapOf(draft.watch);
  return Object.keys(watch).length === 0 ? true : { watch };
}

/** @param {Named[]} named */
function mapOf(named) {
  return Object.fromEntries(named.filter((one) => one.value !== '' || one.name !== '').map((one) => [one.name || one.value, one.value]));
}

/** Without what is empty. @param {Record<string, any>} map */
function said(map) {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== '' && value !== undefined
    && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0)));
}

/** One text, or a list of those between commas. @param {string} text */
function several(text) {
  const all = list(text);
  return all.length > 1 ? all : all[0] ?? '';
}

/** @param {string} text */
function list(text) {
  return text.split(',').map((one) => one.trim()).filter((one) => one !== '');
}

/** A number where it is one; else the text, which the API refuses with its reason. @param {string} text */
function number(text) {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text.trim();
}
