// @ts-check
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';

/** Rows kept in the page above and below what is seen. */
const SPARE = 8;

/**
 * A long list of rows of one height, of which the page holds only those that are seen. Rows can be walked with the arrow
 * keys; Enter opens one.
 *
 * @param {{
 *   rows: any[], height: number, draw: (row: any, index: number) => any, label: string,
 *   keyOf: (row: any, index: number) => string | number, chosen?: number, choose?: (index: number) => void, stick?: boolean,
 *   atEnd?: (isThere: boolean) => void, className?: (row: any) => string,
 * }} props height in pixels; draw makes the inside of a row; stick keeps the end in sight while rows come there; atEnd is told
 *   when who reads leaves the end or comes back to it
 */
export function VirtualList({ rows, height, draw, label, keyOf, chosen = -1, choose = () => {}, stick = false, atEnd = () => {}, className = () => '' }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const told = useRef(atEnd);
  told.current = atEnd;
  const [seen, see] = useState({ top: 0, high: 600 });
  useEffect(() => {
    const at = /** @type {HTMLElement} */ (box.current);
    let top = 0;
    const look = () => {
      const isEnd = at.scrollTop + at.clientHeight >= at.scrollHeight - 2;
      if (isEnd || at.scrollTop < top - 1) {
        told.current(isEnd);
      }
      top = at.scrollTop;
      see({ top, high: at.clientHeight });
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(at);
    at.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      at.removeEventListener('scroll', look);
    };
  }, []);
  useLayoutEffect(() => {
    if (stick && box.current !== null) {
      box.current.scrollTop = rows.length * height;
    }
  }, [rows, stick]);
  useEffect(() => {
    if (chosen >= 0 && box.current !== null && !stick) {
      reveal(chosen);
    }
  }, [chosen]);
  const first = Math.max(0, Math.floor(seen.top / height) - SPARE);
  const last = Math.min(rows.length, Math.ceil((seen.top + seen.high) / height) + SPARE);
  /** @param {number} index */
  const reveal = (index) => {
    const at = /** @type {HTMLElement} */ (box.current);
    at.scrollTop = Math.min(Math.max(at.scrollTop, (index + 1) * height - at.clientHeight), index * height);
  };
  /** @param {number} to */
  const go = (to) => {
    const index = Math.max(0, Math.min(rows.length - 1, to));
    choose(index);
    reveal(index);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const page = Math.floor(seen.high / height);
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, PageDown: chosen + page, PageUp: chosen - page, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined && rows.length > 0) {
      event.preventDefault();
      go(to);
    }
  };
  return html`<div class="list" ref=${box} tabindex="0" role="listbox" aria-label=${label} onKeyDown=${key}
      aria-activedescendant=${chosen >= first && chosen < last ? `row-${chosen}` : undefined}>
    <div class="list-all" style=${{ height: `${rows.length * height}px` }}>
      ${rows.slice(first, last).map((row, index) => html`
        <div key=${keyOf(row, first + index)} id=${`row-${first + index}`} class=${`list-row ${className(row)}`} role="option" aria-selected=${first + index === chosen}
          aria-posinset=${first + index + 1} aria-setsize=${rows.length}
          style=${{ top: `${(first + index) * height}px`, height: `${height}px` }} onClick=${() => choose(first + index)}>
          ${draw(row, first + index)}
        </div>`)}
    </div>
  </div>`;
}
