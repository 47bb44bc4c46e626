// @ts-check
import { scope } from './code.js';

/** Completes what an expression may name at a line: variables with their types, and members behind a dot. */

/** A name with what led to it: a.b(c)[d].pref */
const PATH = /(?:[\w$]+(?:\([^()]*\)|\[[^\]]*\])*\s*\.\s*)*[\w$]*$/;
const SHORT = /\b(?:[a-z_][\w]*\.)+(?=[A-Z])/g;

/**
 * @param {import('./code.js').Whom} whom
 * @param {string} at
 * @param {boolean} isTemplate where expressions stand in braces only
 * @returns {(context: import('@codemirror/autocomplete').CompletionContext) => Promise<any>}
 */
export function completionAt(whom, at, isTemplate) {
  return async (context) => {
    const before = context.state.sliceDoc(0, context.pos);
    const hole = isTemplate ? before.lastIndexOf('{') : -1;
    if ((isTemplate && (hole < 0 || before.lastIndexOf('}') > hole)) || inText(before.substring(hole + 1))) {
      return null;
    }
    const path = PATH.exec(before.substring(hole + 1))?.[0] ?? '';
    const dot = path.lastIndexOf('.');
    const prefix = path.substring(dot + 1).trimStart();
    if (prefix === '' && dot < 0 && !context.explicit && !(isTemplate && before.endsWith('{'))) {
      return null;
    }
    const names = await namesOf(whom, at, path.substring(0, Math.max(0, dot)).replace(/\s+/g, ''));
    return names.length === 0 ? null : { from: context.pos - prefix.length, options: names.map(optionOf), validFor: /^[\w$]*$/ };
  };
}

/** @param {import('./code.js').Whom} whom @param {string} at @param {string} path @returns {Promise<any[]>} */
async function namesOf(whom, at, path) {
  try {
    const here = await scope(whom, at, '');
    if (path === '') {
      return here.names;
    }
    const type = here.names.find((/** @type {any} */ one) => one.name === path)?.type;
    const inside = type === undefined ? undefined : here.members[type];
    return inside?.length > 0 ? inside : (await scope(whom, at, path)).names;
  } catch {
    // where nothing can be said of a place, nothing is offered
    return [];
  }
}

/** @param {any} name */
function optionOf({ name, type, kind, redacted }) {
  const open = name.indexOf('(');
  const hasParameters = open >= 0 && name.charAt(open + 1) !== ')';
  return {
    label: name,
    apply: hasParameters ? name.substring(0, open + 1) : name,
    type: redacted ? 'hidden' : 'variable',
    detail: redacted ? 'hidden by redaction' : `${type.replace(SHORT, '')}${kind === 'local' || kind === 'method' ? '' : ` ${kind}`}`,
    boost: redacted ? -60 : { parameter: 20, local: 20, this: 0, field: 10, special: -20 }[/** @type {string} */ (kind)] ?? 0,
  };
}

/** Whether a text literal is open. @param {string} before */
function inText(before) {
  return (before.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}
