// @ts-check
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../../api/api.js';
import { may } from '../../../app/session.js';
import { reports } from '../../../data/polls.js';
import { html } from '../../../ui/html.js';
import { Empty, Sure, Trouble } from '../../../ui/parts.js';
import { told } from '../../../ui/told.js';
import { Existing } from './existing.js';
import { ProbeForm } from './probe-form.js';
import { SetProgress } from './progress.js';

/**
 * What is at a line and what can be put there.
 *
 * @param {{
 *   whom: import('../code.js').Whom, known: import('../class-view.js').Known, line: number, fleet: any[], probes: any[], rates: import('../rates.js').Rates,
 *   go: (line: number) => void, close: () => void,
 * }} props
 */
export function Panel({ whom, known, line, fleet, probes, rates, go, close }) {
  const here = known.placed.filter((one) => one.line === line);
  const [edited, edit] = useState(/** @type {any} */ (null));
  const [isNew, begin] = useState(here.length === 0);
  const [set, tell] = useState(/** @type {any} */ (null));
  const at = `${known.type}:${line}`;
  useEffect(() => {
    edit(null);
    tell(null);
    begin(here.length === 0);
  }, [at]);
  const done = (/** @type {any} */ change) => {
    edit(null);
    begin(false);
    tell(change);
  };
  const code = known.index.code.get(line);
  return html`<aside class="line-panel" aria-label=${`Line ${line}`} onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && !event.defaultPrevented && close()}>
    <div class="head"><h2>Line ${line} <span class="muted">of ${known.type.substring(known.type.lastIndexOf('.') + 1)}${code && `, ${code.methods.join(', ')}`}${code && code.sites > 1 ? `, ${code.sites} sites` : ''}</span></h2>
      <button type="button" class="icon-only" aria-label="Close" onClick=${close}>✕</button></div>
    ${here.length > 0 && html`<${Existing} placed=${here} rates=${rates} edit=${(/** @type {any} */ probe) => { begin(false); edit(probe); }} />`}
    ${set !== null && html`<${Set} change=${set} edit=${() => edit(probes.find((one) => one.id === set.id) ?? null)} gone=${() => { tell(null); begin(true); }} isListed=${here.some((one) => one.probe.id === set.id)} />`}
    ${edited !== null && html`<h3>Edit <code>${edited.id}</code></h3><${ProbeForm} key=${`${edited.id} ${edited.version}`} whom=${whom} at=${at} fleet=${fleet} probes=${probes} edited=${edited} done=${done} cancel=${() => edit(null)} />`}
    ${edited === null && isNew && code !== undefined && html`<${ProbeForm} key="new" whom=${whom} at=${at} fleet=${fleet} probes=${probes} edited=${null} done=${done} cancel=${here.length > 0 ? () => begin(false) : null} />`}
    ${edited === null && !isNew && code !== undefined && html`<button type="button" class="quiet" onClick=${() => { tell(null); begin(true); }}>New probe at this line</button>`}
    ${code === undefined && here.length === 0 && html`<${Nearest} index=${known.index} line=${line} go=${go} />`}
  </aside>`;
}

/** @param {{change: any, edit: () => void, gone: () => void, isListed: boolean}} props isListed: its buttons stand elsewhere already */
function Set({ change, edit, gone, isListed }) {
  const [problem, say] = useState('');
  const remove = async () => {
    try {
      await ask(`/probes/${encodeURIComponent(change.id)}`, { method: 'DELETE' });
      reports.now();
      gone();
    } catch (e) {
      say(told(e));
    }
  };
  if (change.change === 'waiting') {
    return html`<p class="mismatch doubt" role="status"><code>${change.id}</code> waits for approval by the rule ${change.approval.rule}; somebody else says: <code>plumb approve ${change.approval.id}</code></p>`;
  }
  return html`<section class="set" aria-label=${`The probe ${change.id}`}><p><code>${change.id}</code></p>
    <${SetProgress} id=${change.id} version=${change.version} warnings=${change.warnings ?? []} /><${Trouble} text=${problem} />
    ${!isListed && html`<div class="foot"><button type="button" class="quiet small" disabled=${!may('prober')} onClick=${edit}>Change</button><${Sure} label="Remove" sure="Remove it everywhere?" run=${remove} /></div>`}
  </section>`;
}

/** @param {{index: import('../line-index.js').LineIndex, line: number, go: (line: number) => void}} props */
function Nearest({ index, line, go }) {
  const near = index.nearest(line);
  return html`<${Empty} title=${`No code at line ${line}.`}>${near.length === 0 ? 'The class has no line that can be probed.' : html`The nearest lines that have some:
    ${near.map((one) => html` <button type="button" class="quiet small" key=${one} onClick=${() => go(one)}>${one}</button>`)}`}</${Empty}>`;
}
