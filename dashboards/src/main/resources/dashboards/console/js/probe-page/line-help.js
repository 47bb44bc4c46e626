// @ts-check
import { ask, Problem } from '../api/api.js';
import { byId, say } from '../ui/dom.js';

const PAUSE_MILLIS = 400;
const LINE = /^(.+):(\d{1,6})$/;
const MAX_NAMES = 12;

/** Tells beside the line's field whether there is code and what expressions may name, without setting anything. */
export class LineHelp {
  /** @param {import('./probe-form.js').ProbeForm} form */
  constructor(form) {
    this.form = form;
    this.note = '';
    /** The location that the note is about. */
    this.noteFor = '';
    this.asked = '';
    this.isOpen = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {string} note said of what the link gave, until the line is another */
  start(note) {
    this.note = note;
    this.noteFor = this.form.at();
    this.isOpen = true;
    say(byId('at-note'), note);
    this.look();
  }

  /** Asks a moment after the last change. */
  look() {
    byId('at-note').hidden = this.note === '' || this.form.at() !== this.noteFor;
    const question = `${this.form.at()} ${this.form.service()}`;
    if (this.isOpen && question !== this.asked) {
      this.asked = question;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#ask(question), PAUSE_MILLIS);
    }
  }

  /** @param {string} question what is asked; a late answer to an earlier one is not shown */
  async #ask(question) {
    const match = LINE.exec(this.form.at());
    let said = '';
    let isGood = false;
    let isBad = false;
    if (match !== null) {
      try {
        const service = this.form.service();
        const on = service === '' ? '' : `&on=${encodeURIComponent(`service=${service}`)}`;
        const check = await ask(`/lines/check?at=${encodeURIComponent(this.form.at())}${on}`);
        isBad = check.problem !== '';
        isGood = check.having > 0;
        said = isGood ? `Code there on ${check.having} of ${check.asked} ${check.asked === 1 ? 'instance' : 'instances'} asked${await this.#names(match, service)}.` : check.problem;
      } catch (e) {
        said = e instanceof Problem ? e.message : '';
      }
    }
    if (question === this.asked) {
      const target = byId('at-check');
      target.classList.toggle('bad', isBad);
      target.classList.toggle('good', isGood);
      say(target, said);
    }
  }

  /**
   * @param {RegExpExecArray} match
   * @param {string} service
   */
  async #names([, type, line], service) {
    const lines = await ask(`/lines?type=${encodeURIComponent(type)}&service=${encodeURIComponent(service)}`);
    const names = lines.lines
      .filter((/** @type {any} */ one) => one.line === Number(line))
      .flatMap((/** @type {any} */ one) => one.variables)
      .map((/** @type {string} */ variable) => variable.split(':')[0]);
    const all = [...new Set(names)];
    const more = all.length > MAX_NAMES ? ', …' : '';
    return all.length === 0 ? '' : `; in scope: ${all.slice(0, MAX_NAMES).join(', ')}${more}`;
  }
}
