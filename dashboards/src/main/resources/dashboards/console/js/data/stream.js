// @ts-check
import { Problem, tail } from '../api/api.js';
import { lost } from '../app/session.js';
import { Store } from '../app/store.js';

/** So many signals are kept in the page; older ones go. */
export const MOST = 10_000;
const AGAIN_MILLIS = 2_000;

/**
 * @typedef {{serial: number, signal: any}} Arrived serial: 1 for the first of this page
 * @typedef {{arrived: Arrived[], total: number, missed: number, error: string, isOpen: boolean}} Stream
 *   arrived: oldest first; missed: came faster than they were read
 */

/**
 * Signals as they arrive, of all probes or of one. However many come, those who look are told once a frame of the screen.
 */
export class SignalStream {
  /** @type {Arrived[]} */
  #fresh = [];
  #total = 0;
  #missed = 0;
  #isDue = false;
  #abort = new AbortController();

  /** @param {string} probe empty for all */
  constructor(probe = '') {
    this.probe = probe;
    /** @type {Store<Stream>} */
    this.store = new Store(/** @type {Stream} */ ({ arrived: [], total: 0, missed: 0, error: '', isOpen: false }));
  }

  /** Reads from now on, also after the connection broke, until it is closed. */
  async open() {
    const signal = this.#abort.signal;
    for (; !signal.aborted; await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLIS))) {
      try {
        await tail(this.probe, signal, () => this.#say({ error: '', isOpen: true }), (one) => this.#take(one));
        this.#say({ isOpen: false });
      } catch (e) {
        if (signal.aborted) {
          return;
        }
        if (e instanceof Problem && e.status === 401) {
          lost();
          return;
        }
        this.#say({ error: e instanceof Error ? e.message : String(e), isOpen: false });
      }
    }
  }

  close() {
    this.#abort.abort();
  }

  /** Puts what came before the page listened in front, oldest first. @param {any[]} signals */
  recall(signals) {
    const old = signals.map((signal, index) => ({ serial: index - signals.length, signal }));
    this.#say({ arrived: [...old, ...this.store.value.arrived].slice(-MOST) });
  }

  clear() {
    this.#say({ arrived: [] });
  }

  /** @param {any} signal */
  #take(signal) {
    if (signal.kind === 'missed') {
      this.#missed += signal.signals;
    } else {
      this.#fresh.push({ serial: ++this.#total, signal });
    }
    if (!this.#isDue) {
      this.#isDue = true;
      // a hidden page draws no frames
      document.hidden ? setTimeout(() => this.#flush(), 250) : requestAnimationFrame(() => this.#flush());
    }
  }

  #flush() {
    this.#isDue = false;
    const fresh = this.#fresh;
    this.#fresh = [];
    const kept = this.store.value.arrived;
    this.#say({ arrived: kept.concat(fresh).slice(-MOST), total: this.#total, missed: this.#missed });
  }

  /** @param {Partial<Stream>} changed */
  #say(changed) {
    this.store.set({ ...this.store.value, ...changed });
  }
}
