// @ts-check
import { Store } from './store.js';

/**
 * Where in the console one is: the screen's name, what follows it in the path, and the query. The address says all that
 * a screen shows, so that it can be sent to somebody else.
 *
 * @typedef {{screen: string, rest: string[], query: URLSearchParams}} Place
 */
const ROOT = '/console';

/** @type {Store<Place>} */
export const place = new Store(read());

/** Links within the console change the screen, and load no page. */
export function followLinks() {
  addEventListener('popstate', () => place.set(read()));
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isOurs = link !== null && link.origin === location.origin && link.target === '' && isScreen(link.pathname);
    if (isOurs && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.defaultPrevented) {
      event.preventDefault();
      go(link.pathname + link.search);
    }
  });
}

/**
 * Goes to a place of the console.
 *
 * @param {string} path with its query
 */
export function go(path) {
  if (path !== location.pathname + location.search) {
    history.pushState(null, '', path);
  }
  place.set(read());
}

/**
 * Says in the address what is chosen now, without a step that 'back' would have to undo.
 *
 * @param {Record<string, string>} changed empty values are taken out
 */
export function note(changed) {
  const query = new URLSearchParams(location.search);
  Object.entries(changed).forEach(([name, value]) => (value === '' ? query.delete(name) : query.set(name, value)));
  const text = query.toString();
  history.replaceState(null, '', location.pathname + (text === '' ? '' : `?${text}`));
  place.set(read());
}

/**
 * The path to a screen.
 *
 * @param {string} screen
 * @param {Record<string, string>} [query] empty values are left out
 */
export function pathOf(screen, query = {}) {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `${ROOT}/${screen}${text === '' ? '' : `?${text}`}`;
}

/** @param {string} path */
function isScreen(path) {
  return path === ROOT || (path.startsWith(`${ROOT}/`) && !path.startsWith(`${ROOT}/probe`));
}

/** @returns {Place} */
function read() {
  const [screen = '', ...rest] = location.pathname.substring(ROOT.length).split('/').filter((part) => part !== '');
  return { screen, rest: rest.map(decodeURIComponent), query: new URLSearchParams(location.search) };
}
