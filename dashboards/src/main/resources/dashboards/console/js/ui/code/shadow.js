// @ts-check
import { EditorView } from '@codemirror/view';

/**
 * An editor in a shadow root of its own: its styles become adopted sheets there, which the page's policy allows.
 *
 * @param {HTMLElement} host without a shadow root, or with one of an editor that is gone
 * @param {import('@codemirror/state').EditorState} state
 */
export function editorIn(host, state) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  root.replaceChildren();
  const view = new EditorView({ state, parent: root, root });
  // for tests and tools that look in from outside
  Object.assign(host, { editor: view });
  return view;
}
