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

/**
 * Takes what the link that a control plane prints at its start brings behind '#login=', out of the address at once, and
 * gets a token of this tab's own for it. The link opens nothing a second time.
 *
 * @returns {Promise<string>} why there is none; empty otherwise
 */
export async function redeem() {
  const once = /^#login=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1];
  if (once === undefined) {
    return '';
  }
  history.replaceState(null, '', location.pathname + location.search);
  try {
    const response = await fetch('/api/v1/login', { method: 'POST', body: JSON.stringify({ once }) });
    const answer = await response.json();
    if (!response.ok) {
      return String(answer.detail);
    }
    keep(String(answer.token));
    return '';
  } catch (e) {
    return String(e instanceof Error ? e.message : e);
  }
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
