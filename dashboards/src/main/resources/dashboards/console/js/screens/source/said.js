// @ts-check
import { useEffect, useRef, useState } from 'preact/hooks';
import { keptSignals, tail } from '../../api/api.js';
import { clock } from '../../ui/words.js';

/**
 * What probes said last.
 *
 * @typedef {{signal: any, count: number}} Last count: since this page looks
 */
const LONGEST = 300;
/** So often the page is drawn anew at most. */
const DRAW_MILLIS = 250;
const AGAIN_MILLIS = 2_000;

/**
 * The last signal of each of these probes, also one from before.
 *
 * @param {string[]} ids
 * @param {boolean} isWanted
 * @returns {Map<string, Last>} another one with each change
 */
export function useLastSignals(ids, isWanted) {
  const last = useRef(/** @type {Map<string, Last>} */ (new Map()));
  const [shown, show] = useState(/** @type {Map<string, Last>} */ (new Map()));
  const key = ids.join(' ');
  useEffect(() => {
    if (!isWanted || key === '') {
      return undefined;
    }
    const abort = new AbortController();
    let isDue = false;
    const draw = () => {
      if (!isDue) {
        isDue = true;
        setTimeout(() => {
          isDue = false;
          show(new Map(last.current));
        }, DRAW_MILLIS);
      }
    };
    ids.filter((id) => !last.current.has(id)).forEach((id) => recall(id, last.current).then(draw));
    follow(ids, abort.signal, (signal) => {
      const id = String(signal.probe);
      last.current.set(id, { signal, count: (last.current.get(id)?.count ?? 0) + 1 });
      draw();
    });
    return () => abort.abort();
  }, [key, isWanted]);
  return shown;
}

/** In one line. @param {any} signal */
export function textOf(signal) {
  const values = () => Object.entries(signal.values ?? {}).map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`).join(' ');
  const labels = Object.entries(signal.labels ?? {}).map(([name, value]) => `${name}=${value}`).join(', ');
  /** @type {Record<string, () => string>} */
  const texts = {
    log: () => String(signal.body),
    metric: () => `${signal.name}${labels && ` {${labels}}`} = ${signal.type === 'histogram' ? `${signal.count} values, sum ${signal.sum}` : signal.value}`,
    exception: () => String(signal.exception ?? signal.body ?? 'exception').split('\n')[0],
    snapshot: values,
  };
  return (texts[signal.kind]?.() ?? '').replace(/\s+/g, ' ').substring(0, LONGEST);
}

/** When and where. @param {any} signal */
export function fromOf(signal) {
  return [signal.time === undefined ? '' : clock(Number(signal.time)), signal.instance].filter(Boolean).join(' ');
}

/** @param {string[]} ids @param {AbortSignal} abort @param {(signal: any) => void} take */
async function follow(ids, abort, take) {
  for (; !abort.aborted; await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLIS))) {
    try {
      await tail(ids, abort, () => {}, (signal) => signal.kind !== 'missed' && take(signal));
    } catch {
      // the screen says that the control plane does not answer; this goes on when it does
    }
  }
}

/** @param {string} id @param {Map<string, Last>} last */
async function recall(id, last) {
  try {
    const { signals } = await keptSignals(id, 1);
    const newest = signals[signals.length - 1];
    if (newest !== undefined && !last.has(id)) {
      last.set(id, { signal: newest, count: 0 });
    }
  } catch {
    // what comes from now on is shown all the same
  }
}
