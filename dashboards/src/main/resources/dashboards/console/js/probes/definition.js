// @ts-check
/**
 * A probe as YAML, one field of the form a line, so that a line of the text leads back to its field.
 *
 * @typedef {{at: string, kind: string, template: string, level: string, metric: string, value: string, condition: string,
 *     service: string, life: string, hits: string, id: string}} Form
 * @typedef {{text: string, field: string}} Line field: of the form, or empty
 */

const PLAIN = /^[A-Za-z_][\w.]*(:\d+)?$/;
/** What YAML may take for something else than a text. */
const WORDS = /^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i;
/** What stands in double quotes only. */
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/;

/** The definition's lines. */
export class Definition {
  /** @param {Form} form */
  constructor(form) {
    /** @type {Line[]} */
    this.lines = [];
    if (form.id !== '') {
      this.#put('', 'id', form.id, '');
    }
    this.#put('', 'at', form.at, 'at');
    this.#action(form);
    if (form.condition !== '') {
      this.#put('', 'if', form.condition, 'condition');
    }
    if (form.service !== '') {
      this.#open('on');
      this.#put('  ', 'service', form.service, 'service');
    }
    if (form.hits !== '') {
      this.#open('limits');
      this.#put('  ', 'hits', form.hits, 'hits');
    }
    this.#put('', 'for', form.life, 'life');
  }

  /** @returns {string} the whole text, ready to be sent or written to a file */
  text() {
    return this.lines.map((line) => line.text + '\n').join('');
  }

  /**
   * The field that a line of the text belongs to.
   *
   * @param {number} line 1-based, 0 for none
   * @returns {string} empty for none
   */
  field(line) {
    return this.lines[line - 1]?.field ?? '';
  }

  /** @param {Form} form */
  #action(form) {
    switch (form.kind) {
      case 'log':
        this.#open('log', 'template');
        this.#put('  ', 'template', form.template, 'template');
        this.#put('  ', 'level', form.level, 'level');
        break;
      case 'count':
      case 'gauge':
      case 'histogram':
        this.#open(form.kind, 'metric');
        this.#put('  ', 'name', form.metric, 'metric');
        if (form.value !== '') {
          this.#put('  ', 'value', form.value, 'value');
        }
        break;
      default:
        this.lines.push({ text: `${form.kind}: true`, field: 'kind' });
    }
  }

  /**
   * @param {string} key
   * @param {string} [field]
   */
  #open(key, field = '') {
    this.lines.push({ text: `${key}:`, field });
  }

  /**
   * @param {string} indent
   * @param {string} key
   * @param {string} value
   * @param {string} field
   */
  #put(indent, key, value, field) {
    const isNumber = field === 'hits' && /^\d+$/.test(value);
    const isPlain = isNumber || (field === 'life' && /^\w+$/.test(value)) || (PLAIN.test(value) && !WORDS.test(value));
    const written = isPlain ? value : CONTROL.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
    this.lines.push({ text: `${indent}${key}: ${written}`, field });
  }
}
