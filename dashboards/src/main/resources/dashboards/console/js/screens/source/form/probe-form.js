// @ts-check
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../../api/api.js';
import { may } from '../../../app/session.js';
import { reports } from '../../../data/polls.js';
import { definitionOf, EMPTY, KINDS } from '../../../probes/draft.js';
import { draftOf, writtenOf } from '../../../probes/draft-of.js';
import { yamlOf } from '../../../probes/yaml.js';
import { html } from '../../../ui/html.js';
import { completionAt } from '../completion.js';
import { CodeField } from './fields.js';
import { SpanFields } from './span-fields.js';
import { toldOf } from './told.js';
import { Trial } from './trial.js';
import { dryRun, useCheck } from './use-check.js';
import { KindField, WhatFields } from './what-fields.js';
import { WhomFields } from './whom-fields.js';
import { YamlField } from './yaml-field.js';

/**
 * The form of one probe, new or edited; fields and YAML are two views of the same.
 *
 * @param {{
 *   whom: import('../code.js').Whom, at: string, fleet: any[], probes: any[], edited: any, done: (change: any) => void, cancel: (() => void) | null,
 * }} props edited: null for a new one
 */
export function ProbeForm({ whom, at, fleet, probes, edited, done, cancel }) {
  const [draft, write] = useState(() => (edited === null ? { ...EMPTY, at, service: whom.service } : draftOf(edited.definition)));
  const [yaml, writeYaml] = useState(() => (draft === null ? yamlOf(writtenOf(edited.definition)) : /** @type {string | null} */ (null)));
  const [isSpan, span] = useState(false);
  const [problem, say] = useState(/** @type {import('./told.js').Told | null} */ (null));
  const [isSending, send] = useState(false);
  const isAllowed = may('prober');
  const text = yaml ?? yamlOf(definitionOf(draft ?? EMPTY));
  const check = useCheck(text, draft?.kind ?? '', isAllowed && !isSpan);
  useEffect(() => {
    if (edited === null && draft !== null && yaml === null && draft.at !== at) {
      write({ ...draft, at, service: whom.service });
    }
  }, [at, whom.service]);
  useEffect(() => say(null), [text]);
  useEffect(() => {
    if (yaml !== null && check.text === yaml && check.change !== null) {
      const read = draftOf(check.change.probe);
      write(read === null ? null : { ...read, id: /^id:/m.test(yaml) ? read.id : '' });
    }
  }, [check]);
  const submit = async () => {
    if (!isAllowed || isSending) {
      return;
    }
    send(true);
    try {
      done(await set(text, probes, edited));
      reports.now();
    } catch (e) {
      say(toldOf(e));
    } finally {
      send(false);
    }
  };
  const told = problem ?? (check.told !== null && isStillEmpty(check.told.field, draft) ? null : check.told);
  const form = {
    draft: draft ?? EMPTY,
    told,
    set: (/** @type {any} */ changed) => {
      writeYaml(null);
      write({ ...(draft ?? EMPTY), ...changed });
    },
    complete: (/** @type {boolean} */ isTemplate) => completionAt(whom, draft?.at ?? at, isTemplate),
    // Enter sends nothing that is wrong, or not known to be right yet
    submit: () => check.text === text && check.told === null && check.change !== null && submit(),
  };
  const kind = isSpan ? 'span' : form.draft.kind;
  /** @param {string} to */
  const choose = (to) => {
    span(to === 'span');
    to !== 'span' && form.set({ kind: to });
  };
  return html`<form class="probe-form" autocomplete="off" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); submit(); }}>
    ${!isAllowed && html`<p class="mismatch doubt">Your role may look and not set: a prober sets probes. An admin makes such a token: <code>plumb token create</code></p>`}
    ${draft !== null && html`<${KindField} kinds=${edited === null ? [...KINDS, 'span'] : KINDS} kind=${kind} choose=${choose} />`}
    ${isSpan && html`<${SpanFields} whom=${whom} at=${at} />`}
    ${draft === null && html`<p class="hint">This definition says more than the form has fields for; the YAML below is what is sent.</p>`}
    ${draft !== null && !isSpan && html`
      <${WhatFields} form=${form} />
      <${CodeField} form=${form} name="condition" field="if" label="Condition" hint="order.total > 100; always" />
      <${WhomFields} form=${form} fleet=${fleet} isNew=${edited === null} />`}
    ${!isSpan && html`
      <${YamlField} text=${text} change=${writeYaml} isOpen=${draft === null} />
      <${Trial} check=${check} shown=${told !== null && isShown(told.field, form.draft) || check.told !== told} />
      ${problem !== null && !isShown(problem.field, form.draft) && html`<p class="error" role="alert">${problem.sentence}</p>`}
      <div class="form-actions"><button type="submit" id="set-probe" disabled=${!isAllowed || isSending} title=${isAllowed ? '' : 'Needs the role of a prober'}>${edited === null ? 'Set probe' : 'Change probe'}</button>
        ${cancel !== null && html`<button type="button" class="quiet" onClick=${cancel}>Cancel</button>`}</div>`}
  </form>`;
}

/**
 * Sets it under a name that no other has; or changes the one that is edited, if it still is as it was read.
 *
 * @param {string} text
 * @param {any[]} probes
 * @param {any} edited
 */
async function set(text, probes, edited) {
  const hasId = /^id:/m.test(text);
  let { id } = edited ?? await dryRun(text, false);
  const first = id;
  for (let i = 2; edited === null && !hasId && probes.some((one) => one.id === id); i++) {
    id = `${first}-${i}`;
  }
  const body = hasId ? text : `id: ${id}\n${text}`;
  const expect = encodeURIComponent(`${id}:${edited?.version ?? 0}`);
  return (await ask(`/probes?source=the%20console&expect=${expect}`, { method: 'POST', body })).probes[0];
}

/** Whether a field that is wrong has not been written in yet: no reason to complain. @param {string} field @param {any} draft */
function isStillEmpty(field, draft) {
  const name = nameOf(field);
  return name !== '' && draft !== null && draft[name] === '';
}

/** Whether the form has the field, and so shows what is wrong in it. @param {string} field @param {import('../../../probes/draft.js').Draft} draft */
function isShown(field, draft) {
  return nameOf(field) !== '' || /^(on|limits)\./.test(field) || field === 'tags' || (field === 'id' && draft.id !== '')
    || [...draft.labels, ...draft.watch].some((one) => field.endsWith(`.${one.name || one.value}`));
}

/** @param {string} field */
function nameOf(field) {
  const names = /** @type {Record<string, string>} */ ({ if: 'condition', 'log.template': 'template' });
  const metric = /^(count|gauge|histogram)\.(name|value|unit|buckets)$/.exec(field);
  return names[field] ?? (metric === null ? '' : metric[2] === 'name' ? 'metric' : metric[2]);
}
