// @ts-check
/** Definitions as the API shows them, as a person would write them. */

const ACTIONS = ['log', 'snapshot', 'exception', 'count', 'gauge', 'histogram'];
/** Which units a life is said in. @type {[number, string][]} */
const UNITS = [[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'm'], [1_000, 's'], [1, 'ms']];

/**
 * A definition as a person would write it: its life as a length of time, lists of one action as that action.
 *
 * @param {any} definition as GET /probes/ID has it
 * @returns {Record<string, any>}
 */
export function writtenForm(definition) {
  const { version, created, expires, ...rest } = definition;
  const life = expires === undefined ? 'never' : lifeOf(expires - created);
  return Object.fromEntries([...Object.entries(rest).map(([key, value]) => [key, key === 'span' ? spanOf(value) : actionOf(key, value)]), ['for', life]]);
}

/** @param {string} key @param {any} value */
function actionOf(key, value) {
  return ACTIONS.includes(key) && Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/** Without what holds anyway: neighbours in one trace within a minute; a point of nothing but a place is that place. @param {any} span */
function spanOf(span) {
  const { by, within, points, pairs = [], ...rest } = span;
  const names = Object.keys(points);
  const neighbours = names.slice(1).map((name, index) => `${names[index]}->${name}`);
  return {
    ...(by === 'trace' ? {} : { by }),
    ...(within === '1m' ? {} : { within }),
    points: Object.fromEntries(Object.entries(points).map(([name, point]) => [name, Object.keys(point).length === 1 ? point.at : point])),
    ...(pairs.join() === neighbours.join() ? {} : { pairs }),
    ...rest,
  };
}

/** @param {number} millis */
function lifeOf(millis) {
  const [size, unit] = UNITS.find(([one]) => millis >= one && millis % one === 0) ?? [1, 'ms'];
  return `${millis / size}${unit}`;
}
