// @ts-check
import { useEffect, useRef, useState } from 'preact/hooks';
import { useKeys } from '../../app/keys.js';
import { usePolled } from '../../app/polled.js';
import { go, note, pathOf } from '../../app/router.js';
import { useStore } from '../../app/store.js';
import { instances, reports } from '../../data/polls.js';
import { html } from '../../ui/html.js';
import { Empty, Trouble } from '../../ui/parts.js';
import { asked, Chooser } from './chooser.js';
import { ClassView } from './class-view.js';
import { Finder } from './finder.js';
import { Panel } from './form/panel.js';
import { SpanTray } from './form/span-tray.js';
import { Rates } from './rates.js';
import { spanDraft } from './span-draft.js';
import { closeTab, keepOpen, opened, OpenTabs } from './tabs.js';

/** Code that runs, as in an editor: found by class or file, with the probes at its lines. */

/** @param {{at: import('../../app/router.js').Place}} props */
export function Screen({ at }) {
  const fleet = usePolled(instances);
  const answer = usePolled(reports);
  const rates = useRef(new Rates());
  const [isFinding, find] = useState(false);
  const [known, know] = useState(/** @type {import('./class-view.js').Known | null} */ (null));
  const span = useStore(spanDraft);
  const all = fleet.value?.instances ?? [];
  const instance = asked(all, at.query.get('service') ?? '', at.query.get('instance') ?? '');
  const service = at.query.get('service') || String(instance?.labels.service ?? '');
  const type = at.query.get('class') ?? '';
  const tabs = useStore(opened);
  const whom = { service, instance: String(instance?.id ?? '') };
  const probes = answer.value?.probes ?? [];
  useEffect(() => rates.current.take(probes, Date.now()), [answer.value]);
  useEffect(() => {
    if (type !== '' && service !== '') {
      keepOpen(service, type);
    }
  }, [service, type]);
  useFindKeys(() => find(true));
  /** @param {string} to @param {string} [of] @param {number} [line] */
  const open = (to, of = service, line = 0) => {
    find(false);
    go(pathOf('source', { service: of, instance: of === service ? at.query.get('instance') ?? '' : '', class: to, line: line === 0 ? '' : String(line) }));
  };
  // another service need not have the class
  const choose = (/** @type {string} */ to, /** @type {string} */ id) => (to === service ? note({ service: to, instance: id }) : go(pathOf('source', { service: to })));
  const pick = (/** @type {number} */ line) => {
    note({ line: String(line), probe: 'here' });
    toForm();
  };
  /** @param {import('./tabs.js').Open} one */
  const close = (one) => {
    const next = closeTab(one);
    if (one.service === service && one.type === type) {
      go(pathOf('source', { service, class: next?.type ?? '', ...(next === undefined ? {} : { service: next.service }) }));
    }
  };
  if (fleet.value !== null && instance === undefined) {
    return html`<div class="screen"><h1>Source</h1><${Nothing} service=${at.query.get('service') ?? ''} /></div>`;
  }
  const line = Number(at.query.get('line') ?? 0);
  const isPicked = at.query.get('probe') === 'here' && line > 0 && known?.type === type;
  return html`<div class=${`screen full source${isPicked ? ' has-panel' : ''}`}>
    <h1 class="sr">Source</h1>
    <aside class=${`side-left${isFinding ? ' is-open' : ''}`} aria-label="Classes">
      <${Chooser} fleet=${all} service=${service} instance=${instance} choose=${choose} />
      ${instance !== undefined && html`<${Finder} whom=${whom} here=${type} open=${open} />`}
    </aside>
    <section class="centre" aria-label="Source">
      <div class="centre-head"><button type="button" class="quiet small finder-button" aria-expanded=${isFinding} onClick=${() => find(!isFinding)}>Classes</button>
        <${OpenTabs} all=${tabs} service=${service} type=${type} go=${(/** @type {any} */ one) => open(one.type, one.service)} close=${close} /></div>
      <${Trouble} text=${fleet.error || answer.error} />
      ${type === '' && html`<${Empty} title="Open a class."><kbd>/</kbd> finds it among those that run: <code>OrSe</code> for OrderService.</${Empty}>`}
      ${type !== '' && instance !== undefined && html`<${ClassView} key=${`${service} ${type}`} whom=${whom} type=${type} line=${line} probes=${probes}
        rates=${rates.current} building=${span.points.filter((one) => one.service === service)} pick=${pick} find=${toFind} know=${know} />`}
      <${SpanTray} probes=${probes} go=${(/** @type {string} */ to, /** @type {string} */ of, /** @type {number} */ at) => open(to, of, at)} />
    </section>
    ${isPicked && known !== null && html`<${Panel} key=${`${service} ${type}`} whom=${whom} known=${known} line=${line} fleet=${all} probes=${probes} rates=${rates.current} go=${pick} close=${() => { note({ probe: '' }); toCode(); }} />`}
  </div>`;
}

/** @param {{service: string}} props */
function Nothing({ service }) {
  return service === ''
    ? html`<${Empty} title="No program is observed now.">Start one with <code>java -javaagent:plumbline-agent.jar …</code>, or attach to one that runs: <code>plumb attach PID</code></${Empty}>`
    : html`<${Empty} title=${`No instance of ${service} runs now.`}><a href=${pathOf('source')}>Show another service</a>, or see in the <a href=${pathOf('fleet')}>fleet</a> what became of it.</${Empty}>`;
}

/** The keys that lead to the search. @param {() => void} show */
function useFindKeys(show) {
  const start = () => {
    show();
    requestAnimationFrame(toFind);
  };
  useKeys([{ keys: '/', does: 'Find a class or file (also Ctrl+Shift+F)', run: start }], []);
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const key = (event) => {
      if ((event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 'f') {
        event.preventDefault();
        start();
      }
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, []);
}

function toFind() {
  document.getElementById('find')?.focus();
}

/** The first field of the form, once it is there. @param {number} [tries] */
function toForm(tries = 10) {
  setTimeout(() => {
    const first = /** @type {any} */ (document.querySelector('.line-panel .line-input'));
    if (first?.editor) {
      first.editor.focus();
    } else if (tries > 0) {
      toForm(tries - 1);
    }
  }, 30);
}

function toCode() {
  /** @type {any} */ (document.querySelector('.editor'))?.editor?.focus();
}
