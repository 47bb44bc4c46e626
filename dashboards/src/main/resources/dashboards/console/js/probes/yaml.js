// @ts-check
/** Definitions as YAML that reads like a file of a person's, and that `plumb apply` takes. */

const PLAIN = /^[A-Za-z_][\w.$/#-]*(:[\w-]+)?$/;
/** What YAML may take for something else than a text. */
const WORDS = /^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i;
/** What stands in double quotes only. */
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/;
/** Texts that stand without quotes, as people write them: lengths of time and shares. */
const BARE = /^(\d{1,6}(ms|[dhms]))+$|^\d{1,3}(\.\d{1,6})?%$/;
const ACTIONS = ['log', 'snapshot', 'exception', 'count', 'gauge', 'histogram'];
const MOST_ON_A_LINE = 90;
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

/** @param {Record<string, any>} written a definition as a file has it */
export function yamlOf(written) {
  return lines(written, '').join('\n') + '\n';
}

/** @param {any} definition as GET /probes/ID has it */
export function yamlOfStored(definition) {
  return yamlOf(writtenForm(definition));
}

/** @param {number} millis */
function lifeOf(millis) {
  const [size, unit] = UNITS.find(([one]) => millis >= one && millis % one === 0) ?? [1, 'ms'];
  return `${millis / size}${unit}`;
}

/**
 * @param {any} value a mapping or a list
 * @param {string} indent
 * @returns {string[]}
 */
function lines(value, indent) {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      if (isFlat(item)) {
        return [`${indent}- ${flat(item)}`];
      }
      const [first, ...more] = lines(item, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...more];
    });
  }
  return Object.entries(value).flatMap(([key, item]) =>
    isFlat(item) ? [`${indent}${flat(key)}: ${flat(item)}`] : [`${indent}${flat(key)}:`, ...lines(item, `${indent}  `)]);
}

/** Whether it stands on one line. @param {any} value */
function isFlat(value) {
  if (typeof value !== 'object' || value === null) {
    return true;
  }
  return Object.values(value).every((part) => typeof part !== 'object' || part === null) && flat(value).length <= MOST_ON_A_LINE;
}

/** @param {any} value @returns {string} */
function flat(value) {
  if (Array.isArray(value)) {
    return `[${value.map((item) => scalar(item)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value).map(([key, item]) => `${scalar(key)}: ${scalar(item)}`).join(', ')}}`;
  }
  return scalar(value);
}

/** @param {any} value */
function scalar(value) {
  return typeof value === 'string' ? text(value) : String(value);
}

/** @param {string} value */
function text(value) {
  if (CONTROL.test(value)) {
    return JSON.stringify(value);
  }
  // 'on' is a key of ours, and what reads probes takes it for no truth
  const isPlain = BARE.test(value) || (PLAIN.test(value) && (value === 'on' || !WORDS.test(value)));
  return isPlain ? value : `'${value.replaceAll("'", "''")}'`;
}
