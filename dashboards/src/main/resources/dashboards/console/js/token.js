// @ts-check
/**
 * The API's token. It is kept by the tab (sessionStorage), never in a URL, a cookie or on disk. Links from other sites
 * open new tabs, so tabs of this origin ask each other before they ask the person.
 */
const KEY = 'plumbline.token';
const PATIENCE_MILLIS = 200;
const tabs = new BroadcastChannel('plumbline.token');

tabs.addEventListener('message', (event) => {
  if (event.data === 'ask' && current() !== '') {
    tabs.postMessage({ token: current() });
  }
});

/** @returns {string} empty when this tab has none */
export function current() {
  return sessionStorage.getItem(KEY) ?? '';
}

/** @param {string} given the token, or the whole text of control.json */
export function keep(given) {
  sessionStorage.setItem(KEY, read(given));
}

export function forget() {
  sessionStorage.removeItem(KEY);
}

/**
 * This tab's token, else one of another open tab.
 *
 * @returns {Promise<string>} empty when no tab has one
 */
export async function find() {
  if (current() === '') {
    const found = await fromOtherTabs();
    if (found !== '') {
      keep(found);
    }
  }
  return current();
}

/** @returns {Promise<string>} */
function fromOtherTabs() {
  return new Promise((resolve) => {
    /** @param {MessageEvent} event */
    const heard = (event) => {
      if (typeof event.data?.token === 'string') {
        done(event.data.token);
      }
    };
    /** @param {string} token */
    const done = (token) => {
      clearTimeout(timer);
      tabs.removeEventListener('message', heard);
      resolve(token);
    };
    const timer = setTimeout(() => done(''), PATIENCE_MILLIS);
    tabs.addEventListener('message', heard);
    tabs.postMessage('ask');
  });
}

/** @param {string} given */
function read(given) {
  const text = given.trim();
  if (text.startsWith('{')) {
    try {
      return String(JSON.parse(text).token ?? '');
    } catch {
      return text;
    }
  }
  return text;
}
