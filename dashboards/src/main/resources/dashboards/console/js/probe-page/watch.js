// @ts-check
import { ask, keptSignals, Problem, tail } from '../api/api.js';
import { byId, element, say } from '../ui/dom.js';
import { progressOf } from '../probes/progress.js';
import { itemOf } from '../probes/signals.js';

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
   * Listens for signals of this probe and no longer of another. To be awaited before the probe is set, as its first hit
   * may be its last.
   *
   * @param {string} probe
   * @returns {Promise<void>} when every signal from now on is shown, or it is known that none can be
   */
  listen(probe) {
    this.stop();
    this.probe = probe;
    this.count = 0;
    this.abort = new AbortController();
    byId('signals').replaceChildren();
    byId('signals').hidden = true;
    say(byId('no-signals'), 'They appear here as they arrive.');
    byId('no-signals').hidden = false;
    say(byId('signal-count'), '');
    return new Promise((resolve) => this.#listen(this.abort.signal, resolve));
  }

  /**
   * Shows the signals that came before this page listened.
   *
   * @param {string} hit the uid of the one that a link is about, or empty
   */
  async recall(hit) {
    const from = Date.now();
    const { signals } = await keptSignals(this.probe, MAX_SHOWN);
    signals.filter((/** @type {any} */ one) => one.time < from).forEach((/** @type {any} */ one) => this.#take(one, hit));
  }

  /**
   * Shows the state from now on.
   *
   * @param {number} version
   * @param {string[]} warnings of the API, about what is allowed and may be a mistake
   */
  follow(version, warnings) {
    this.version = version;
    this.warnings = warnings;
    say(byId('probe-name'), `of ${this.probe}`);
    this.#follow(this.abort.signal);
  }

  stop() {
    this.abort.abort();
  }

  /**
   * Ends following a probe that is not there.
   *
   * @param {string} why
   */
  end(why) {
    this.stop();
    this.#state(why, false);
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

  /**
   * @param {AbortSignal} signal
   * @param {() => void} ready
   */
  async #listen(signal, ready) {
    for (; !signal.aborted; await pause(LATER_MILLIS)) {
      try {
        await tail(this.probe, signal, ready, (one) => this.#take(one));
      } catch (e) {
        if (!signal.aborted) {
          say(byId('no-signals'), `Signals can’t be shown now: ${e instanceof Error ? e.message : e}`);
          byId('no-signals').hidden = false;
        }
        ready();
        if (e instanceof Problem && e.status === 401) {
          return;
        }
      }
    }
  }

  /**
   * @param {any} signal
   * @param {string} [cited] the uid of the one to be marked
   */
  #take(signal, cited = '') {
    if (signal.kind === 'missed') {
      this.count += signal.signals;
    } else {
      this.count++;
      const item = itemOf(signal);
      item.classList.toggle('cited', cited !== '' && signal.uid === cited);
      this.#put(item);
    }
    byId('no-signals').hidden = true;
    byId('signals').hidden = false;
    const shown = byId('signals').children.length;
    const count = this.count.toLocaleString('en');
    const rest = isRead() ? ', held while one is open' : this.count > shown ? `, the last ${shown} shown` : '';
    say(byId('signal-count'), count + rest);
  }

  /** Newest first; nothing moves under who reads one. @param {HTMLElement} item */
  #put(item) {
    if (isRead()) {
      return;
    }
    const list = byId('signals');
    list.prepend(item);
    while (list.children.length > MAX_SHOWN) {
      list.lastElementChild?.remove();
    }
  }
}

function isRead() {
  return byId('signals').querySelector('details[open]') !== null;
}

/** @param {number} millis */
function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
