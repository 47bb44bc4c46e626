// @ts-check
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** How code looks, by the page's own colours: they reach into the shadow root that an editor stands in. */

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.controlKeyword, tags.definitionKeyword, tags.self, tags.null, tags.bool], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.character], color: 'var(--code-text)' },
  { tag: [tags.number], color: 'var(--code-number)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment, tags.docComment], color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.className, tags.standard(tags.typeName)], color: 'var(--code-type)' },
  { tag: [tags.annotation, tags.meta], color: 'var(--code-mark)' },
  { tag: [tags.definition(tags.variableName), tags.function(tags.definition(tags.variableName))], color: 'var(--code-name)' },
]);

/** Colours of words. */
export const highlighting = syntaxHighlighting(colours);

/** What every editor has: fields, completions, panels. */
export const look = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--card)', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--accent)' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)' },
  '.cm-gutters': { backgroundColor: 'var(--card)', color: 'var(--muted)', border: '0' },
  '.cm-activeLine': { backgroundColor: 'var(--code-line)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--code-line)', color: 'var(--text)' },
  '.cm-tooltip': { backgroundColor: 'var(--card)', color: 'var(--text)', border: '1px solid var(--edge)', borderRadius: '6px', overflow: 'hidden' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxWidth: 'min(34rem, 92vw)' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', display: 'flex', gap: '1rem', justifyContent: 'space-between' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--muted)', marginLeft: 'auto' },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-completion-hidden .cm-completionLabel': { textDecoration: 'line-through' },
  '.cm-panels': { backgroundColor: 'var(--sunk)', color: 'var(--text)', borderColor: 'var(--edge)' },
  '.cm-panel.cm-search': { padding: '6px 8px', font: 'inherit' },
  '.cm-textfield': { backgroundColor: 'var(--card)', color: 'var(--text)', border: '1px solid var(--field-edge)', borderRadius: '4px' },
  '.cm-button': { backgroundImage: 'none', backgroundColor: 'var(--card)', color: 'var(--accent)', border: '1px solid var(--edge)', borderRadius: '4px' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--text)', cursor: 'pointer' },
  '.cm-searchMatch': { backgroundColor: 'var(--tint)', outline: '1px solid var(--accent)' },
  '.cm-wrong': { textDecoration: 'underline wavy var(--bad)', textUnderlineOffset: '3px' },
  '.cm-wrong-end': { display: 'inline-block', width: '0.6em', borderBottom: '2px solid var(--bad)' },
});
