// @ts-check
import { shown } from './values.js';

/**
 * What differs between two captured values, as one tree with both sides.
 *
 * @typedef {'same' | 'changed' | 'left' | 'right'} Difference left, right: there only
 * @typedef {{name: string, path: string, kind: Difference, left: any, right: any, differing: number, children: Node[]}} Node
 *   differing: leaves below, and itself, that are not the same
 */

/**
 * Identities (@id) differ from hit to hit and say nothing, so they are passed over. Elements of lists are compared by place.
 *
 * @param {any} left
 * @param {any} right
 * @returns {Node} without a name
 */
export function diff(left, right) {
  return compare('', '', left, right, true, true);
}

/** @param {string} name @param {string} path @param {any} left @param {any} right @param {boolean} hasLeft @param {boolean} hasRight @returns {Node} */
function compare(name, path, left, right, hasLeft, hasRight) {
  const one = shown(hasLeft ? left : undefined, path);
  const two = shown(hasRight ? right : undefined, path);
  const children = pairs(one.children, two.children).map(([a, b]) => {
    const known = /** @type {import('./values.js').Child} */ (a ?? b);
    return compare(known.name, known.path, a?.value, b?.value, a !== undefined, b !== undefined);
  });
  const isSame = head(one) === head(two);
  const kind = !hasLeft ? 'right' : !hasRight ? 'left' : isSame && children.every((child) => child.kind === 'same') ? 'same' : 'changed';
  const below = children.reduce((sum, child) => sum + child.differing, 0);
  const own = kind === 'same' || (below > 0 && isSame) ? 0 : below > 0 && (kind === 'left' || kind === 'right') ? 0 : 1;
  return { name, path, kind, left: hasLeft ? left : undefined, right: hasRight ? right : undefined, differing: below + own, children };
}

/**
 * Children of the same name side by side, in the order of the left, what is on the right only after it.
 *
 * @param {import('./values.js').Child[]} left
 * @param {import('./values.js').Child[]} right
 * @returns {[import('./values.js').Child | undefined, import('./values.js').Child | undefined][]}
 */
function pairs(left, right) {
  const rights = new Map(right.map((child) => [child.name, child]));
  const names = new Set(left.map((child) => child.name));
  return [
    ...left.map((child) => /** @type {[any, any]} */ ([child, rights.get(child.name)])),
    ...right.filter((child) => !names.has(child.name)).map((child) => /** @type {[any, any]} */ ([undefined, child])),
  ];
}

/** What of a value itself is compared, without what is below it. @param {import('./values.js').Shown} value */
function head(value) {
  const marks = value.marks.filter((mark) => mark.title !== 'Its identity').map((mark) => mark.text).join();
  const isOpen = value.kind === 'object' || value.kind === 'list';
  return `${value.kind} ${value.type} ${isOpen ? '' : value.text} ${marks}`;
}
