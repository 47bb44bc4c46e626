// @ts-check
import { useMemo, useRef, useState } from 'preact/hooks';
import { html } from '../../ui/html.js';

/**
 * A tree whose branches are made when they are first opened, walked with the arrow keys as trees are everywhere.
 *
 * @typedef {{id: string, children: () => Branch[], isLeaf: boolean, data: any}} Branch
 * @typedef {{branch: Branch, depth: number, more: number}} Row more: 0, or how many further ones this row stands for
 */
/** So many children are shown at first; more on demand. */
const FIRST = 100;

/**
 * @param {{roots: Branch[], label: string, draw: (branch: Branch) => any, open?: (branch: Branch) => boolean, keep?: (branch: Branch) => boolean,
 *   chosen?: string, choose?: (branch: Branch) => void}} props
 *   open: which are open before anybody says; keep: which are shown at all
 */
export function Tree({ roots, label, draw, open = () => false, keep = () => true, chosen = '', choose = () => {} }) {
  const [said, say] = useState(/** @type {Record<string, boolean>} */ ({}));
  const [wide, widen] = useState(/** @type {Record<string, number>} */ ({}));
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  /** @param {Branch} branch */
  const isOpen = (branch) => !branch.isLeaf && (said[branch.id] ?? open(branch));
  const rows = useMemo(() => {
    const all = /** @type {Row[]} */ ([]);
    flatten(roots, '', 0, isOpen, keep, wide, all);
    return all;
  }, [roots, said, wide, open, keep]);
  const at = rows.findIndex((row) => row.branch.id === chosen && row.more === 0);
  /** @param {Branch} branch */
  const turn = (branch) => say({ ...said, [branch.id]: !isOpen(branch) });
  /** @param {number} to */
  const go = (to) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row !== undefined) {
      choose(row.branch);
      box.current?.querySelectorAll('[role="treeitem"]')[rows.indexOf(row)]?.scrollIntoView({ block: 'nearest' });
    }
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const row = rows[at];
    const acts = /** @type {Record<string, () => void>} */ ({
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => row !== undefined && (row.branch.isLeaf ? undefined : isOpen(row.branch) ? go(at + 1) : turn(row.branch)),
      ArrowLeft: () => row !== undefined && (isOpen(row.branch) ? turn(row.branch) : go(parentOf(rows, at))),
      Enter: () => row !== undefined && (row.more > 0 ? more(row) : turn(row.branch)),
    });
    if (acts[event.key] !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      acts[event.key]();
    }
  };
  /** @param {Row} row */
  const more = (row) => widen({ ...wide, [row.branch.id]: (wide[row.branch.id] ?? FIRST) + 10 * FIRST });
  return html`<div class="tree" role="tree" aria-label=${label} tabindex="0" ref=${box} onKeyDown=${key} aria-activedescendant=${at >= 0 ? `node-${at}` : undefined}>
    ${rows.map((row, index) => (row.more > 0
      ? html`<div role="treeitem" id=${`node-${index}`} key=${`${row.branch.id}…`} aria-level=${row.depth + 1} class="tree-row muted" style=${{ paddingLeft: `${row.depth + 1.2}rem` }} onClick=${() => more(row)}>… ${row.more} more</div>`
      : html`<div role="treeitem" id=${`node-${index}`} key=${row.branch.id} class="tree-row" aria-level=${row.depth + 1} aria-selected=${index === at}
          aria-expanded=${row.branch.isLeaf ? undefined : isOpen(row.branch)} style=${{ paddingLeft: `${row.depth + 0.2}rem` }}
          onClick=${() => { choose(row.branch); turn(row.branch); }}>
          <span class="twist" aria-hidden="true">${row.branch.isLeaf ? '' : isOpen(row.branch) ? '▾' : '▸'}</span>${draw(row.branch)}</div>`))}
  </div>`;
}

/**
 * @param {Branch[]} branches @param {string} above @param {number} depth @param {(branch: Branch) => boolean} isOpen
 * @param {(branch: Branch) => boolean} keep @param {Record<string, number>} wide @param {Row[]} all is added to
 */
function flatten(branches, above, depth, isOpen, keep, wide, all) {
  const kept = branches.filter(keep);
  const limit = wide[above] ?? FIRST;
  for (const branch of kept.slice(0, limit)) {
    all.push({ branch, depth, more: 0 });
    if (isOpen(branch)) {
      flatten(branch.children(), branch.id, depth + 1, isOpen, keep, wide, all);
    }
  }
  if (kept.length > limit) {
    all.push({ branch: { id: above, children: () => [], isLeaf: true, data: null }, depth, more: kept.length - limit });
  }
}

/** @param {Row[]} rows @param {number} at */
function parentOf(rows, at) {
  let up = at;
  while (up > 0 && rows[up].depth >= rows[at].depth) {
    up--;
  }
  return up;
}
