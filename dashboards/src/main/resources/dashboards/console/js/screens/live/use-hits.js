// @ts-check
import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { feed } from '../../data/live-feed.js';
import { matcher } from './hit-filter.js';
import { HitList } from './hit-list.js';
import { keyOf } from './hit-words.js';

/** However fast hits come, the table is drawn anew only so often: nobody reads faster. */
const DRAW_MILLIS = 120;

/**
 * The rows of the table and where its reader is, drawn anew a few times a second.
 *
 * @param {string} filter
 * @param {string} key of the hit that the address names; empty for none
 */
export function useHits(filter, key) {
  const [, draw] = useReducer((count) => count + 1, 0);
  const [isPaused, pause] = useState(false);
  const [isFollowing, follow] = useState(key === '');
  const opened = useRef(/** @type {any} */ (null));
  const state = useRef({ isPaused, isFollowing });
  state.current = { isPaused, isFollowing };
  const epoch = useEpoch(draw);
  const list = useMemo(() => {
    const made = new HitList(matcher(filter));
    made.append(feed.store.value.arrived, false);
    return made;
  }, [filter, epoch]);
  useEffect(() => {
    let timer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);
    const take = () => {
      timer = undefined;
      if (!state.current.isPaused) {
        list.append(feed.store.value.arrived, !state.current.isFollowing);
      }
      draw(0);
    };
    take();
    const unwatch = feed.store.watch(() => { timer ??= setTimeout(take, DRAW_MILLIS); });
    return () => {
      unwatch();
      clearTimeout(timer);
    };
  }, [list, isPaused, isFollowing]);
  const found = opened.current !== null && keyOf(opened.current) === key ? opened.current : key === '' ? null : find(key);
  if (found !== null) {
    opened.current = found;
    feed.read.add(found);
  }
  return {
    rows: list.rows,
    waiting: list.waiting,
    feed: feed.store.value,
    unread: list.rows.reduce((sum, row) => sum + (feed.read.has(row.signal) ? 0 : 1), 0),
    hit: found,
    isSought: feed.store.value.seeding,
    index: found === null ? -1 : indexOf(list, found),
    isPaused,
    isFollowing: isFollowing && !isPaused,
    keyOf,
    find,
    /** Where a hit stands among the rows, also before they are drawn anew. @param {string} wanted its key */
    at: (wanted) => {
      const signal = wanted === '' ? null : opened.current !== null && keyOf(opened.current) === wanted ? opened.current : find(wanted);
      return signal === null ? -1 : indexOf(list, signal);
    },
    turn: () => pause(!isPaused),
    /** @param {boolean} on */
    follow: (on) => follow(on),
    newest: () => {
      pause(false);
      follow(true);
    },
    readAll: () => {
      feed.store.value.arrived.forEach((one) => feed.read.add(one.signal));
      list.rows.forEach((one) => feed.read.add(one.signal));
      draw(0);
    },
    /** @param {any} signal */
    open: (signal) => {
      opened.current = signal;
      follow(false);
    },
  };
}

/** @param {(action: number) => void} draw */
function useEpoch(draw) {
  const epoch = useRef(feed.store.value.epoch);
  useEffect(() => feed.store.watch((value) => {
    if (value.epoch !== epoch.current) {
      epoch.current = value.epoch;
      draw(0);
    }
  }), []);
  epoch.current = feed.store.value.epoch;
  return epoch.current;
}

/** Among what arrived. @param {string} key @returns {any} null if it is not there */
function find(key) {
  return feed.store.value.arrived.find((one) => keyOf(one.signal) === key)?.signal ?? null;
}

/** @type {{signal: any, serial: number, list: HitList | null}} */
let last = { signal: null, serial: 0, list: null };

/** @param {HitList} list @param {any} signal */
function indexOf(list, signal) {
  if (last.signal !== signal || last.list !== list || list.indexOf(last.serial) < 0) {
    last = { signal, list, serial: list.rows.find((row) => row.signal === signal)?.serial ?? NaN };
  }
  return list.indexOf(last.serial);
}
