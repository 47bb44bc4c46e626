// @ts-check
import { keptSignals } from '../api/api.js';
import { Store } from '../app/store.js';
import { told } from '../ui/told.js';
import { MetricHistory } from './metric-history.js';
import { SignalStream } from './stream.js';

/** So many of a probe's earlier signals are asked of Kafka. */
const SEED = 300;

/**
 * The signals of the probes that are chosen, as they come, after those that Kafka kept. The points of metrics are kept apart.
 * The page keeps what it has seen also while another screen is shown.
 *
 * @typedef {import('./stream.js').Stream & {seeding: boolean, seedError: string, epoch: number}} Feed
 *   epoch: another one when not only newer signals are there but others
 */
export class LiveFeed {
  /** @type {SignalStream | null} */
  #stream = null;
  #unwatch = () => {};
  /** Counts what is chosen, so that late answers about what was chosen before are known. */
  #turn = 0;
  #chosen = '';

  metrics = new MetricHistory();
  /** What came before the page listened, and what somebody has looked at. @type {WeakSet<object>} */
  read = new WeakSet();

  constructor() {
    /** @type {Store<Feed>} */
    this.store = new Store(/** @type {Feed} */ ({ arrived: [], total: 0, missed: 0, error: '', isOpen: false, seeding: false, seedError: '', epoch: 0 }));
  }

  /** Shows these probes from now on. @param {string[]} probes none for all */
  choose(probes) {
    const chosen = probes.join(',');
    if (this.#stream !== null && this.#chosen === chosen) {
      return;
    }
    const old = this.store.value.arrived.map((one) => one.signal).filter((one) => probes.length === 0 || probes.includes(one.probe));
    this.close();
    this.#chosen = chosen;
    const stream = new SignalStream(probes, (point) => this.metrics.take(point));
    this.#stream = stream;
    stream.recall(old);
    this.#unwatch = stream.store.watch((value) => this.#say(value));
    this.#say({ ...stream.store.value, seeding: probes.length > 0, seedError: '', epoch: this.store.value.epoch + 1 });
    stream.open();
    this.#seed(stream, probes, old, this.#turn);
  }

  /** Ends listening; what was seen stays. */
  close() {
    this.#turn++;
    this.#unwatch();
    this.#stream?.close();
    this.#stream = null;
  }

  /** @param {SignalStream} stream @param {string[]} probes @param {any[]} old @param {number} turn */
  async #seed(stream, probes, old, turn) {
    const have = new Set(old.map((one) => one.uid));
    await Promise.all(probes.map(async (probe) => {
      try {
        const { signals } = await keptSignals(probe, SEED);
        if (turn === this.#turn) {
          signals.filter((one) => one.kind === 'metric').forEach((one) => this.metrics.take(one));
          stream.store.value.arrived.forEach((one) => have.add(one.signal.uid));
          const fresh = signals.filter((one) => one.kind !== 'metric' && !(one.uid !== undefined && have.has(one.uid)));
          fresh.forEach((one) => this.read.add(one));
          old.push(...fresh);
        }
      } catch (e) {
        if (turn === this.#turn) {
          this.#say({ seedError: `What came earlier is not to be had: ${told(e)}` });
        }
      }
    }));
    if (turn === this.#turn) {
      stream.recall(old.sort((one, other) => one.time - other.time));
      this.#say({ seeding: false, epoch: this.store.value.epoch + 1 });
    }
  }

  /** @param {Partial<Feed>} changed */
  #say(changed) {
    this.store.set({ ...this.store.value, ...changed });
  }
}

/** What the page listens to. */
export const feed = new LiveFeed();
