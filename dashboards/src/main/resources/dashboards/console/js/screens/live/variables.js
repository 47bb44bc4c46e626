// @ts-check
import { useMemo, useState } from 'preact/hooks';
import { html } from '../../ui/html.js';
import { Copy } from '../../ui/parts.js';
import { Tree } from './tree.js';
import { preview, shown, variables } from './values.js';

/** @typedef {import('./values.js').Child} Child */
/** @typedef {import('./tree.js').Branch} Branch */

/** The captured variables as a tree with a search. @param {{values: any}} props */
export function Variables({ values }) {
  const [search, set] = useState('');
  const [chosen, choose] = useState(/** @type {Branch | null} */ (null));
  const roots = useMemo(() => variables(values).map((child) => branchOf(child, '')), [values]);
  const found = useMemo(() => (search === '' ? null : matching(roots, search.toLowerCase())), [roots, search]);
  const open = useMemo(() => (/** @type {Branch} */ branch) => found !== null && found.above.has(branch.id), [found]);
  const keep = useMemo(() => (/** @type {Branch} */ branch) => found === null || found.kept(branch.id), [found]);
  if (roots.length === 0) {
    return html`<p class="live-note muted">This signal has no variables: a snapshot takes those in scope, a log those of its template.</p>`;
  }
  const at = /** @type {Child | undefined} */ (chosen?.data);
  return html`<div class="live-tree-tools">
      <label class="search"><span class="sr">Search variables</span>
        <input type="search" value=${search} placeholder="Search names and values" spellcheck=${false} onInput=${(/** @type {any} */ event) => set(event.target.value)} /></label>
      ${at !== undefined && html`<span class="nobreak">${at.path !== '' && html`<${Copy} key=${`p${chosen?.id}`} label="Copy path" text=${() => at.path} />`}
        <${Copy} key=${`v${chosen?.id}`} label="Copy value" text=${() => textOf(at.value)} /></span>`}
    </div>
    ${found !== null && found.hits === 0 && html`<p class="live-note muted">No name or value has that in it.</p>`}
    <${Tree} key=${search} roots=${roots} label="Variables" open=${open} keep=${keep} chosen=${chosen?.id ?? ''} choose=${choose} draw=${draw} />`;
}

/** @param {Branch} branch */
function draw(branch) {
  const child = /** @type {Child} */ (branch.data);
  const it = shown(child.value, child.path);
  return html`<span class="var-name">${child.name}</span> <${Value} value=${child.value} />
    ${it.marks.map((mark) => html` <span class=${mark.isBad ? 'mark bad' : 'mark'} title=${mark.title}>${mark.text}</span>`)}`;
}

/** A value in its colour. @param {{value: any}} props */
export function Value({ value }) {
  const it = shown(value);
  const text = it.kind === 'text' ? `"${it.text}"` : it.kind === 'object' ? preview(value) : it.text;
  return html`<span class=${`var-${it.kind}`} title=${it.type || (text.length > 60 ? text : '')}>${text}</span>`;
}

/** @param {Child} child @param {string} above @returns {Branch} */
function branchOf(child, above) {
  const id = `${above}\n${child.name}`;
  /** @type {Branch[] | null} */
  let children = null;
  const inside = shown(child.value, child.path).children;
  return { id, data: child, isLeaf: inside.length === 0, children: () => (children ??= inside.map((one) => branchOf(one, id))) };
}

/** Which branches have a text in their name or value, what is above them, and what is below. @param {Branch[]} roots @param {string} text */
function matching(roots, text) {
  const above = /** @type {Set<string>} */ (new Set());
  const hits = /** @type {string[]} */ ([]);
  /** @param {Branch} branch @returns {boolean} */
  const visit = (branch) => {
    const { name, value } = branch.data;
    const own = `${name} ${shown(value).text}`.toLowerCase().includes(text);
    const below = branch.children().map(visit).some((one) => one);
    if (below) {
      above.add(branch.id);
    }
    if (own) {
      hits.push(branch.id);
    }
    return own || below;
  };
  roots.forEach(visit);
  const direct = new Set(hits);
  const kept = (/** @type {string} */ id) => above.has(id) || direct.has(id) || hits.some((hit) => id.startsWith(`${hit}\n`));
  return { above, hits: hits.length, kept };
}

/** @param {any} value */
function textOf(value) {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
