// @ts-check
/** Kinds of spots that are the method's and not the line's. */
const OF_METHODS = new Set(['entry', 'exit', 'exception-exit']);
const NEAREST = 3;

/**
 * Which lines of a class can be probed.
 *
 * @typedef {{sites: number, kinds: string[], methods: string[], variables: string[]}} CodeLine
 */
export class LineIndex {
  /** @param {any[]} spots as GET /lines gives them */
  constructor(spots) {
    /** @type {Map<number, CodeLine>} */
    this.code = new Map();
    /** @type {Map<string, number>} by a method's name and kind of spot, its first line */
    this.spots = new Map();
    spots.forEach((spot) => this.#add(spot));
  }

  /** @param {number} line */
  has(line) {
    return this.code.has(line);
  }

  /** The nearest lines with code, in order. @param {number} line */
  nearest(line) {
    return [...this.code.keys()].sort((a, b) => Math.abs(a - line) - Math.abs(b - line)).slice(0, NEAREST).sort((a, b) => a - b);
  }

  /** Where a method's spot is shown; 0 for nowhere. @param {string} method without its types @param {string} kind */
  lineOf(method, kind) {
    return this.spots.get(`${method} ${kind}`) ?? this.spots.get(`${method} entry`) ?? 0;
  }

  /** @param {any} spot */
  #add({ line, kinds, method, sites, variables }) {
    const name = method.substring(0, Math.max(0, method.indexOf('('))) || method;
    kinds.forEach((/** @type {string} */ kind) => {
      const key = `${name} ${kind}`;
      this.spots.set(key, Math.min(this.spots.get(key) ?? line, line));
    });
    if (kinds.every((/** @type {string} */ kind) => OF_METHODS.has(kind))) {
      return;
    }
    const known = this.code.get(line) ?? { sites: 0, kinds: [], methods: [], variables: [] };
    this.code.set(line, {
      sites: known.sites + sites,
      kinds: [...new Set([...known.kinds, ...kinds])],
      methods: [...new Set([...known.methods, name])],
      variables: [...new Set([...known.variables, ...variables])],
    });
  }
}
