// @ts-check
import { useEffect } from 'preact/hooks';

/**
 * The keyboard: single keys and pairs such as 'g f', of which none is taken from who types.
 *
 * @typedef {{keys: string, does: string, run: () => void}} Binding
 */
const PAIR_MILLIS = 1_200;
/** @type {Set<Binding>} */
const bindings = new Set();
let first = '';
let since = 0;

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || document.querySelector('dialog[open]') !== null) {
    return;
  }
  const pair = Date.now() - since < PAIR_MILLIS ? `${first} ${event.key}` : '';
  if (event.key === ' ' && event.target instanceof Element && event.target.closest('button, a, summary, [role="tab"]') !== null) {
    return; // it presses what has the focus
  }
  const found = [...bindings].reverse().find((one) => one.keys === pair) ?? [...bindings].reverse().find((one) => one.keys === event.key);
  first = event.key;
  since = Date.now();
  if (found !== undefined) {
    event.preventDefault();
    found.run();
  }
});

/** What the keys do now, for the help. */
export function allBindings() {
  return [...bindings];
}

/**
 * Keys that do something as long as the component is shown.
 *
 * @param {Binding[]} wanted
 * @param {any[]} inputs of the functions, as of an effect
 */
export function useKeys(wanted, inputs) {
  useEffect(() => {
    wanted.forEach((one) => bindings.add(one));
    return () => wanted.forEach((one) => bindings.delete(one));
  }, inputs);
}

/** @param {KeyboardEvent} event */
function isTyping(event) {
  const at = event.composedPath()[0];
  return at instanceof HTMLElement
    && (at.isContentEditable || at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement);
}
