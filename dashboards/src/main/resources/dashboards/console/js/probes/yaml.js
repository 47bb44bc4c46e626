// @ts-check
/** Writes a definition as YAML that reads like a file of a person's. */

const PLAIN = /^[A-Za-z_][\w./$-]*(:\d+)?$/;
/** What YAML may take for something else than a text. */
const WORDS = /^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i;
/** What stands in double quotes only. */
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/;
/** Texts that stand without quotes in these keys, as people write them. */
const BARE = /^(\d{1,6}[dhms])+$|^\d{1,3}(\.\d{1,6})?%$/;

/** @param {Record<string, any>} definition @returns {string} */
export function yamlOf(definition) {
  return linesOf(definition).map((line) => `${line}\n`).join('');
}

/** @param {Record<string, any>} map @returns {string[]} */
function linesOf(map) {
  return Object.entries(map).flatMap(([key, value]) => {
    // as files have it; the probes' reader takes no key for a truth value
    const name = key === 'on' ? key : scalar(key);
    if (Array.isArray(value) && value.some((one) => typeof one === 'object')) {
      return [`${name}:`, ...value.flatMap(itemOf)];
    }
    if (Array.isArray(value)) {
      return [`${name}: [${value.map((one) => inFlow(scalar(one))).join(', ')}]`];
    }
    if (typeof value === 'object' && value !== null) {
      return Object.keys(value).length === 0 ? [`${name}: {}`] : [`${name}:`, ...linesOf(value).map((line) => `  ${line}`)];
    }
    return [`${name}: ${scalar(value)}`];
  });
}

/** @param {any} item @returns {string[]} */
function itemOf(item) {
  const lines = typeof item === 'object' && item !== null ? linesOf(item) : [scalar(item)];
  return lines.map((line, index) => (index === 0 ? `  - ${line}` : `    ${line}`));
}

/** @param {any} value */
function scalar(value) {
  if (typeof value !== 'string') {
    return String(value);
  }
  if (BARE.test(value) || (PLAIN.test(value) && !WORDS.test(value))) {
    return value;
  }
  return CONTROL.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
}

/** Within brackets a colon needs quotes. @param {string} written */
function inFlow(written) {
  return /^[^'"].*:/.test(written) ? `'${written}'` : written;
}
