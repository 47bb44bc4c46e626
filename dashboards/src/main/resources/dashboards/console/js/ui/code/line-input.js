// @ts-check
import { autocompletion, closeCompletion, completionKeymap, completionStatus, startCompletion } from '@codemirror/autocomplete';
import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { java } from '@codemirror/lang-java';
import { Annotation, Compartment, EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, keymap, placeholder, WidgetType } from '@codemirror/view';
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../html.js';
import { highlighting, look } from './look.js';
import { editorIn } from './shadow.js';

/** A field of one line for an expression or a template, with completion, and the place of what is wrong underlined. */

/** @typedef {{from: number, message: string}} Wrong from: 0-based; -1 for no place in it */

/** @type {import('@codemirror/state').StateEffectType<Wrong | null>} */
const showWrong = StateEffect.define();
/** Marks what came from outside, and need not be told there. @type {import('@codemirror/state').AnnotationType<boolean>} */
const fromOutside = Annotation.define();

/**
 * @param {{
 *   label: string, value: string, hint?: string, isCode?: boolean, wrong: Wrong | null, change: (value: string) => void, submit: () => void,
 *   complete: (context: import('@codemirror/autocomplete').CompletionContext) => any, name: string,
 * }} props isCode: an expression, not a template
 */
export function LineInput({ label, value, hint = '', isCode = true, wrong, change, submit, complete, name }) {
  const host = useRef(/** @type {HTMLElement | null} */ (null));
  const view = useRef(/** @type {EditorView | null} */ (null));
  const calls = useRef({ change, submit, complete });
  // what was told and has not come back yet: the page may lag behind who types
  const told = useRef(/** @type {string[]} */ ([]));
  calls.current = { submit, complete, change: (text) => {
    told.current.push(text);
    change(text);
  } };
  useEffect(() => {
    const made = editorIn(/** @type {HTMLElement} */ (host.current), stateOf(value, label, hint, isCode, calls));
    view.current = made;
    return () => made.destroy();
  }, [label]);
  useEffect(() => {
    const now = view.current;
    const at = told.current.indexOf(value);
    if (at >= 0) {
      told.current.splice(0, at + 1);
      return;
    }
    if (now !== null && now.state.doc.toString() !== value) {
      now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: value }, annotations: fromOutside.of(true) });
    }
  }, [value]);
  useEffect(() => view.current?.dispatch({
    effects: [showWrong.of(wrong), described.reconfigure(attributes(label, wrong))],
  }), [wrong?.from, wrong?.message, label]);
  return html`<div class=${`line-input${wrong === null ? '' : ' is-wrong'}`} id=${name} ref=${host} onClick=${() => view.current?.focus()}></div>`;
}

const described = new Compartment();

/** @param {string} label @param {Wrong | null} wrong */
function attributes(label, wrong) {
  return EditorView.contentAttributes.of({ 'aria-label': wrong === null ? label : `${label}: ${wrong.message}`, 'aria-invalid': String(wrong !== null), 'aria-multiline': 'false', tabindex: '0' });
}

/** @param {string} value @param {string} label @param {string} hint @param {boolean} isCode @param {{current: any}} calls */
function stateOf(value, label, hint, isCode, calls) {
  return EditorState.create({
    doc: value,
    extensions: [
      keymap.of([{ key: 'Enter', run: (view) => (completionStatus(view.state) === null && calls.current.submit(), true) }]),
      autocompletion({ override: [(context) => calls.current.complete(context)], icons: false, activateOnTyping: true, optionClass: (option) => (option.type === 'hidden' ? 'cm-completion-hidden' : '') }),
      keymap.of([...completionKeymap, ...historyKeymap, ...standardKeymap]),
      EditorView.domEventHandlers({ blur: (_, view) => closeCompletion(view) }),
      history(),
      // a line that is pasted with others becomes one
      EditorState.transactionFilter.of((change) => (change.newDoc.lines > 1
        ? [change, { changes: { from: 0, to: change.newDoc.length, insert: change.newDoc.toString().replace(/\s*\n\s*/g, ' ') }, sequential: true }] : change)),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside))) {
          calls.current.change(update.state.doc.toString());
          afterDot(update);
        }
      }),
      described.of(attributes(label, null)),
      wrongPlace,
      placeholder(hint),
      isCode ? java() : [],
      highlighting,
      look,
      EditorView.theme({ '.cm-line': { padding: '0 8px' }, '.cm-scroller': { overflow: 'auto hidden', scrollbarWidth: 'none' }, '.cm-placeholder': { color: 'var(--muted)' }, '.cm-content': { padding: '6px 0' } }),
    ],
  });
}

/** What follows a dot is offered at once. @param {import('@codemirror/view').ViewUpdate} update */
function afterDot({ state, view, transactions }) {
  const at = state.selection.main.head;
  if (transactions.some((one) => one.isUserEvent('input.type')) && /[.{]/.test(state.sliceDoc(at - 1, at))) {
    setTimeout(() => startCompletion(view));
  }
}

class EndWidget extends WidgetType {
  toDOM() {
    const end = document.createElement('span');
    end.className = 'cm-wrong-end';
    return end;
  }
}

const wrongPlace = StateField.define({
  create: () => Decoration.none,
  update: (known, change) => change.effects.reduce((set, effect) => (effect.is(showWrong) ? markOf(change.state.doc.toString(), effect.value) : set), known.map(change.changes)),
  provide: (field) => EditorView.decorations.from(field),
});

/** @param {string} text @param {Wrong | null} wrong */
function markOf(text, wrong) {
  if (wrong === null || wrong.from < 0) {
    return Decoration.none;
  }
  const word = /^[\w$]+|^./.exec(text.substring(wrong.from))?.[0] ?? '';
  return Decoration.set(word === ''
    ? Decoration.widget({ widget: new EndWidget(), side: 1 }).range(text.length)
    : Decoration.mark({ class: 'cm-wrong' }).range(wrong.from, wrong.from + word.length));
}
