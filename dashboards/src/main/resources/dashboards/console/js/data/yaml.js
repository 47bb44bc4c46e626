// @ts-check
/** Values as YAML, in the style of the product's own files. */

const PLAIN = /^[A-Za-z_/][\w./ -]*$/;
/** What YAML may take for something else than a text. */
const WORDS = /^(true|false|null|yes|no|on|off|y|n|nan|inf|~)$/i;
/** What stands in double quotes only. */
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/;

/** @param {any} value a map @returns {string} */
export function yaml(value) {
  return block(value, '');
}

/** @param {any} value @param {string} indent @returns {string} */
function block(value, indent) {
  if (Array.isArray(value)) {
    return value.map((one) => (isOpen(one) ? `${indent}- ${block(one, `${indent}  `).substring(indent.length + 2)}` : `${indent}- ${scalar(one)}\n`)).join('');
  }
  return Object.entries(value).map(([key, one]) => (
    isOpen(one) ? `${indent}${scalar(key)}:\n${block(one, Array.isArray(one) ? indent + '  ' : `${indent}  `)}` : `${indent}${scalar(key)}: ${scalar(one)}\n`)).join('');
}

/** @param {any} value */
function isOpen(value) {
  return value !== null && typeof value === 'object' && Object.keys(value).length > 0;
}

/** @param {any} value */
function scalar(value) {
  if (typeof value === 'string') {
    const isPlain = PLAIN.test(value) && !WORDS.test(value) && value.trim() === value;
    return isPlain ? value : CONTROL.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
  }
  return JSON.stringify(value);
}
