// @ts-check
import { useEffect } from 'preact/hooks';
import { ask, Problem } from '../api/api.js';
import { told } from '../ui/told.js';
import { lost } from './session.js';
import { Store, useStore } from './store.js';

/**
 * @template T
 * @typedef {{value: T | null, error: string}} Answer what came last, and why nothing newer does
 */

/**
 * An answer of the API that is asked for again and again while somebody looks at it and the page is to be seen.
 *
 * @template T
 */
export class Polled {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #lookers = 0;
  #abort = new AbortController();

  /**
   * @param {string} path below /api/v1
   * @param {number} millis between an answer and the next question
   */
  constructor(path, millis) {
    this.path = path;
    this.millis = millis;
    /** @type {Store<Answer<T>>} */
    this.store = new Store(/** @type {Answer<T>} */ ({ value: null, error: '' }));
  }

  /** @returns {() => void} ends looking */
  look() {
    if (this.#lookers++ === 0) {
      this.#abort = new AbortController();
      this.now();
    }
    return () => {
      if (--this.#lookers === 0) {
        clearTimeout(this.#timer);
        this.#abort.abort();
      }
    };
  }

  /** Asks at once, as after a change of one's own. */
  async now() {
    clearTimeout(this.#timer);
    const signal = this.#abort.signal;
    try {
      if (!document.hidden || this.store.value.value === null) {
        this.store.set({ value: await ask(this.path, { signal }), error: '' });
      }
    } catch (e) {
      if (signal.aborted) {
        return;
      }
      if (e instanceof Problem && e.status === 401) {
        lost();
        return;
      }
      this.store.set({ value: this.store.value.value, error: told(e) });
    }
    if (!signal.aborted && this.#lookers > 0) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.now(), this.millis);
    }
  }
}

/**
 * What a polled answer is now, in a component that looks at it as long as it is shown.
 *
 * @template T
 * @param {Polled<T>} polled
 * @returns {Answer<T>}
 */
export function usePolled(polled) {
  useEffect(() => polled.look(), [polled]);
  return useStore(polled.store);
}
