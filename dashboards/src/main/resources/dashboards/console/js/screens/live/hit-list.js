// @ts-check
import { MOST } from '../../data/stream.js';

/**
 * The rows of the table: what arrived and matches. While somebody reads further up nothing moves under their eyes: rows come
 * at the end only, until there are twice as many as are kept.
 *
 * @typedef {import('../../data/stream.js').Arrived} Arrived
 */
export class HitList {
  #last = -Infinity;
  /** @type {Arrived[]} */
  rows = [];
  /** That came since the reader stopped and are not among the rows. */
  waiting = 0;

  /** @param {(signal: any) => boolean} matches */
  constructor(matches) {
    this.matches = matches;
  }

  /**
   * Takes what is new among what arrived.
   *
   * @param {Arrived[]} arrived oldest first
   * @param {boolean} hold whether somebody reads, so that no row may go
   */
  append(arrived, hold) {
    let from = arrived.length;
    while (from > 0 && arrived[from - 1].serial > this.#last) {
      from--;
    }
    if (from === arrived.length) {
      this.#cut(hold);
      return;
    }
    const fresh = arrived.slice(from).filter((one) => this.matches(one.signal));
    if (hold && this.rows.length + fresh.length > 2 * MOST) {
      this.waiting = fresh.length;
      return;
    }
    this.waiting = 0;
    this.#last = arrived[arrived.length - 1].serial;
    if (fresh.length > 0) {
      this.rows = this.rows.concat(fresh);
    }
    this.#cut(hold);
  }

  /** Where a row stands. @param {number} serial @returns {number} -1 if it does not */
  indexOf(serial) {
    let low = 0;
    let high = this.rows.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = this.rows[middle].serial;
      if (at === serial) {
        return middle;
      }
      at < serial ? low = middle + 1 : high = middle - 1;
    }
    return -1;
  }

  /** @param {boolean} hold */
  #cut(hold) {
    if (!hold && this.rows.length > MOST) {
      this.rows = this.rows.slice(-MOST);
    }
  }
}
