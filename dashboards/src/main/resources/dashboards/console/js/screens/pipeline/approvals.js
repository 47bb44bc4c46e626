// @ts-check
import { useMemo } from 'preact/hooks';
import { Polled, usePolled } from '../../app/polled.js';
import { note } from '../../app/router.js';
import { probes } from '../../data/polls.js';
import { html } from '../../ui/html.js';
import { Empty, Trouble } from '../../ui/parts.js';
import { several } from '../../ui/words.js';
import { Approval } from './approval.js';

/** Probes that a rule asks somebody else's approval for. */
const EVERY_MILLIS = 3_000;

/** @param {{at: import('../../app/router.js').Place}} props */
export function Approvals({ at }) {
  const all = at.query.get('all') === 'true';
  const polled = useMemo(() => new Polled(`/approvals?all=${all}`, EVERY_MILLIS), [all]);
  /** @type {import('../../app/polled.js').Answer<any>} */
  const answer = usePolled(polled);
  const set = usePolled(probes).value?.probes ?? [];
  const requests = answer.value?.approvals ?? [];
  const waiting = requests.filter((/** @type {any} */ one) => one.state === 'waiting').length;
  return html`
    <div class="filters"><p class="muted" role="status">${several(waiting, 'probe')} ${waiting === 1 ? 'waits' : 'wait'}</p>
      <label class="tick"><input type="checkbox" checked=${all} onChange=${(/** @type {any} */ event) => note({ all: event.target.checked ? 'true' : '' })} />
        Also those of the last week that were decided or have expired</label></div>
    <${Trouble} text=${answer.error} />
    ${answer.value !== null && requests.length === 0 && html`<${Empty} title="Nothing waits for approval.">
      Rules of the control plane say which probes do: <code>control.approval.NAME=environment=prod</code></${Empty}>`}
    <ul class="requests">${requests.map((/** @type {any} */ one) => html`<${Approval} key=${one.id} one=${one} decided=${() => polled.now()}
      set=${set.find((probe) => probe.id === one.probe)} />`)}</ul>`;
}
