// @ts-check
import { useMemo, useState } from 'preact/hooks';
import { Dialog } from '../../ui/dialog.js';
import { html } from '../../ui/html.js';
import { Empty } from '../../ui/parts.js';
import { day, several } from '../../ui/words.js';
import { diff } from './diff.js';
import { message } from './hit-words.js';
import { Tree } from './tree.js';
import { Value } from './variables.js';

/** @typedef {import('./diff.js').Node} Node */
/** @typedef {import('./tree.js').Branch} Branch */

const SIGNS = { same: '', changed: '≠', left: 'only A', right: 'only B' };

/** Two hits side by side with what differs. @param {{left: any, right: any, close: () => void}} props */
export function Compare({ left, right, close }) {
  const [isAll, all] = useState(false);
  const [chosen, choose] = useState('');
  const tree = useMemo(() => (left === null || right === null ? null : diff(left.values ?? {}, right.values ?? {})), [left, right]);
  const roots = useMemo(() => (tree?.children ?? []).map((node) => branchOf(node, '')), [tree]);
  const keep = useMemo(() => (/** @type {Branch} */ branch) => isAll || branch.data.kind !== 'same', [isAll]);
  if (left === null || right === null || tree === null) {
    return html`<${Dialog} title="Compare two hits" close=${close}>
      <${Empty} title=${`Hit ${left === null ? 'A' : 'B'} is not kept any more.`}>Mark another with <kbd>c</kbd>.</${Empty}></${Dialog}>`;
  }
  return html`<${Dialog} title="Compare two hits" close=${close} wide>
    <div class="compare-head"><${Head} name="A" hit=${left} /><${Head} name="B" hit=${right} /></div>
    <div class="compare-tools"><p role="status">${tree.differing === 0 ? 'All variables are the same.' : `${several(tree.differing, 'variable differs', 'variables differ')}.`}</p>
      <label class="check"><input type="checkbox" checked=${isAll} onChange=${() => all(!isAll)} /> Also what is the same</label></div>
    ${(isAll || tree.differing > 0) && html`<div class="compare"><${Tree} roots=${roots} label="Variables of A and B" open=${(/** @type {Branch} */ branch) => branch.data.kind === 'changed'}
      keep=${keep} chosen=${chosen} choose=${(/** @type {Branch} */ branch) => choose(branch.id)} draw=${draw} /></div>`}
  </${Dialog}>`;
}

/** @param {{name: string, hit: any}} props */
function Head({ name, hit }) {
  return html`<div><b class="mark-a">${name}</b> <span class="muted">${day(hit.time)} · ${hit.service}/${hit.instance} · ${hit.probe}</span><p class="mono live-said">${message(hit)}</p></div>`;
}

/** @param {Branch} branch */
function draw(branch) {
  const node = /** @type {Node} */ (branch.data);
  return html`<span class="var-name">${node.name} <span class=${`sign ${node.kind}`}>${SIGNS[node.kind]}</span></span>
    <span class=${`side ${node.kind}`}>${node.kind === 'right' ? '' : html`<${Value} value=${node.left} />`}</span>
    <span class=${`side ${node.kind}`}>${node.kind === 'left' ? '' : html`<${Value} value=${node.right} />`}</span>`;
}

/** @param {Node} node @param {string} above @returns {Branch} */
function branchOf(node, above) {
  const id = `${above}\n${node.name}`;
  /** @type {Branch[] | null} */
  let children = null;
  return { id, data: node, isLeaf: node.children.length === 0, children: () => (children ??= node.children.map((child) => branchOf(child, id))) };
}
