// @ts-check
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../../api/api.js';
import { toldOf, toldOfTrial } from './told.js';

/**
 * What would become of a definition, asked while it is written: first whether it can be read at all, then what instances say.
 *
 * @typedef {{text: string, told: import('./told.js').Told | null, change: any, trial: any, isAsking: boolean}} Check
 *   text: what was checked; change: as the API answers; null where it is refused
 */
const PAUSE_MILLIS = 250;

/** @type {Check} */
const NOTHING = { text: '', told: null, change: null, trial: null, isAsking: false };

/** @param {string} text of the definition @param {string} kind @param {boolean} isAllowed @returns {Check} */
export function useCheck(text, kind, isAllowed) {
  const [check, say] = useState(NOTHING);
  useEffect(() => {
    if (!isAllowed) {
      return undefined;
    }
    const abort = new AbortController();
    say((known) => ({ ...known, isAsking: true }));
    const timer = setTimeout(() => run(text, kind, abort.signal, say), PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, kind, isAllowed]);
  return check;
}

/** What the API would do with it. @param {string} text @param {boolean} asks instances as well @param {AbortSignal} [signal] */
export async function dryRun(text, asks, signal) {
  return (await ask(`/probes?dryRun=true${asks ? '&ask=true' : ''}&source=the%20console`, { method: 'POST', body: text, signal })).probes[0];
}

/** @param {string} text @param {string} kind @param {AbortSignal} signal @param {(check: Check | ((known: Check) => Check)) => void} say */
async function run(text, kind, signal, say) {
  try {
    const change = await dryRun(text, false, signal);
    say((known) => ({ text, told: known.told !== null && known.trial === null ? null : known.told, change, trial: known.trial, isAsking: true }));
    const { trial } = await dryRun(text, true, signal);
    say({ text, told: toldOfTrial(trial, kind), change, trial, isAsking: false });
  } catch (e) {
    if (!signal.aborted) {
      say({ text, told: toldOf(e), change: null, trial: null, isAsking: false });
    }
  }
}
