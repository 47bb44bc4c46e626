// @ts-check
/**
 * Captured values as agents send them, taken apart for a tree: docs/probes.md says what the keys with an @ mean.
 *
 * @typedef {{name: string, path: string, value: any}} Child path: as one writes it in an expression, where it can be written
 * @typedef {{type: string, text: string, kind: 'text' | 'number' | 'word' | 'object' | 'list' | 'null', marks: Mark[], children: Child[]}} Shown
 * @typedef {{text: string, title: string, isBad: boolean}} Mark why a value is not whole, or is another's
 */
const CUTS = /** @type {Record<string, string>} */ ({
  depth: 'not opened: deeper than the probe’s depth',
  fields: 'more fields than the probe’s bound',
  elements: 'more elements than the probe’s bound',
  length: 'longer than the probe’s bound',
  bytes: 'the record was full',
  time: 'reading took longer than the probe’s time',
  changed: 'it changed while it was read',
  unread: 'can’t be read without running code that could be the application’s',
});
const GROUPS = /** @type {Record<string, string>} */ ({ '@watch': 'watched', '@statics': 'static fields', '@context': 'context' });
const OWN = new Set(['@type', '@cut', '@more', '@text', '@length', '@id', '@same', '@cycle', '@error', '@failed', '@interfaces', '@entries', ...Object.keys(GROUPS)]);
const PREVIEW_CHARS = 120;

/** @param {any} value @param {string} [path] @returns {Shown} */
export function shown(value, path = '') {
  if (value === null || value === undefined) {
    return plain('null', 'null');
  }
  if (typeof value === 'string') {
    const isHidden = value === '***';
    return { ...plain('text', value), marks: isHidden ? [{ text: 'redacted', title: 'Redaction hides this value', isBad: false }] : [] };
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return plain(typeof value === 'number' ? 'number' : 'word', String(value));
  }
  return Array.isArray(value) ? list(value, path) : object(value, path);
}

/** The variables of a hit, at the top of its tree: as in the code first, then what the probe added. @param {any} values @returns {Child[]} */
export function variables(values) {
  return shown(values ?? {}).children;
}

/** A value in one short line. @param {any} value */
export function preview(value) {
  const it = shown(value);
  const inside = it.children.filter((one) => typeof one.value !== 'object').slice(0, 3).map((one) => `${one.name}=${shown(one.value).text}`);
  const text = it.kind === 'object' ? `${simple(it.type)}${inside.length === 0 ? '' : `{${inside.join(', ')}}`}` : it.text;
  return text.length > PREVIEW_CHARS ? `${text.substring(0, PREVIEW_CHARS)}…` : text;
}

/** A class without its package. @param {string} type */
export function simple(type) {
  return type.substring(type.lastIndexOf('.') + 1);
}

/** @param {'text' | 'number' | 'word' | 'null'} kind @param {string} text @returns {Shown} */
function plain(kind, text) {
  return { type: '', text, kind, marks: [], children: [] };
}

/** @param {any[]} value @param {string} path @returns {Shown} */
function list(value, path) {
  const last = value[value.length - 1];
  const isCut = typeof last === 'object' && last !== null && last['@cut'] === 'elements' && last['@type'] === undefined;
  const elements = isCut ? value.slice(0, -1) : value;
  return {
    type: '',
    text: `${elements.length + (isCut ? Number(last['@more'] ?? 0) : 0)} elements`,
    kind: 'list',
    marks: isCut ? marksOf(last) : [],
    children: elements.map((one, index) => ({ name: String(index), path: `${path}[${index}]`, value: one })),
  };
}

/** @param {Record<string, any>} value @param {string} path @returns {Shown} */
function object(value, path) {
  if (value['@text'] !== undefined) {
    return { ...plain('text', `${value['@text']}…`), marks: marksOf({ '@cut': 'length', ...value }) };
  }
  const type = String(value['@type'] ?? '');
  const entries = (value['@entries'] ?? []).map((/** @type {any} */ one, /** @type {number} */ index) => (
    one !== null && typeof one === 'object' && 'key' in one
      ? { name: preview(one.key), path: `${path}.get(${preview(one.key)})`, value: one.value }
      : { name: String(index), path: '', value: one }));
  const fields = Object.entries(value).filter(([name]) => !OWN.has(name)).map(([name, one]) => {
    const own = name.startsWith('@@') ? name.substring(1) : name;
    return { name: own, path: below(path, own), value: one };
  });
  const groups = Object.entries(GROUPS).filter(([key]) => value[key] !== undefined).map(([key, name]) => ({ name, path: '', value: value[key] }));
  const text = type === '' ? `${fields.length + entries.length} values` : simple(type);
  return { type, text, kind: 'object', marks: marksOf(value), children: [...fields, ...entries, ...groups] };
}

/** @param {string} path @param {string} name */
function below(path, name) {
  const isName = /^[\p{L}_$][\p{L}\d_$]*$/u.test(name);
  return path === '' ? name : isName ? `${path}.${name}` : `${path}.get(${JSON.stringify(name)})`;
}

/** @param {Record<string, any>} value @returns {Mark[]} */
function marksOf(value) {
  const marks = [];
  if (value['@cut'] !== undefined) {
    const more = value['@more'] ?? (value['@length'] === undefined ? undefined : `of ${value['@length']} characters`);
    const what = value['@cut'] === 'unread' ? 'not captured' : value['@cut'] === 'depth' ? 'not opened' : 'cut';
    marks.push({ text: typeof more === 'number' ? `${what}, ${more} more` : more === undefined ? what : `${what} ${more}`, title: CUTS[value['@cut']] ?? value['@cut'], isBad: false });
  }
  ['@same', '@cycle'].filter((key) => value[key] !== undefined).forEach((key) => {
    marks.push({ text: `${key === '@same' ? 'same as' : 'back to'} ${value[key]}`, title: 'The object stands there already', isBad: false });
  });
  if (value['@error'] !== undefined) {
    marks.push({ text: `threw ${value['@error']}`, title: 'The expression threw that', isBad: true });
  }
  if (value['@failed'] !== undefined) {
    marks.push({ text: `could not be read: ${value['@failed']}`, title: 'Reading it failed with that class of exception', isBad: true });
  }
  if (value['@id'] !== undefined) {
    marks.push({ text: `@${value['@id']}`, title: 'Its identity', isBad: false });
  }
  if (value['@interfaces'] !== undefined) {
    marks.push({ text: `implements ${[value['@interfaces']].flat().map(simple).join(', ')}`, title: [value['@interfaces']].flat().join(', '), isBad: false });
  }
  return marks;
}
