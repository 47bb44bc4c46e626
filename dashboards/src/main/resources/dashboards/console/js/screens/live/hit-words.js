// @ts-check
import { preview, simple, variables } from './values.js';

/** What a hit says of itself in a row. */

const PREVIEWED = 6;

/** What tells one hit from another, as the address names it. @param {any} signal @returns {string} */
export function keyOf(signal) {
  return String(signal.uid ?? signal.spanId ?? `${signal.probe}-${signal.time}`);
}

/** @param {any} signal */
export function message(signal) {
  if (signal.kind === 'span') {
    return `${signal.name} took ${signal.duration}`;
  }
  return signal.event === 'plumbline.snapshot' ? glance(signal.values) || signal.body : String(signal.body ?? '');
}

/** Variables in one line, those that are read fastest first. @param {any} values */
export function glance(values) {
  const all = variables(values).filter((one) => one.path !== '' && one.name !== 'this');
  const sorted = [...all.filter((one) => typeof one.value !== 'object'), ...all.filter((one) => typeof one.value === 'object')];
  return sorted.slice(0, PREVIEWED).map((one) => `${one.name}=${preview(one.value)}`).join('  ');
}

/** Class and line in short. @param {any} signal */
export function where(signal) {
  if (signal.function === undefined) {
    return signal.file === undefined ? '' : `${signal.file}:${signal.line}`;
  }
  return `${simple(classOf(signal.function))}:${signal.line}`;
}

/** The class of a method's full name. @param {string} name */
export function classOf(name) {
  return name.substring(0, Math.max(0, name.lastIndexOf('.')));
}

/** What sort of hit it is. @param {any} signal */
export function sort(signal) {
  return signal.kind === 'span' ? 'span' : signal.event === 'plumbline.snapshot' ? 'snapshot' : signal.exception === undefined && signal.event !== 'exception' ? 'log' : 'exception';
}
