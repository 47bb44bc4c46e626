// @ts-check
/** The few ways in which the console touches its page. Text goes in as text only; nothing here takes HTML. */

/**
 * The element with this id.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new (...any: any[]) => T} [type]
 * @returns {T}
 * @throws {Error} when the page has no such element: a defect of the page
 */
export function byId(id, type) {
  const found = document.getElementById(id);
  if (found === null || (type !== undefined && !(found instanceof type))) {
    throw new Error(`the page has no ${id}`);
  }
  return /** @type {T} */ (found);
}

/**
 * A new element with text or children.
 *
 * @param {string} name
 * @param {string} className empty for none
 * @param {...(string | Node)} content a string becomes a text node
 * @returns {HTMLElement}
 */
export function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className !== '') {
    made.className = className;
  }
  made.append(...content);
  return made;
}

/**
 * Changes a text only if it is another, so that screen readers hear it once.
 *
 * @param {HTMLElement} target
 * @param {string} text
 */
export function say(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}
