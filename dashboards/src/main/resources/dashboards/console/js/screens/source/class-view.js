// @ts-check
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Problem } from '../../api/api.js';
import { html } from '../../ui/html.js';
import { Empty, Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { forget, lines, source } from './code.js';
import { Editor } from './editor.js';
import { LineIndex } from './line-index.js';
import { marksOf } from './marks.js';
import { OriginBar } from './origin.js';
import { placedIn } from './placed.js';
import { fromOf, textOf, useLastSignals } from './said.js';

/**
 * A class that runs: its source, where that is from, which lines can be probed, which probes are there and what they say.
 *
 * @param {{
 *   whom: import('./code.js').Whom, type: string, line: number, probes: any[], rates: import('./rates.js').Rates, building: {at: string, name: string}[],
 *   pick: (line: number) => void, find: () => void, know: (known: Known) => void,
 * }} props building: points of the span that is being built
 * @typedef {{index: LineIndex, placed: import('./placed.js').Placed[], file: string, type: string}} Known
 */
export function ClassView({ whom, type, line, probes, rates, building, pick, find, know }) {
  const [again, askAgain] = useState(0);
  const { read, spots, error } = useClass(whom, type, again);
  const [isSaid, say] = useState(true);
  const path = String(read?.file ?? '');
  const file = path.substring(path.lastIndexOf('/') + 1);
  const index = useMemo(() => new LineIndex(spots ?? []), [spots]);
  const placed = useMemo(() => placedIn(probes, type, file, whom.service, index), [probes, type, file, whom.service, index]);
  const marks = useMemo(() => marksOf(placed, building.filter((one) => one.at.startsWith(`${type}:`)), index, rates), [placed, building, index]);
  const last = useLastSignals([...new Set(placed.map((one) => one.probe.id))].sort(), isSaid);
  const hits = useMemo(() => saidAt(isSaid ? placed : [], last), [placed, last, isSaid]);
  const known = { index, placed, file, type };
  useEffect(() => know(known), [index, placed, file]);
  const anew = () => {
    forget();
    askAgain(again + 1);
  };
  if (error !== '') {
    return html`<div class="class-view"><${Trouble} text=${error} /><${Empty} title="The source can’t be shown."><button type="button" class="quiet" onClick=${anew}>Ask again</button></${Empty}></div>`;
  }
  if (read === null) {
    return html`<p class="wait muted" role="status">Looking for the source of ${type} …</p>`;
  }
  return html`<div class="class-view">
    <${OriginBar} source=${read}>
      <label class="check"><input type="checkbox" checked=${isSaid} onChange=${(/** @type {any} */ event) => say(event.target.checked)} />Hits beside lines</label>
      <button type="button" class="icon-only" aria-label="Read again" onClick=${anew} title="Reads source and lines anew, as after a deployment">↻</button>
    </${OriginBar}>
    ${spots === null && html`<p class="muted small-text strip" role="status">Asking ${read.instance} which lines can be probed …</p>`}
    ${spots !== null && index.code.size === 0 && html`<p class="mismatch" role="status">No line of this class can be probed: it was compiled without line numbers, or has no code.</p>`}
    ${(read.unplaced ?? []).length > 0 && html`<p class="strip small-text">Lines that stand elsewhere in this text: ${read.unplaced.map((/** @type {number} */ one) => html`
      <button type="button" class="quiet tiny" key=${one} onClick=${() => pick(one)}>${one}</button>`)}</p>`}
    <${Editor} text=${read.text} file=${file} marks=${marks} hits=${hits} line=${line} pick=${pick} find=${find} />
  </div>`;
}

/** @param {import('./code.js').Whom} whom @param {string} type @param {number} again */
function useClass(whom, type, again) {
  const [known, say] = useState(/** @type {{read: any, spots: any[] | null, error: string}} */ ({ read: null, spots: null, error: '' }));
  useEffect(() => {
    let isGone = false;
    const tell = (/** @type {any} */ changed) => isGone || say((all) => ({ ...all, ...changed }));
    say({ read: null, spots: null, error: '' });
    source(whom, type).then((read) => tell({ read }), (e) => tell({ error: wordsOf(e, type) }));
    lines(whom, type).then((answer) => tell({ spots: answer.lines }), () => tell({ spots: [] }));
    return () => {
      isGone = true;
    };
  }, [whom.service, whom.instance, type, again]);
  return known;
}

/** @param {unknown} e @param {string} type */
function wordsOf(e, type) {
  const text = told(e);
  return e instanceof Problem && e.status === 404 ? `${type}: ${text}` : text;
}

/** @param {import('./placed.js').Placed[]} placed @param {Map<string, import('./said.js').Last>} last */
function saidAt(placed, last) {
  /** @type {Map<number, import('./inline-hits.js').Said[]>} */
  const said = new Map();
  placed.forEach(({ probe, line }) => {
    const found = last.get(probe.id);
    const text = found === undefined ? '' : textOf(found.signal);
    if (found !== undefined && text !== '') {
      said.set(line, [...(said.get(line) ?? []), { text, from: fromOf(found.signal), count: found.count }]);
    }
  });
  return said;
}
