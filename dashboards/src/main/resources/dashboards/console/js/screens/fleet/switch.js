// @ts-check
import { useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { Polled, usePolled } from '../../app/polled.js';
import { may, session } from '../../app/session.js';
import { instances } from '../../data/polls.js';
import { html } from '../../ui/html.js';
import { State, Sure, Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { several } from '../../ui/words.js';

/** @type {Polled<{fleet: boolean, instances: string[], probes: string[]}>} */
const off = new Polled('/switch', 3_000);

/** The switch of everything, with how it stands. */
export function EverySwitch() {
  const answer = usePolled(off);
  const [problem, say] = useState('');
  const now = answer.value;
  if (now === null) {
    return html`<${Trouble} text=${answer.error} />`;
  }
  /** @param {boolean} to */
  const turn = async (to) => {
    try {
      say('');
      await ask('/switch', { method: 'POST', body: JSON.stringify({ off: to }) });
      off.now();
      instances.now();
    } catch (e) {
      say(told(e));
    }
  };
  const parts = [now.instances.length > 0 ? several(now.instances.length, 'instance') : '', now.probes.length > 0 ? several(now.probes.length, 'probe') : '']
    .filter((part) => part !== '').join(' and ');
  const why = !may('prober') ? 'This needs the role prober' : isBounded() ? 'This needs a token without bounds' : '';
  return html`<div class="every">
    <${State} state=${now.fleet ? 'stopped' : 'running'} text=${now.fleet ? 'off' : 'on'} />
    <span>${now.fleet ? 'Probing is off everywhere: all classes have their own bytecode.' : `Probing is on${parts === '' ? ' everywhere' : `, but for ${parts} switched off`}.`}</span>
    ${now.fleet
      ? html`<button type="button" class="small" disabled=${why !== ''} title=${why} onClick=${() => turn(false)}>Switch on again</button>`
      : html`<${Sure} label="Switch everything off" sure="End all probes on all instances?" disabled=${why !== ''} run=${() => turn(true)} />`}
    ${why !== '' && html`<span class="muted small-text">${why}.</span>`}
    <${Trouble} text=${problem} />
  </div>`;
}

function isBounded() {
  return session.value.state === 'in' && session.value.who.services.length + session.value.who.environments.length > 0;
}
