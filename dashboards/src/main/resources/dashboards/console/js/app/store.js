// @ts-check
import { useEffect, useState } from 'preact/hooks';

/**
 * A value that several parts of the page look at. Whoever looks is told of each change.
 *
 * @template T
 */
export class Store {
  /** @type {Set<(value: T) => void>} */
  #watchers = new Set();

  /** @param {T} value */
  constructor(value) {
    this.value = value;
  }

  /** @param {T} value */
  set(value) {
    if (value !== this.value) {
      this.value = value;
      this.#watchers.forEach((watcher) => watcher(value));
    }
  }

  /**
   * @param {(value: T) => void} watcher
   * @returns {() => void} ends it
   */
  watch(watcher) {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** How many look. */
  get watched() {
    return this.#watchers.size;
  }
}

/**
 * The store's value in a component, which is drawn again with each change.
 *
 * @template T
 * @param {Store<T>} store
 * @returns {T}
 */
export function useStore(store) {
  const [value, set] = useState(store.value);
  useEffect(() => {
    set(() => store.value);
    return store.watch((changed) => set(() => changed));
  }, [store]);
  return value;
}
