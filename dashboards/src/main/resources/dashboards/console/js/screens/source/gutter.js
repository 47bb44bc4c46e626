// @ts-check
import { RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { EditorView, gutter, GutterMarker } from '@codemirror/view';
import { rateText } from './rates.js';

/**
 * The gutter of probes: a dot where a line can be probed, and on lines with probes what stands there and how often it is hit.
 *
 * @typedef {{kind: string, count: number, tone: string, rate: number, title: string}} Mark
 * @typedef {{can: (line: number) => boolean, marks: Map<number, Mark>}} Marks lines as the editor counts them
 */

/** @type {Record<string, string>} */
const LETTERS = { log: 'L', count: 'C', gauge: 'G', histogram: 'H', snapshot: 'S', exception: 'E' };

/** Says what the gutter shows from now on. @type {import('@codemirror/state').StateEffectType<Marks>} */
export const showMarks = StateEffect.define();

const markers = StateField.define({
  create: () => new RangeSetBuilder().finish(),
  update: (known, change) => change.effects.reduce((set, effect) => (effect.is(showMarks) ? built(change.state.doc, effect.value) : set), known),
});

/** @param {(line: number) => void} pick is told of the line that was clicked */
export function probeGutter(pick) {
  return [markers, gutter({
    class: 'cm-probes',
    markers: (view) => /** @type {any} */ (view.state.field(markers)),
    initialSpacer: () => new ProbeMarker({ kind: 'log', count: 1, tone: 'good', rate: 999, title: '' }),
    domEventHandlers: {
      mousedown: (view, block) => {
        pick(view.state.doc.lineAt(block.from).number);
        return true;
      },
    },
  }), style];
}

/** A letter for a kind, or a span's point. @param {string} kind @param {string} point */
export function letterOf(kind, point) {
  return point === '' ? LETTERS[kind] ?? '•' : point.charAt(0);
}

class ProbeMarker extends GutterMarker {
  /** @param {Mark | null} mark null where there may be one */
  constructor(mark) {
    super();
    this.mark = mark;
  }

  /** @param {GutterMarker} other */
  eq(other) {
    return other instanceof ProbeMarker && JSON.stringify(other.mark) === JSON.stringify(this.mark);
  }

  toDOM() {
    const shown = document.createElement('span');
    if (this.mark === null) {
      shown.className = 'can';
      shown.title = 'Put a probe here';
      return shown;
    }
    const { kind, count, tone, rate, title } = this.mark;
    shown.className = `has ${tone}`;
    shown.title = title;
    const disc = document.createElement('span');
    disc.className = 'disc';
    disc.textContent = count > 1 ? String(count) : kind;
    const often = document.createElement('span');
    often.className = 'rate';
    often.textContent = rateText(rate);
    shown.append(disc, often);
    return shown;
  }
}

/** @param {import('@codemirror/state').Text} doc @param {Marks} marks */
function built(doc, marks) {
  /** @type {RangeSetBuilder<GutterMarker>} */
  const builder = new RangeSetBuilder();
  const can = new ProbeMarker(null);
  for (let line = 1; line <= doc.lines; line++) {
    const mark = marks.marks.get(line);
    if (mark !== undefined || marks.can(line)) {
      const { from } = doc.line(line);
      builder.add(from, from, mark === undefined ? can : new ProbeMarker(mark));
    }
  }
  return builder.finish();
}

const style = EditorView.theme({
  '.cm-probes': { cursor: 'pointer', minWidth: '4.6rem' },
  '.cm-probes .cm-gutterElement': { display: 'flex', alignItems: 'center', padding: '0 4px 0 8px' },
  '.can': { width: '10px', height: '10px', margin: '0 3px', borderRadius: '50%', border: '1.5px solid var(--accent)', opacity: '0' },
  '.cm-probes:hover .can': { opacity: '0.35' },
  '.cm-probes .cm-gutterElement:hover .can': { opacity: '1', background: 'var(--accent)' },
  '@media (hover: none)': { '.can': { opacity: '0.35' } },
  '.has': { display: 'inline-flex', alignItems: 'center', gap: '4px', color: 'var(--muted)' },
  '.has.good': { color: 'var(--good)' },
  '.has.bad': { color: 'var(--bad)' },
  '.has.warn': { color: 'var(--warn)' },
  '.has.building': { color: 'var(--accent)' },
  '.disc': {
    display: 'inline-grid', placeItems: 'center', width: '16px', height: '16px', borderRadius: '50%', background: 'var(--muted)',
    color: 'var(--card)', fontSize: '10px', fontWeight: '700', lineHeight: '1',
  },
  '.good .disc': { background: 'var(--good)' },
  '.bad .disc': { background: 'var(--bad)' },
  '.warn .disc': { background: 'var(--warn)' },
  '.building .disc': { background: 'var(--accent)' },
  '.rate': { fontSize: '11px' },
});
