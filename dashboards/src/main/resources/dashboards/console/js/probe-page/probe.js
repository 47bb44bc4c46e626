// @ts-check
import { ask, Problem } from '../api/api.js';
import { byId, say } from '../ui/dom.js';
import { placeOf } from './locations.js';
import { LineHelp } from './line-help.js';
import { ProbeForm } from './probe-form.js';
import * as token from '../api/token.js';
import { Watch } from './watch.js';

/**
 * The page that sets one probe: asks for the token where none is known, fills the form from the link that led here, sets
 * the probe and shows what becomes of it.
 */

const query = new URLSearchParams(location.search);
const place = placeOf(query);
const form = new ProbeForm();
const lines = new LineHelp(form);
const watch = new Watch();

start();

async function start() {
  say(byId('origin'), place.origin);
  byId('origin').hidden = place.origin === '';
  form.fill(place.at, (query.get('service') ?? '').substring(0, 100));
  form.onChange = () => lines.look();
  byId('token-form').addEventListener('submit', enter);
  byId('forget').addEventListener('click', leave);
  byId('probe-form').addEventListener('submit', set);
  byId('remove').addEventListener('click', remove);
  byId('copy').addEventListener('click', copy);
  const why = await token.redeem();
  await (await token.find() === '' ? askForToken(why) : open());
}

/** @param {string} why */
async function askForToken(why) {
  watch.stop();
  token.forget();
  byId('work').hidden = true;
  byId('forget').hidden = true;
  byId('token-form').hidden = false;
  say(byId('token-error'), why);
  byId('token', HTMLInputElement).value = '';
  byId('token').focus();
}

/** @param {Event} event */
async function enter(event) {
  event.preventDefault();
  token.keep(byId('token', HTMLInputElement).value);
  await open();
}

function leave() {
  askForToken('');
}

/** Shows the form, if the API takes the token. */
async function open() {
  let instances;
  try {
    instances = (await ask('/instances')).instances;
  } catch (e) {
    const why = e instanceof Problem && e.status === 401
      ? 'That is not the token, or not any more: a control plane has another one each time it starts.'
      : String(e instanceof Error ? e.message : e);
    await askForToken(why);
    return;
  }
  byId('token-form').hidden = true;
  byId('work').hidden = false;
  byId('forget').hidden = false;
  const services = instances.filter((/** @type {any} */ one) => one.alive).map((/** @type {any} */ one) => String(one.labels.service ?? ''));
  form.offerServices([...new Set(services)].sort(), query.get('projectSlug') ?? '');
  lines.start(place.note);
  byId(place.at === '' || place.at.endsWith(':') ? 'at' : form.firstField()).focus();
  await showLinked();
}

/** A receipt leads to a probe that was set elsewhere, and perhaps to one of its hits. */
async function showLinked() {
  const id = query.get('probe') ?? '';
  if (!/^[a-z0-9][a-z0-9._-]{0,79}$/.test(id)) {
    return;
  }
  try {
    await watch.listen(id);
    await watch.recall((query.get('hit') ?? '').substring(0, 100));
    watch.follow((await ask(`/probes/${id}`)).version, []);
    byId('remove').hidden = false;
  } catch (e) {
    if (e instanceof Problem && e.status === 404) {
      watch.end(e.message);
    } else {
      await fail(e);
    }
  }
}

/** @param {Event} event */
async function set(event) {
  event.preventDefault();
  const button = byId('set', HTMLButtonElement);
  button.disabled = true;
  form.clearErrors();
  try {
    const id = await form.chooseId(check);
    await watch.listen(id);
    await send(form.definition(id).text());
  } catch (e) {
    await fail(e);
  } finally {
    button.disabled = false;
  }
}

/**
 * Sets the probe that is listened for already.
 *
 * @param {string} text
 */
async function send(text) {
  try {
    const change = (await ask('/probes?source=the%20console', { method: 'POST', body: text })).probes[0];
    byId('remove').hidden = false;
    if (change.change === 'waiting') {
      watch.end(`waits for approval by the rule ${change.approval.rule}; somebody else says: plumb approve ${change.approval.id}`);
      return;
    }
    watch.follow(change.version, change.warnings ?? []);
  } catch (e) {
    byId('remove').hidden = true;
    watch.end('not set');
    throw e;
  }
}

/**
 * What would become of a definition.
 *
 * @param {string} text
 * @returns {Promise<any>} the change
 */
async function check(text) {
  return (await ask('/probes?source=the%20console&dryRun=true', { method: 'POST', body: text })).probes[0];
}

async function remove() {
  try {
    await ask(`/probes/${encodeURIComponent(watch.probe)}`, { method: 'DELETE' });
    watch.end('removed');
    byId('remove').hidden = true;
    byId('set').focus();
  } catch (e) {
    await fail(e);
  }
}

/** @param {unknown} e */
async function fail(e) {
  if (e instanceof Problem && e.status === 401) {
    await askForToken('The control plane has another token now; it was started anew.');
  } else {
    form.showProblem(e);
  }
}

async function copy() {
  await navigator.clipboard.writeText(byId('yaml').textContent ?? '');
  say(byId('copy'), 'Copied');
  setTimeout(() => say(byId('copy'), 'Copy'), 1_500);
}
