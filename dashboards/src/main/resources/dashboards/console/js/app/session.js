// @ts-check
import { ask, Problem } from '../api/api.js';
import * as token from '../api/token.js';
import { told } from '../ui/told.js';
import { Store } from './store.js';

/**
 * @typedef {{name: string, role: string, services: string[], environments: string[]}} Who
 * @typedef {{state: 'asking'} | {state: 'out', why: string} | {state: 'in', who: Who}} Session
 */

/** Who looks at the console, by the token of this tab. @type {Store<Session>} */
export const session = new Store(/** @type {Session} */ ({ state: 'asking' }));

const RANKS = ['viewer', 'assistant', 'prober', 'approver', 'admin'];

/** @param {string} why there is no token; empty if nobody said */
export function startSession(why) {
  if (token.current() === '') {
    session.set({ state: 'out', why });
  } else {
    enter(token.current());
  }
}

/**
 * Takes a token, if the API does.
 *
 * @param {string} given the token, or the whole text of control.json
 */
export async function enter(given) {
  token.keep(given);
  session.set({ state: 'asking' });
  try {
    session.set({ state: 'in', who: await ask('/whoami') });
  } catch (e) {
    leave(e instanceof Problem && e.status === 401
      ? 'That is not the token, or not any more: a control plane has another one each time it starts.'
      : told(e));
  }
}

/** The API takes the token no more. */
export function lost() {
  leave('The control plane does not know the token any more; it was started anew, or the token ended.');
}

/** @param {string} why */
export function leave(why) {
  token.forget();
  session.set({ state: 'out', why });
}

/**
 * Whether the one who looks may do what asks for a role. The API decides; this only saves a vain click.
 *
 * @param {'viewer' | 'prober' | 'approver' | 'admin'} role
 */
export function may(role) {
  return session.value.state === 'in' && RANKS.indexOf(session.value.who.role) >= RANKS.indexOf(role);
}
