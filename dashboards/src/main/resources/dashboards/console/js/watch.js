// @ts-check
import { ask, Problem, tail } from './api.js';
import { byId, element, say } from './dom.js';
import { progressOf } from './progress.js';
import { itemOf } from './signals.js';

const STEP_MILLIS = 300;
const LATER_MILLIS = 2_000;
/** So long the state is asked for at the quick step. */
const QUICK_MILLIS = 15_000;
const MAX_SHOWN = 50;

/** Follows one probe: its state, asked for again and again, and its signals as they arrive. */
export class Watch {
  constructor() {
    this.probe = '';
    this.version = 0;
    this.count = 0;
    /** @type {string[]} */
    this.warnings = [];
    this.abort = new AbortController();
  }

  /**
   * Follows this probe and no longer another.
   *
   * @param {string} probe
   * @param {number} version
   * @param {string[]} warnings of the API, about what is allowed and may be a mistake
   */
  start(probe, version, warnings) {
    this.stop();
    this.probe = probe;
    this.version = version;
    this.warnings = warnings;
    this.count = 0;
    this.abort = new AbortController();
    byId('signals').replaceChildren();
    byId('signals').hidden = true;
    byId('no-signals').hidden = false;
    say(byId('signal-count'), '');
    this.#follow(this.abort.signal);
    this.#listen(this.abort.signal);
  }

  stop() {
    this.abort.abort();
  }

  removed() {
    this.stop();
    this.#state('removed', false);
    byId('instances').replaceChildren();
  }

  /** @param {AbortSignal} signal */
  async #follow(signal) {
    for (const start = Date.now(); !signal.aborted; await pause(Date.now() - start < QUICK_MILLIS ? STEP_MILLIS : LATER_MILLIS)) {
      try {
        const probe = await ask(`/probes/${encodeURIComponent(this.probe)}`, { signal });
        if (!signal.aborted) {
          this.#show(probe);
        }
      } catch (e) {
        if (signal.aborted) {
          return;
        }
        this.#state(e instanceof Error ? e.message : String(e), true);
        if (e instanceof Problem && (e.status === 404 || e.status === 401)) {
          this.stop();
        }
      }
    }
  }

  /** @param {any} probe */
  #show(probe) {
    const progress = progressOf(probe, this.version);
    this.#state(progress.text, progress.isBad);
    const warnings = this.warnings.map((warning) => element('li', 'bad', warning));
    const details = progress.details.map((one) =>
      element('li', one.isBad ? 'bad' : '', element('code', '', one.instance), ` ${one.text}`));
    byId('instances').replaceChildren(...warnings, ...details);
  }

  /**
   * @param {string} text
   * @param {boolean} isBad
   */
  #state(text, isBad) {
    byId('state').classList.toggle('bad', isBad);
    say(byId('state'), text);
  }

  /** @param {AbortSignal} signal */
  async #listen(signal) {
    for (; !signal.aborted; await pause(LATER_MILLIS)) {
      try {
        await tail(this.probe, signal, (one) => this.#take(one));
      } catch (e) {
        if (e instanceof Problem && (e.status === 404 || e.status === 401)) {
          return;
        }
      }
    }
  }

  /** @param {any} signal */
  #take(signal) {
    if (signal.kind === 'missed') {
      this.count += signal.signals;
    } else {
      this.count++;
      const list = byId('signals');
      list.prepend(itemOf(signal));
      while (list.children.length > MAX_SHOWN) {
        list.lastElementChild?.remove();
      }
    }
    byId('no-signals').hidden = true;
    byId('signals').hidden = false;
    const shown = byId('signals').children.length;
    say(byId('signal-count'), this.count > shown ? `${this.count.toLocaleString('en')}, the last ${shown} shown` : String(this.count));
  }
}

/** @param {number} millis */
function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
