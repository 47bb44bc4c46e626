// @ts-check
import { useMemo, useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { Polled, usePolled } from '../../app/polled.js';
import { note } from '../../app/router.js';
import { instances, reports } from '../../data/polls.js';
import { html } from '../../ui/html.js';
import { Empty, Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { several } from '../../ui/words.js';
import { differing, GROUPINGS, groupsOf, ORDERS } from './groups.js';
import { Group, Instances } from './group.js';
import { EverySwitch } from './switch.js';

/** Which programs are observed: labels, versions, what probes do there, and the switch of each. */

/** From so many on they are put in groups unless somebody says otherwise, and their reports are asked for less often. */
const MANY = 13;
/** @type {Polled<{probes: any[]}>} */
const rareReports = new Polled('/probes?reports=true', 15_000);

/** @param {{at: import('../../app/router.js').Place}} props */
export function Screen({ at }) {
  const fleet = usePolled(instances);
  const all = fleet.value?.instances ?? [];
  const probes = usePolled(all.length < MANY ? reports : rareReports);
  const filter = at.query.get('q') ?? '';
  const sort = at.query.get('sort') ?? 'service';
  const group = at.query.get('group') ?? (all.length < MANY ? 'none' : 'service');
  const [problem, say] = useState('');
  const shown = useMemo(() => all.filter((one) => matches(one, filter)).sort((ORDERS[sort] ?? ORDERS.service).order), [fleet.value, filter, sort]);
  const differs = useMemo(() => differing(all), [fleet.value]);
  const probesOn = useMemo(() => byInstance(probes.value?.probes ?? []), [probes.value]);
  /** @param {any} one @param {boolean} off */
  const turn = async (one, off) => {
    try {
      say('');
      await ask('/switch', { method: 'POST', body: JSON.stringify({ off, instance: one.id }) });
      instances.now();
    } catch (e) {
      say(told(e));
    }
  };
  const known = { probesOn, differs, turn };
  return html`<div class="screen fleet">
    <header class="screen-head"><h1>Fleet</h1>
      <p class="muted" role="status">${several(all.filter((one) => one.alive).length, 'instance')} running, ${several(all.length, 'one known', 'known')}${
        filter === '' ? '' : `, ${shown.length} shown`}${differs.size === 0 ? '' : `, ${differs.size} of another version than most`}</p>
      <div class="filters">
        <label>Group <select value=${group} onChange=${(/** @type {any} */ event) => note({ group: event.target.value, open: '' })}>
          <option value="none">not</option>${GROUPINGS.map((one) => html`<option key=${one.name} value=${one.name}>${one.title}</option>`)}</select></label>
        <label>Sort <select value=${sort} onChange=${(/** @type {any} */ event) => note({ sort: event.target.value })}>
          ${Object.entries(ORDERS).map(([name, one]) => html`<option key=${name} value=${name}>${one.title}</option>`)}</select></label>
      </div>
      <label class="search"><span class="sr">Filter instances</span>
        <input type="search" value=${filter} placeholder="label=value or any text" spellcheck=${false}
          onInput=${(/** @type {any} */ event) => note({ q: event.target.value })} /></label>
    </header>
    <${EverySwitch} />
    <${Trouble} text=${problem || fleet.error} />
    ${fleet.value !== null && all.length === 0 && html`<${Empty} title="No program is observed yet.">
      Start one with <code>java -javaagent:plumbline-agent.jar …</code>, or attach to one that runs: <code>plumb attach PID</code></${Empty}>`}
    ${all.length > 0 && shown.length === 0 && html`<${Empty} title="No instance is like that.">Another text finds more: <code>service=shop</code></${Empty}>`}
    ${shown.length > 0 && html`<${Grouped} shown=${shown} group=${group} open=${at.query.get('open') ?? ''} known=${known} />`}
  </div>`;
}

/** @param {{shown: any[], group: string, open: string, known: import('./group.js').Known}} props */
function Grouped({ shown, group, open, known }) {
  const grouping = GROUPINGS.find((one) => one.name === group);
  const groups = useMemo(() => (grouping === undefined ? [] : groupsOf(shown, grouping.label)), [shown, grouping]);
  if (grouping === undefined) {
    return html`<${Instances} instances=${shown} known=${known} />`;
  }
  // one group at a time: a list of thousands has its own height
  return html`<div class="groups">${groups.map((one) => html`<${Group} key=${one.name} name=${one.name} instances=${one.instances} known=${known}
    isOpen=${open === `=${one.name}` || groups.length === 1} open=${(/** @type {boolean} */ isOpen) => note({ open: isOpen ? `=${one.name}` : '' })} />`)}</div>`;
}

/**
 * @param {any[]} probes
 * @returns {Map<string, {probe: any, report: any}[]>}
 */
function byInstance(probes) {
  /** @type {Map<string, {probe: any, report: any}[]>} */
  const on = new Map();
  probes.forEach((probe) => (probe.reports ?? []).forEach((/** @type {any} */ report) => {
    const some = on.get(report.instance);
    some === undefined ? on.set(report.instance, [{ probe, report }]) : some.push({ probe, report });
  }));
  return on;
}

/** @param {any} one @param {string} filter */
function matches(one, filter) {
  const texts = [one.id, ...Object.entries(one.labels).map(([name, value]) => `${name}=${value}`)].map((text) => text.toLowerCase());
  return filter.toLowerCase().split(/\s+/).every((word) => texts.some((text) => text.includes(word)));
}
