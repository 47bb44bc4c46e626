// @ts-check
/**
 * What the lines of a text are called by the class: in a source the same, in a decompiled one what the class file says.
 */
export class LineNames {
  /** @param {any} source as GET /source gives it; null for none */
  constructor(source) {
    /** @type {Map<number, number>} by the text's line */
    this.names = new Map();
    /** @type {Map<number, number>} by the class's line */
    this.lines = new Map();
    this.isSame = source?.origin?.kind !== 'decompiled' || !Array.isArray(source.lines);
    this.numberOf = this.numberOf.bind(this);
    if (!this.isSame) {
      source.lines.forEach((/** @type {number} */ number, /** @type {number} */ index) => this.#name(index + 1, number));
    }
  }

  /** The class's line that a line of the text is; 0 for none. @param {number} textLine */
  numberOf(textLine) {
    return this.isSame ? textLine : this.names.get(textLine) ?? 0;
  }

  /** The text's line; 0 for none. @param {number} line */
  textLine(line) {
    return this.isSame ? line : this.lines.get(line) ?? 0;
  }

  /** @param {number} textLine @param {number} line */
  #name(textLine, line) {
    if (line > 0) {
      this.names.set(textLine, line);
      if (!this.lines.has(line)) {
        this.lines.set(line, textLine);
      }
    }
  }
}
