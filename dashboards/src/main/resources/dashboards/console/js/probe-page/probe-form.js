// @ts-check
import { Problem } from '../api/api.js';
import { Definition } from '../probes/definition.js';
import { byId, element, say } from '../ui/dom.js';

const FIELDS = ['at', 'template', 'metric', 'value', 'condition', 'service', 'hits'];
const ERRORS = [...FIELDS, 'kind', 'life', 'form'];
/** The API shows a wrong expression in a line of its own and a caret under its place, both so far to the right. */
const INDENT = 2;
/** @type {Record<string, string>} */
const HINTS = {
  log: 'A log record each time the line runs.',
  count: 'Counts how often the line runs, or adds up a value.',
  gauge: 'The last value of an expression.',
  histogram: 'How the values of an expression are distributed.',
  snapshot: 'Every variable there, with the stack and what surrounds the hit.',
  exception: 'The exception with its stack; for a place where there is one, such as a line of a catch block.',
};
/** @type {Record<string, string>} */
const FIRST = { log: 'template', count: 'metric', gauge: 'metric', histogram: 'metric' };

/** The form: its fields, the definition that they make, and what is wrong with them. */
export class ProbeForm {
  constructor() {
    /** Called after every change. Set by the page. */
    this.onChange = () => {};
    byId('probe-form').addEventListener('input', () => this.#changed());
    this.#changed();
  }

  /**
   * @param {string} at
   * @param {string} service
   */
  fill(at, service) {
    this.#input('at').value = at;
    this.#input('service').value = service;
    this.#changed();
  }

  /**
   * @param {string[]} services that run
   * @param {string} guess chosen if it is one of them and the person has named none
   */
  offerServices(services, guess) {
    byId('services').replaceChildren(...services.map((name) => {
      const option = document.createElement('option');
      option.value = name;
      return option;
    }));
    if (this.#input('service').value === '' && services.includes(guess)) {
      this.#input('service').value = guess;
      this.#changed();
    }
  }

  at() {
    return this.#input('at').value.trim();
  }

  service() {
    return this.#input('service').value.trim();
  }

  /** The field to begin with, once the place is known. */
  firstField() {
    return FIRST[this.#kind()] ?? 'condition';
  }

  /**
   * @param {string} id empty to have one made of place and kind
   * @returns {Definition}
   */
  definition(id) {
    const text = (/** @type {string} */ name) => this.#input(name).value.trim();
    return new Definition({
      id,
      at: text('at'),
      kind: this.#kind(),
      template: this.#input('template').value,
      level: byId('level', HTMLSelectElement).value,
      metric: text('metric'),
      value: text('value'),
      condition: text('condition'),
      service: text('service'),
      hits: text('hits'),
      life: byId('life', HTMLSelectElement).value,
    });
  }

  /**
   * A name that no other probe has, so that a second question at the same line does not replace the first; the same
   * question keeps its name, as with the CLI.
   *
   * @param {(text: string) => Promise<any>} check what would become of a definition
   * @returns {Promise<string>}
   */
  async chooseId(check) {
    const first = await check(this.definition('').text());
    let next = first;
    for (let i = 2; next.change === 'changed'; i++) {
      next = await check(this.definition(`${first.id}-${i}`).text());
    }
    return String(next.id);
  }

  clearErrors() {
    ERRORS.forEach((name) => byId(`${name}-error`).replaceChildren());
    FIELDS.forEach((name) => this.#input(name).removeAttribute('aria-invalid'));
  }

  /**
   * Says what is wrong, at the field that it is wrong in. Places are those of a definition without an id, which is what
   * {@link chooseId} sends first.
   *
   * @param {unknown} problem
   */
  showProblem(problem) {
    this.clearErrors();
    const line = problem instanceof Problem ? problem.line : 0;
    const field = this.definition('').field(line);
    const name = ERRORS.includes(field) ? field : 'form';
    const [sentence, text, caret] = (problem instanceof Error ? problem.message : String(problem)).split('\n');
    const error = byId(`${name}-error`);
    error.append(sentence);
    const offset = (caret ?? '').indexOf('^') - INDENT;
    if (text !== undefined && offset >= 0) {
      error.append(pointed(text.substring(INDENT), offset));
    }
    if (FIELDS.includes(name)) {
      const input = this.#input(name);
      input.setAttribute('aria-invalid', 'true');
      input.focus();
      const start = input.value.indexOf((text ?? '').substring(INDENT));
      if (offset >= 0 && start >= 0) {
        input.setSelectionRange(start + offset, start + offset);
      }
    }
  }

  #changed() {
    const kind = this.#kind();
    document.querySelectorAll('[data-kinds]').forEach((part) => {
      /** @type {HTMLElement} */ (part).hidden = !part.getAttribute('data-kinds')?.split(' ').includes(kind);
    });
    say(byId('kind-hint'), HINTS[kind] ?? '');
    say(byId('yaml'), this.definition('').text());
    this.onChange();
  }

  #kind() {
    const data = new FormData(byId('probe-form', HTMLFormElement));
    return String(data.get('kind'));
  }

  /** @param {string} name */
  #input(name) {
    return byId(name, HTMLInputElement);
  }
}

/**
 * The text with its wrong place marked.
 *
 * @param {string} text
 * @param {number} offset 0-based; the text's length for its end
 */
function pointed(text, offset) {
  return element('span', 'caret', text.substring(0, offset), element('mark', '', text.charAt(offset) || ' '),
    text.substring(offset + 1));
}
