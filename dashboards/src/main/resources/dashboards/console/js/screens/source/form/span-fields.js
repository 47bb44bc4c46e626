// @ts-check
import { useState } from 'preact/hooks';
import { useStore } from '../../../app/store.js';
import { html } from '../../../ui/html.js';
import { LineInput } from '../../../ui/code/line-input.js';
import { completionAt } from '../completion.js';
import { NAMES, putPoint, spanDraft } from '../span-draft.js';

/** Makes this line a point of the span that is being built. @param {{whom: import('../code.js').Whom, at: string}} props */
export function SpanFields({ whom, at }) {
  const draft = useStore(spanDraft);
  const [condition, write] = useState('');
  const next = NAMES.find((name) => !draft.points.some((one) => one.name === name)) ?? '';
  const here = draft.points.find((one) => one.at === at && one.service === whom.service);
  /** @param {string} name */
  const put = (name) => putPoint({ name, at, service: whom.service, condition });
  return html`<div class="field"><span class="label">Condition of this point</span>
      <${LineInput} name="point-condition" label="Condition of this point" value=${condition} hint="always" wrong=${null} change=${write} submit=${() => next !== '' && put(next)} complete=${completionAt(whom, at, false)} /></div>
    <div class="foot">${NAMES.map((name) => html`<button type="button" key=${name} class=${name === next ? 'small' : 'quiet small'} onClick=${() => put(name)}>This line is ${name}</button>`)}</div>
    <p class="hint" role="status">${here === undefined ? '' : `This line is ${here.name}. `}${draft.points.length < 2
      ? 'Then go to the line where the span ends, in this or another class or service; the span waits below.' : 'The span can be set below.'}</p>`;
}
