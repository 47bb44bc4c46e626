// @ts-check
/**
 * Makes a location of what a link says about a stack frame. Sentry sends `filename` and `lineNo` (its documentation and
 * its page agree; `lineno` is what its events call it); our own links send `class` and `line`, or `at`. All of it is
 * somebody else's text.
 *
 * @typedef {{at: string, origin: string, note: string}} Place at: for the form, perhaps without a line or empty;
 *     origin: what the link said, for people; note: what to add or to mind, or empty
 */

const NAME = /^[\p{L}_$-][\p{L}\p{N}_$.-]*$/u;
const FILE = /\.(java|kt|kts|scala|groovy|jsp)$/;
const LINE = /^[1-9][0-9]{0,5}$/;
const MAX_CHARS = 300;

/**
 * @param {URLSearchParams} query
 * @returns {Place}
 */
export function placeOf(query) {
  const at = value(query, 'at');
  if (at !== '') {
    return { at, origin: '', note: '' };
  }
  const type = outermost(value(query, 'class') || value(query, 'module'));
  const file = lastName(value(query, 'filename'));
  const line = value(query, 'line') || value(query, 'lineNo') || value(query, 'lineno');
  const hasLine = LINE.test(line);
  const name = NAME.test(type) ? type : NAME.test(file) && FILE.test(file) ? file : '';
  return {
    at: name === '' ? '' : `${name}:${hasLine ? line : ''}`,
    origin: origin(value(query, 'class') || value(query, 'filename'), line, value(query, 'projectSlug')),
    note: note(name, file, hasLine, type !== '' || file !== '' || line !== ''),
  };
}

/**
 * The class that a source line is named by: without the classes in it, their lambdas and proxies, which a location of the
 * outermost one means as well, and without the module or loader in front.
 *
 * @param {string} type a binary name: `shop.Cart$Line`, `shop.Cart$$Lambda/0x7f`, `app//shop.Cart`
 */
export function outermost(type) {
  const simple = type.lastIndexOf('.', type.includes('$') ? type.indexOf('$') : type.length) + 1;
  const dollar = type.indexOf('$', simple + 1);
  const outer = dollar < 0 ? type : type.substring(0, dollar);
  return outer.substring(outer.lastIndexOf('/') + 1);
}

/** @param {string} path */
function lastName(path) {
  return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/**
 * @param {URLSearchParams} query
 * @param {string} name
 */
function value(query, name) {
  return (query.get(name) ?? '').trim().substring(0, MAX_CHARS);
}

/**
 * @param {string} frame
 * @param {string} line
 * @param {string} project
 */
function origin(frame, line, project) {
  if (frame === '') {
    return '';
  }
  const place = line === '' ? frame : `${frame}, line ${line}`;
  return project === '' ? `From ${place}` : `From ${place} in Sentry’s project ${project}`;
}

/**
 * @param {string} name
 * @param {string} file
 * @param {boolean} hasLine
 * @param {boolean} isGiven
 */
function note(name, file, hasLine, isGiven) {
  if (!isGiven) {
    return '';
  }
  if (name === '') {
    return 'The frame names no class and no source file of Java, Kotlin, Scala, Groovy or JSP; write the line here.';
  }
  if (!hasLine) {
    return 'The frame has no line; write it behind the colon.';
  }
  return name === file ? 'Every class with code from a file of this name is meant; write the class in front to mean one.' : '';
}
