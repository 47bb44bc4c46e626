// @ts-check
import { outermost } from '../../probe-page/locations.js';

/**
 * Which probes stand where in a class.
 *
 * @typedef {{probe: any, kind: string, point: string, at: string, line: number}} Placed point: of a span; empty for others
 */

const AT = /^([^:#]+)(?:#([^:(]+)(?:\([^)]*\))?)?(?::(.+))?$/;
const KINDS = ['log', 'snapshot', 'exception', 'count', 'gauge', 'histogram'];
/** A kind of spot by what a location calls it. @type {Record<string, string>} */
const SPOTS = { entry: 'entry', exit: 'exit', exception: 'exception-exit', throw: 'throw', catch: 'catch' };

/**
 * @param {any[]} probes as the API lists them
 * @param {string} type the outermost class
 * @param {string} file its source file's name
 * @param {string} service
 * @param {import('./line-index.js').LineIndex} index
 * @returns {Placed[]}
 */
export function placedIn(probes, type, file, service, index) {
  return probes.filter((probe) => isFor(probe.definition, service)).flatMap((probe) => locationsOf(probe)
    .map((place) => ({ ...place, line: lineIn(place.at, type, file, index) }))
    .filter((place) => place.line > 0));
}

/** The kind of a probe without points, by its definition. @param {any} definition */
export function kindOf(definition) {
  return KINDS.find((kind) => definition[kind] !== undefined) ?? 'span';
}

/** @param {any} probe @returns {{probe: any, kind: string, point: string, at: string}[]} */
function locationsOf(probe) {
  const { definition } = probe;
  if (definition.span === undefined) {
    return [{ probe, kind: kindOf(definition), point: '', at: String(definition.at) }];
  }
  return Object.entries(definition.span.points ?? {}).map(([point, where]) =>
    ({ probe, kind: 'span', point, at: String(typeof where === 'string' ? where : /** @type {any} */ (where).at) }));
}

/** @param {any} definition @param {string} service */
function isFor(definition, service) {
  const wanted = [definition.on?.service ?? []].flat();
  return service === '' || wanted.length === 0 || wanted.some((one) => one === service || String(one).includes('*'));
}

/** @param {string} at @param {string} type @param {string} file @param {import('./line-index.js').LineIndex} index */
function lineIn(at, type, file, index) {
  const [, name = '', method = '', spot = ''] = AT.exec(at) ?? [];
  const outer = name === file ? type : outermost(name);
  if (outer !== type && outer !== type.substring(type.lastIndexOf('.') + 1)) {
    return 0;
  }
  return /^\d+$/.test(spot) ? Number(spot) : index.lineOf(method, SPOTS[spot.replace(/\(.*/, '')] ?? 'entry');
}
