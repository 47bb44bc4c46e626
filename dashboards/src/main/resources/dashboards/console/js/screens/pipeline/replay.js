// @ts-check
import { useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { Dialog } from '../../ui/dialog.js';
import { html } from '../../ui/html.js';
import { Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { count, several } from '../../ui/words.js';
import { replayWords } from './letter.js';

/**
 * Sends again all letters that the filter finds, after saying what that means.
 *
 * @param {{filter: import('./letters.js').Filter, counts: any[], replayed: number, complete: boolean, known: any[], close: () => void}} props
 */
export function Replay({ filter, counts, replayed, complete, known, close }) {
  const [state, turn] = useState(/** @type {'asks' | 'sends' | 'done'} */ ('asks'));
  const [answers, hear] = useState(/** @type {string[]} */ ([]));
  const [problem, say] = useState('');
  const byExporter = sums(counts);
  const run = async () => {
    turn('sends');
    try {
      for (const exporter of Object.keys(byExporter)) {
        await all({ ...filter, exporter }, (answer) => hear((before) => [...before, answer]));
      }
    } catch (e) {
      say(told(e));
    }
    turn('done');
  };
  return html`<${Dialog} title="Send dead letters again" close=${close}>
    <p>What would happen:</p>
    <ul class="rows">${Object.entries(byExporter).map(([exporter, many]) => html`<li key=${exporter}><strong>${several(many, 'letter')}</strong> to
      <strong> ${exporter}</strong>, and to no other exporter: ${runs(known, exporter) ? 'it runs, and gets them at once' : 'it runs nowhere now; they wait for it'}</li>`)}</ul>
    <p class="muted">Records keep their ids, so that a backend that has one already can tell. ${replayed > 0 ? `${count(replayed)} that were sent again already stay as they are. ` : ''}
      ${complete ? '' : 'Older letters than were counted go too. '}What is refused again comes back here as a new letter; so remedy the reason first.</p>
    <${Trouble} text=${problem} />
    <ul class="rows" role="status">${answers.map((answer, index) => html`<li key=${index}>${answer}</li>`)}</ul>
    <div class="foot">${state === 'done'
      ? html`<button type="button" onClick=${close}>Close</button>`
      : html`<button type="button" disabled=${state === 'sends'} onClick=${run}>${state === 'sends' ? 'Sending …' : 'Send again'}</button>
        <button type="button" class="quiet" onClick=${close}>Leave them</button>`}</div>
  </${Dialog}>`;
}

/**
 * Page by page, as the API sends them.
 *
 * @param {import('./letters.js').Filter} filter
 * @param {(answer: string) => void} hear
 */
async function all(filter, hear) {
  const wanted = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
  let before = '';
  do {
    const body = before === '' ? wanted : { ...wanted, before };
    const done = await ask('/deadletters/replay', { method: 'POST', body: JSON.stringify(body) });
    hear(replayWords(done));
    before = done.next;
  } while (before !== '');
}

/** @param {any[]} counts @returns {Record<string, number>} */
function sums(counts) {
  /** @type {Record<string, number>} */
  const sum = {};
  counts.forEach((one) => { sum[one.exporter] = (sum[one.exporter] ?? 0) + one.letters; });
  return sum;
}

/** @param {any[]} known @param {string} exporter */
function runs(known, exporter) {
  return known.some((one) => one.name === exporter && one.processes.some((/** @type {any} */ process) => !process.silent));
}
