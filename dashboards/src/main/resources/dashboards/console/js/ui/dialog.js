// @ts-check
import { useEffect, useRef } from 'preact/hooks';
import { html } from './html.js';

/**
 * A dialog over the page, which has the focus until it is closed, by its button, Escape or a click beside it.
 *
 * @param {{title: string, close: () => void, wide?: boolean, children?: any}} props
 */
export function Dialog({ title, close, wide = false, children }) {
  const shown = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    shown.current?.showModal();
  }, []);
  /** @param {Event} event */
  const beside = (event) => event.target === shown.current && close();
  return html`<dialog ref=${shown} class=${wide ? 'wide' : ''} aria-label=${title} onClose=${close} onClick=${beside}>
    <div class="dialog-body">
      <div class="head"><h2>${title}</h2><button type="button" class="quiet" onClick=${close} aria-label="Close">✕</button></div>
      ${children}
    </div>
  </dialog>`;
}
