// @ts-check
import { java } from '@codemirror/lang-java';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { search, searchKeymap } from '@codemirror/search';
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../../ui/html.js';
import { highlighting, look } from '../../ui/code/look.js';
import { editorIn } from '../../ui/code/shadow.js';
import { probeGutter, showMarks } from './gutter.js';
import { inlineHits, showHits } from './inline-hits.js';

/** A source to be read: its lines are walked with the arrow keys, and probed with Enter, p or a click in the gutter. */

/**
 * @param {{
 *   text: string, file: string, marks: import('./gutter.js').Marks,
 *   hits: Map<number, import('./inline-hits.js').Said[]>, line: number, pick: (line: number) => void, find: () => void,
 * }} props find: leaves for the search of classes
 */
export function Editor({ text, file, marks, hits, line, pick, find }) {
  const host = useRef(/** @type {HTMLElement | null} */ (null));
  const view = useRef(/** @type {EditorView | null} */ (null));
  const calls = useRef({ pick, find });
  calls.current = { pick, find };
  useEffect(() => {
    const made = editorIn(/** @type {HTMLElement} */ (host.current), stateOf(text, file, calls));
    view.current = made;
    return () => made.destroy();
  }, [text, file]);
  useEffect(() => view.current?.dispatch({ effects: showMarks.of(marks) }), [marks, text]);
  useEffect(() => view.current?.dispatch({ effects: showHits.of(hits) }), [hits, text]);
  useEffect(() => {
    if (view.current !== null && line > 0) {
      goTo(view.current, line);
    }
  }, [line, text]);
  return html`<div class="editor" ref=${host}></div>`;
}

/**
 * @param {string} text
 * @param {string} file
 * @param {{current: {pick: (line: number) => void, find: () => void}}} calls
 */
function stateOf(text, file, calls) {
  /** @param {EditorView} view */
  const open = (view) => {
    calls.current.pick(view.state.doc.lineAt(view.state.selection.main.head).number);
    return true;
  };
  const leave = () => {
    calls.current.find();
    return true;
  };
  return EditorState.create({
    doc: text,
    extensions: [
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ 'aria-label': `Source of ${file}; Enter puts a probe at the line`, 'aria-readonly': 'true', inputmode: 'none', tabindex: '0' }),
      lineNumbers(),
      probeGutter((line) => calls.current.pick(line)),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      search({ top: true }),
      keymap.of([{ key: 'Enter', run: open }, { key: 'p', run: open }, { key: '/', run: leave }, ...searchKeymap]),
      file.endsWith('.java') ? java() : [],
      highlighting,
      inlineHits,
      look,
      EditorView.theme({ '&': { height: '100%' }, '.cm-content': { paddingBottom: '40vh' } }),
    ],
  });
}

/** @param {EditorView} view @param {number} line */
function goTo(view, line) {
  const at = view.state.doc.line(Math.min(line, view.state.doc.lines)).from;
  if (view.state.doc.lineAt(view.state.selection.main.head).from !== at) {
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
  }
}
