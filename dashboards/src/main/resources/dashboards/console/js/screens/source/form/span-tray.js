// @ts-check
import { useId, useState } from 'preact/hooks';
import { ask } from '../../../api/api.js';
import { may } from '../../../app/session.js';
import { useStore } from '../../../app/store.js';
import { reports } from '../../../data/polls.js';
import { yamlOf } from '../../../probes/yaml.js';
import { html } from '../../../ui/html.js';
import { LineInput } from '../../../ui/code/line-input.js';
import { completionAt } from '../completion.js';
import { changeSpan, dropPoint, forgetSpan, spanDraft, spanOf } from '../span-draft.js';
import { SetProgress } from './progress.js';
import { wrongIn } from './told.js';
import { Trial } from './trial.js';
import { useCheck } from './use-check.js';

/** The span that is being built; it stays in sight until it is set or let go. @param {{go: (type: string, service: string, line: number) => void, probes: any[]}} props */
export function SpanTray({ go, probes }) {
  const draft = useStore(spanDraft);
  const [set, tell] = useState(/** @type {any} */ (null));
  if (draft.points.length > 0) {
    return html`<${Building} draft=${draft} go=${go} probes=${probes} done=${tell} />`;
  }
  return set === null ? null : html`<section class="tray" aria-label="Span that was set"><div class="head"><p>Span <code>${set.id}</code></p>
    <button type="button" class="icon-only" aria-label="Close" onClick=${() => tell(null)}>✕</button></div>
    ${set.change === 'waiting' ? html`<p>waits for approval: <code>plumb approve ${set.approval.id}</code></p>` : html`<${SetProgress} id=${set.id} version=${set.version} warnings=${set.warnings ?? []} />`}</section>`;
}

/** @param {{draft: import('../span-draft.js').SpanDraft, go: (type: string, service: string, line: number) => void, probes: any[], done: (change: any) => void}} props */
function Building({ draft, go, probes, done }) {
  const id = useId();
  const [problem, say] = useState('');
  const isWhole = draft.points.length >= 2 && (draft.by !== 'expression' || draft.key !== '');
  const check = useCheck(yamlOf(spanOf({ ...draft, id: draft.id || 'span' })), 'span', may('prober') && isWhole);
  const [first] = draft.points;
  const submit = async () => {
    try {
      say('');
      const name = draft.id || freshName(draft, probes);
      const body = yamlOf(spanOf({ ...draft, id: name }));
      done((await ask(`/probes?source=the%20console&expect=${encodeURIComponent(`${name}:0`)}`, { method: 'POST', body })).probes[0]);
      forgetSpan();
      reports.now();
    } catch (e) {
      say(e instanceof Error ? e.message.split('\n')[0] : String(e));
    }
  };
  return html`<section class="tray" aria-label="Span being built">
    <div class="tray-line"><strong>Span being built</strong>
      <ol class="points">${draft.points.map((one) => html`<li key=${one.name}><button type="button" class="quiet small" title=${`${one.at}${one.condition && ` if ${one.condition}`}`} onClick=${() => go(one.at.replace(/:\d+$/, ''), one.service, Number(one.at.replace(/.*:/, '')))}>
        <b>${one.name}</b> ${one.at.substring(one.at.lastIndexOf('.') + 1)} <span class="muted">${one.service}</span></button><button type="button" class="icon-only" aria-label=${`Take ${one.name} away`} onClick=${() => dropPoint(one.name)}>✕</button></li>`)}</ol>
      ${draft.points.length === 1 && html`<span class="muted">choose where it ends: a line, kind span</span>`}</div>
    <div class="tray-line">
      <label for=${`${id}-by`}>by</label><select id=${`${id}-by`} value=${draft.by} onChange=${(/** @type {any} */ event) => changeSpan({ by: event.target.value })}>
        ${['trace', 'thread', 'expression'].map((one) => html`<option key=${one} value=${one} selected=${one === draft.by}>${one}</option>`)}</select>
      ${draft.by === 'expression' && html`<${LineInput} name="span-key" label="What tells requests apart" value=${draft.key} hint="order.id" wrong=${wrongIn(check.told, 'span.by', draft.key)} change=${(/** @type {string} */ key) => changeSpan({ key })}
        submit=${submit} complete=${completionAt({ service: first.service, instance: '' }, first.at, false)} />`}
      <label for=${`${id}-w`}>within</label><input id=${`${id}-w`} class="short" value=${draft.within} onInput=${(/** @type {any} */ event) => changeSpan({ within: event.target.value })} />
      <label for=${`${id}-f`}>for</label><input id=${`${id}-f`} class="short" value=${draft.life} onInput=${(/** @type {any} */ event) => changeSpan({ life: event.target.value })} />
      <label for=${`${id}-n`}>name</label><input id=${`${id}-n`} value=${draft.id} placeholder="made from the lines" onInput=${(/** @type {any} */ event) => changeSpan({ id: event.target.value })} />
      <button type="button" id="set-span" class="small" disabled=${!isWhole || !may('prober')} onClick=${submit}>Set span</button>
      <button type="button" class="quiet small" onClick=${forgetSpan}>Let go</button></div>
    ${isWhole && html`<${Trial} check=${check} shown=${false} />`}
    ${problem !== '' && html`<p class="error" role="alert">${problem}</p>`}
  </section>`;
}

/** @param {import('../span-draft.js').SpanDraft} draft @param {any[]} probes */
function freshName(draft, probes) {
  const base = `span-${draft.points.map((one) => one.at.substring(one.at.lastIndexOf('.') + 1).replace(':', '-')).join('-')}`.toLowerCase().replace(/[^a-z0-9._-]/g, '-').substring(0, 70);
  let name = base;
  for (let i = 2; probes.some((one) => one.id === name); i++) {
    name = `${base}-${i}`;
  }
  return name;
}
