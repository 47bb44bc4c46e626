// @ts-check
import { RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, WidgetType } from '@codemirror/view';

/**
 * What probes said last, behind the line of code that said it.
 *
 * @typedef {{text: string, from: string, count: number}} Said from: when and where; count: since this page looks
 */

/** Says what is shown from now on, by the editor's lines. @type {import('@codemirror/state').StateEffectType<Map<number, Said[]>>} */
export const showHits = StateEffect.define();

export const inlineHits = [StateField.define({
  create: () => Decoration.none,
  update: (known, change) => change.effects.reduce((set, effect) => (effect.is(showHits) ? built(change.state.doc, effect.value) : set), known),
  provide: (field) => EditorView.decorations.from(field),
}), EditorView.theme({
  '.said': {
    display: 'inline-block', maxWidth: 'min(44rem, 70vw)', marginLeft: '1.5rem', padding: '0 8px', borderRadius: '6px', verticalAlign: 'top',
    background: 'var(--tint)', color: 'var(--text)', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap',
  },
  '.said-from': { color: 'var(--muted)', marginLeft: '0.8rem', fontSize: '11px' },
})];

class SaidWidget extends WidgetType {
  /** @param {Said[]} said */
  constructor(said) {
    super();
    this.said = said;
  }

  /** @param {SaidWidget} other */
  eq(other) {
    return JSON.stringify(other.said) === JSON.stringify(this.said);
  }

  toDOM() {
    const all = document.createElement('span');
    all.className = 'hits';
    all.append(...this.said.map(({ text, from, count }) => {
      const one = document.createElement('span');
      one.className = 'said';
      one.title = `${text}\n${from}`;
      const behind = document.createElement('span');
      behind.className = 'said-from';
      behind.textContent = count > 1 ? `${from} · ${count.toLocaleString('en')}` : from;
      one.append(text, behind);
      return one;
    }));
    return all;
  }
}

/** @param {import('@codemirror/state').Text} doc @param {Map<number, Said[]>} hits */
function built(doc, hits) {
  /** @type {RangeSetBuilder<Decoration>} */
  const builder = new RangeSetBuilder();
  [...hits.entries()].filter(([line]) => line <= doc.lines).sort(([a], [b]) => a - b).forEach(([line, said]) => {
    const { to } = doc.line(line);
    builder.add(to, to, Decoration.widget({ widget: new SaidWidget(said), side: 1 }));
  });
  return builder.finish();
}
