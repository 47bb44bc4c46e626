// @ts-check
import { useEffect, useRef, useState } from 'preact/hooks';
import { theme } from '../../app/theme.js';
import { useStore } from '../../app/store.js';
import { html } from '../../ui/html.js';
import { amount, colour } from './chart.js';

const ROW_PIXELS = 16;
const MOST_PIXELS = 320;

/**
 * How many values fell into each bucket of a histogram over time: the darker, the more. The rows are buckets, the lowest at the bottom.
 *
 * @param {{title: string, unit: string, rows: (number | null)[][], bounds: number[], times: number[]}} props
 */
export function HeatMap({ title, unit, rows, bounds, times }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const look = useStore(theme);
  const [told, tell] = useState('');
  const [first, last] = used(rows);
  const shown = rows.slice(first, last + 1);
  const high = Math.min(MOST_PIXELS, Math.max(3, shown.length) * ROW_PIXELS);
  const most = Math.max(1e-9, ...shown.flat().map((one) => one ?? 0));
  useEffect(() => {
    const at = /** @type {HTMLCanvasElement} */ (canvas.current);
    const draw = () => paint(at, shown, most, high);
    const sizes = new ResizeObserver(draw);
    sizes.observe(at);
    draw();
    return () => sizes.disconnect();
  }, [rows, look]);
  /** @param {number} row */
  const range = (row) => `${row === 0 ? '≤' : `${amount(bounds[row - 1])} –`} ${row < bounds.length ? amount(bounds[row]) : '∞'}`;
  /** @param {MouseEvent} event */
  const point = (event) => {
    const at = /** @type {HTMLCanvasElement} */ (canvas.current);
    const column = Math.floor((event.offsetX / at.clientWidth) * times.length);
    const row = first + shown.length - 1 - Math.floor((event.offsetY / high) * shown.length);
    tell(rows[row]?.[column] === undefined ? '' : `${new Date(times[column]).toTimeString().substring(0, 8)} · ${range(row)} ${unit} · ${amount(rows[row][column])}`);
  };
  return html`<figure class="chart"><figcaption><b>${title}</b> <span class="muted">heat map, ${unit || 'values'}</span> <span class="mono">${told}</span></figcaption>
    <div class="heat"><div class="heat-axis mono muted" aria-hidden="true"><span>${range(last)}</span><span>${range(first)}</span></div>
      <canvas ref=${canvas} style=${{ height: `${high}px` }} role="img" onMouseMove=${point} onMouseLeave=${() => tell('')}
        aria-label=${`${title}: values by bucket, ${shown.map((row, index) => `${range(first + index)}: ${amount(row.reduce((/** @type {number} */ sum, one) => sum + (one ?? 0), 0))}`).join('; ')}`}></canvas></div>
  </figure>`;
}

/** The lowest and the highest bucket that anything fell into. @param {(number | null)[][]} rows @returns {[number, number]} */
function used(rows) {
  const has = rows.map((row) => row.some((one) => (one ?? 0) > 0));
  return has.includes(true) ? [has.indexOf(true), has.lastIndexOf(true)] : [0, Math.max(0, rows.length - 1)];
}

/** @param {HTMLCanvasElement} at @param {(number | null)[][]} rows @param {number} most @param {number} high */
function paint(at, rows, most, high) {
  const scale = devicePixelRatio;
  at.width = at.clientWidth * scale;
  at.height = high * scale;
  const pen = at.getContext('2d');
  if (pen === null) {
    return;
  }
  pen.fillStyle = colour(at, '--sunk');
  pen.fillRect(0, 0, at.width, at.height);
  pen.fillStyle = colour(at, '--accent');
  const [wide, tall] = [at.width / rows[0].length, at.height / rows.length];
  rows.forEach((row, index) => row.forEach((one, column) => {
    if (one !== null && one > 0) {
      pen.globalAlpha = 0.12 + 0.88 * Math.sqrt(one / most);
      pen.fillRect(Math.floor(column * wide), Math.floor((rows.length - 1 - index) * tall), Math.ceil(wide), Math.ceil(tall) - scale);
    }
  }));
}
