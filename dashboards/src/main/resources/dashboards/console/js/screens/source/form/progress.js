// @ts-check
import { useEffect, useState } from 'preact/hooks';
import { ask, Problem } from '../../../api/api.js';
import { progressOf } from '../../../probes/progress.js';
import { html } from '../../../ui/html.js';
import { told } from '../../../ui/told.js';

/** What becomes of a probe that was just set: sent, received, installed. */
const STEP_MILLIS = 250;
const LATER_MILLIS = 2_000;
/** So long it is asked for at the quick step. */
const QUICK_MILLIS = 10_000;

/** @param {{id: string, version: number, warnings: string[]}} props */
export function SetProgress({ id, version, warnings }) {
  const [probe, show] = useState(/** @type {any} */ (null));
  const [error, say] = useState('');
  useEffect(() => {
    const abort = new AbortController();
    follow(id, abort.signal, show, say);
    return () => abort.abort();
  }, [id, version]);
  const reports = (probe?.reports ?? []).filter((/** @type {any} */ one) => one.version === version);
  const installed = reports.filter((/** @type {any} */ one) => ['installed', 'emitting', 'sampling', 'expired'].includes(one.state)).length;
  const all = Math.max(probe?.targets.length ?? 0, reports.length);
  const progress = probe === null ? null : progressOf(probe, version);
  return html`<div class="progress" role="status">
    <ol class="probe-steps"><${Tick} done=${true} text="sent" />
      <${Tick} done=${reports.length > 0} text=${`received ${reports.length}/${all}`} />
      <${Tick} done=${installed > 0 && installed === all} text=${`installed ${installed}/${all}`} /></ol>
    <p class=${progress?.isBad ? 'bad' : ''} id="set-state">${error || progress?.text || 'Sent.'}</p>
    ${(progress?.details ?? []).filter((one) => one.isBad).map((one) => html`<p class="bad small-text" key=${one.instance}><code>${one.instance}</code> ${one.text}</p>`)}
    ${warnings.map((one) => html`<p class="warn small-text" key=${one}>${one}</p>`)}
  </div>`;
}

/** @param {{done: boolean, text: string}} props */
function Tick({ done, text }) {
  return html`<li class=${done ? 'good' : 'muted'}><span aria-hidden="true">${done ? '✓' : '…'}</span> ${text}</li>`;
}

/** @param {string} id @param {AbortSignal} signal @param {(probe: any) => void} show @param {(text: string) => void} say */
async function follow(id, signal, show, say) {
  for (const start = Date.now(); !signal.aborted; await pause(Date.now() - start < QUICK_MILLIS ? STEP_MILLIS : LATER_MILLIS)) {
    try {
      const probe = await ask(`/probes/${encodeURIComponent(id)}`, { signal });
      show(probe);
      say('');
    } catch (e) {
      if (signal.aborted || (e instanceof Problem && e.status === 404)) {
        say('removed');
        return;
      }
      say(told(e));
    }
  }
}

/** @param {number} millis */
function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
