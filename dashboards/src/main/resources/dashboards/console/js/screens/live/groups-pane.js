// @ts-check
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { note } from '../../app/router.js';
import { html } from '../../ui/html.js';
import { Empty, Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { day, several } from '../../ui/words.js';
import { framesOf } from './stack.js';
import { preview, simple } from './values.js';

/** @typedef {{count: number, first: number, last: number, stackKey: string, stack: string, shapeKey: string, shape: {name: string, type: string}[], uids: string[]}} Group */

const FRAMES = 3;

/** A probe's snapshots by stack and shape, and what tells one group's from another's. @param {{probe: string}} props */
export function GroupsPane({ probe }) {
  const [answer, take] = useState(/** @type {{snapshots: number, searchedBack: number, groups: Group[]} | null} */ (null));
  const [problem, say] = useState('');
  const [chosen, choose] = useState(/** @type {number[]} */ ([]));
  const [told, tell] = useState(/** @type {any} */ (null));
  const path = `/probes/${encodeURIComponent(probe)}`;
  /** @param {() => Promise<void>} what */
  const trying = async (what) => {
    try {
      say('');
      await what();
    } catch (e) {
      say(told(e));
    }
  };
  const look = () => trying(async () => {
    choose([]);
    tell(null);
    take(await ask(`${path}/groups`));
  });
  useEffect(() => { look(); }, [probe]);
  const groups = answer?.groups ?? [];
  const compare = () => trying(async () => {
    const [left, right] = chosen.map((index) => encodeURIComponent(groups[index].uids.join(',')));
    tell(await ask(`${path}/compare?left=${left}&right=${right}`));
  });
  /** @param {number} index */
  const turn = (index) => {
    tell(null);
    choose(chosen.includes(index) ? chosen.filter((one) => one !== index) : [...chosen, index].slice(-2));
  };
  return html`<div class="live-tools"><h2>Groups</h2><p class="muted small-text">${answer === null ? '' : `${several(answer.snapshots, 'snapshot')} since ${day(answer.searchedBack)}, by stack and shape`}</p>
      <div class="live-buttons"><button type="button" class="quiet small" disabled=${chosen.length !== 2} onClick=${compare}>What differs</button>
        <button type="button" class="quiet small" onClick=${look}>Look again</button>
        <button type="button" class="quiet small" onClick=${() => note({ view: '' })}>Hits</button></div></div>
    <${Trouble} text=${problem} />
    ${answer === null && problem === '' && html`<p class="wait muted">Reading what Kafka kept …</p>`}
    ${answer !== null && groups.length === 0 && html`<${Empty} title="No snapshot is kept.">They are grouped once the line was hit.</${Empty}>`}
    <div class="live-charts" tabindex="0" role="region" aria-label="Groups of snapshots">
      ${told !== null && html`<${Differences} told=${told} />`}
      <ul class="live-groups">${groups.map((group, index) => html`<${Item} key=${`${group.stackKey}${group.shapeKey}`} group=${group} mark=${['A', 'B'][chosen.indexOf(index)] ?? ''} turn=${() => turn(index)} />`)}</ul>
    </div>`;
}

/** @param {{group: Group, mark: string, turn: () => void}} props */
function Item({ group, mark, turn }) {
  const frames = framesOf(group.stack, undefined);
  const own = frames.filter((one) => one.isOwn && one.className !== '').slice(0, FRAMES);
  return html`<li class="chart"><label class="check"><input type="checkbox" checked=${mark !== ''} onChange=${turn} />
      ${mark !== '' && html`<b class="mark-a">${mark}</b> `}<b>${several(group.count, 'snapshot')}</b></label>
    <p class="muted small-text">${day(group.first)} – ${day(group.last)}</p>
    <p class="mono">${own.map((one) => `${simple(one.className)}.${one.method}`).join(' ← ') || frames[0]?.text || 'without a stack'}</p>
    <p class="chips">${group.shape.slice(0, 12).map((one) => html`<span class="chip" title=${one.type}>${one.name} <span class="muted">${simple(one.type)}</span></span>`)}</p>
    <button type="button" class="quiet small" onClick=${() => note({ hit: group.uids[0], view: '' })}>Open the newest</button></li>`;
}

/** Which values tell A from B, the best first. @param {{told: any}} props */
function Differences({ told }) {
  const paths = told.paths ?? [];
  return html`<section class="chart" aria-label="What differs"><h2>What differs</h2>
    <p class="muted small-text">${told.sameStack ? 'One stack. ' : 'Different stacks. '}Compared are up to ten snapshots of each group.</p>
    ${paths.length === 0 ? html`<p>No value tells the groups apart.</p>` : html`<table class="live-differs">
      <thead><tr><th>Rule that holds for one of them</th><th>tells</th><th>in A</th><th>in B</th></tr></thead>
      <tbody>${paths.slice(0, 20).map((/** @type {any} */ one) => html`<tr key=${one.path}><td class="mono" title=${one.path}>${one.rule}</td><td>${Math.round(one.score * 100)} %</td>
        <td class="mono">${counts(one.left)}</td><td class="mono">${counts(one.right)}</td></tr>`)}</tbody></table>`}
  </section>`;
}

/** @param {any[]} values */
function counts(values) {
  return values.map((one) => `${one.absent ? 'absent' : one.others !== undefined ? `${one.others} others` : preview(one.value)} ×${one.count}`).join(', ');
}
