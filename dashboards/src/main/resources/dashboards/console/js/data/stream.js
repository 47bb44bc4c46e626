// @ts-check
import { Problem, tail } from '../api/api.js';
import { lost } from '../app/session.js';
import { Store } from '../app/store.js';
import { told } from '../ui/told.js';

/** So many signals are kept in the page; older ones go. */
export const MOST = 10_000;
/** And so many characters of them as JSON: a snapshot may have a quarter of a million. */
const MOST_CHARS = 64 << 20;
const AGAIN_MILLIS = 2_000;

/**
 * @typedef {{serial: number, signal: any, size: number}} Arrived serial: 1 for the first of this page, below for what is recalled; size: characters
 * @typedef {{arrived: Arrived[], total: number, missed: number, error: string, isOpen: boolean}} Stream
 *   arrived: oldest first; missed: came faster than they were read
 */

/**
 * Signals as they arrive, of all probes or of some. However many come, those who look are told once a frame of the screen.
 */
export class SignalStream {
  /** @type {Arrived[]} */
  #fresh = [];
  #total = 0;
  #missed = 0;
  #isDue = false;
  #abort = new AbortController();

  /** Characters of what has arrived and is kept. */
  #chars = 0;

  /**
   * @param {string | string[]} probes none for all
   * @param {((signal: any) => void) | null} metric takes the points of metrics, which are then not among what arrived
   */
  constructor(probes = [], metric = null) {
    this.probes = probes;
    this.metric = metric;
    /** @type {Store<Stream>} */
    this.store = new Store(/** @type {Stream} */ ({ arrived: [], total: 0, missed: 0, error: '', isOpen: false }));
  }

  /** Reads from now on, also after the connection broke, until it is closed. */
  async open() {
    const signal = this.#abort.signal;
    for (; !signal.aborted; await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLIS))) {
      try {
        await tail(this.probes, signal, () => this.#say({ error: '', isOpen: true }), (one, size) => this.#take(one, size));
        this.#say({ isOpen: false });
      } catch (e) {
        if (signal.aborted) {
          return;
        }
        if (e instanceof Problem && e.status === 401) {
          lost();
          return;
        }
        this.#say({ error: told(e), isOpen: false });
      }
    }
  }

  close() {
    this.#abort.abort();
  }

  /** Puts these in front instead of what was recalled before, oldest first. @param {any[]} signals */
  recall(signals) {
    const old = signals.map((signal, index) => ({ serial: index - signals.length, signal, size: 0 }));
    this.#say({ arrived: [...old, ...this.store.value.arrived.filter((one) => one.serial > 0)].slice(-MOST) });
  }

  /** @param {any} signal @param {number} size */
  #take(signal, size) {
    if (signal.kind === 'missed') {
      this.#missed += signal.signals;
    } else if (signal.kind === 'metric' && this.metric !== null) {
      this.metric(signal);
      return;
    } else {
      this.#fresh.push({ serial: ++this.#total, signal, size });
      this.#chars += size;
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
    const all = this.store.value.arrived.concat(fresh);
    let from = 0;
    while (all.length - from > MOST || (this.#chars > MOST_CHARS && all.length - from > 1)) {
      this.#chars -= all[from++].size;
    }
    this.#say({ arrived: from === 0 ? all : all.slice(from), total: this.#total, missed: this.#missed });
  }

  /** @param {Partial<Stream>} changed */
  #say(changed) {
    this.store.set({ ...this.store.value, ...changed });
  }
}
