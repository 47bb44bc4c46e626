// @ts-check
import { useEffect, useState } from 'preact/hooks';
import { html } from '../../ui/html.js';
import { Empty, Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { classes } from './code.js';
import { Packages } from './packages.js';

/** Finds classes over what really runs: by what is typed, or in the packages of the application. */
const PAUSE_MILLIS = 120;
const MOST = 50;
const MOST_OWN = 500;

/** @param {{whom: import('./code.js').Whom, here: string, open: (type: string) => void}} props here: the class that is shown */
export function Finder({ whom, here, open }) {
  const [text, type] = useState('');
  const [chosen, choose] = useState(0);
  const own = useFound(whom, '', MOST_OWN);
  const found = useFound(whom, text.trim(), MOST);
  const rows = text.trim() === '' ? [] : found.classes;
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && rows.length > 0) {
      event.preventDefault();
      choose((chosen + step + rows.length) % rows.length);
    } else if (event.key === 'Enter' && rows[chosen] !== undefined) {
      open(rows[chosen].name);
    } else if (event.key === 'Escape') {
      type('');
    }
  };
  return html`<div class="finder">
    <label class="sr" for="find">Find a class or a file</label>
    <input id="find" type="search" value=${text} placeholder="Class or file: OrSe, Order.java   /" autocomplete="off" spellcheck=${false}
      role="combobox" aria-expanded=${rows.length > 0} aria-controls="found" aria-autocomplete="list"
      aria-activedescendant=${rows.length > 0 ? `found-${chosen}` : undefined}
      onInput=${(/** @type {any} */ event) => { type(event.target.value); choose(0); }} onKeyDown=${key} />
    <${Trouble} text=${found.error || own.error} />
    <ul id="found" role="listbox" aria-label="Found classes" class="found" hidden=${rows.length === 0}>
      ${rows.map((row, index) => html`<li key=${`${row.name} ${row.loader}`} id=${`found-${index}`} role="option" aria-selected=${index === chosen}
        title=${row.name} onClick=${() => open(row.name)}>
        <span class="found-name">${simple(row.match || row.name)}</span><span class="muted found-where">${row.package}${row.origin === 'own' ? '' : ` · ${row.origin}`}</span></li>`)}
    </ul>
    ${text.trim() !== '' && rows.length === 0 && !found.isAsking && found.error === '' && html`<${Empty} title="No class that runs is called so.">
      A class is found once the program has loaded it. Capitals stand for humps: <code>OrSe</code> finds OrderService.</${Empty}>`}
    ${rows.length > 0 && found.count > rows.length && html`<p class="muted small-text">${rows.length} of ${found.count}; write more of the name.</p>`}
    ${text.trim() === '' && html`<${Packages} classes=${own.classes} here=${here} open=${open} />`}
    ${text.trim() === '' && own.count > own.classes.length && html`<p class="muted small-text">${own.classes.length} of ${own.count} classes; search for the others.</p>`}
  </div>`;
}

/**
 * @param {import('./code.js').Whom} whom
 * @param {string} text
 * @param {number} limit
 */
function useFound(whom, text, limit) {
  const [found, say] = useState({ classes: /** @type {any[]} */ ([]), count: 0, error: '', isAsking: true });
  useEffect(() => {
    const abort = new AbortController();
    say((known) => ({ ...known, isAsking: true }));
    const timer = setTimeout(async () => {
      try {
        const answer = await classes(whom, text, limit, abort.signal);
        say({ classes: answer.classes, count: answer.count, error: '', isAsking: false });
      } catch (e) {
        if (!abort.signal.aborted) {
          say({ classes: [], count: 0, error: told(e), isAsking: false });
        }
      }
    }, text === '' ? 0 : PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [whom.service, whom.instance, text]);
  return found;
}

/** @param {string} name */
function simple(name) {
  return name.substring(name.lastIndexOf('.') + 1);
}
