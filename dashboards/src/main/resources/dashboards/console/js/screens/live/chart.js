// @ts-check
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { theme } from '../../app/theme.js';
import { useStore } from '../../app/store.js';
import { html } from '../../ui/html.js';

const HEIGHT = 190;
/** The colours of lines: --line-1 … in css/live.css. */
const COLOURS = 8;

/**
 * Lines over time with a legend that tells the values under the pointer.
 *
 * @param {{title: string, unit: string, times: number[], lines: {label: string, values: (number | null)[]}[]}} props
 */
export function Chart({ title, unit, times, lines }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const plot = useRef(/** @type {uPlot | null} */ (null));
  const look = useStore(theme);
  const names = lines.map((one) => one.label).join('\n');
  const data = /** @type {any} */ ([times.map((one) => one / 1_000), ...lines.map((one) => one.values)]);
  useEffect(() => {
    const at = /** @type {HTMLElement} */ (box.current);
    const made = new uPlot(options(at, lines), data, at);
    plot.current = made;
    const sizes = new ResizeObserver(() => made.setSize({ width: at.clientWidth, height: HEIGHT }));
    sizes.observe(at);
    return () => {
      sizes.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [names, look]);
  useEffect(() => {
    plot.current?.setData(data);
    if (plot.current?.cursor.left === undefined || plot.current.cursor.left < 0) {
      plot.current?.setLegend({ idx: lastOf(lines) });
    }
  }, [times, lines]);
  return html`<figure class="chart"><figcaption><b>${title}</b> <span class="muted">${unit}</span></figcaption>
    <div class="chart-box" ref=${box} role="img" aria-label=${`${title}${unit === '' ? '' : `, ${unit}`}: ${said(lines)}`}></div></figure>`;
}

/** The last value of each line, for who does not see it. @param {{label: string, values: (number | null)[]}[]} lines */
function said(lines) {
  return lines.map((one) => `${one.label} ${amount([...one.values].reverse().find((value) => value !== null) ?? null)}`).join(', ');
}

/** @param {number | null} value */
export function amount(value) {
  return value === null ? '–' : Number(value.toPrecision(4)).toLocaleString('en');
}

/** The newest column of which something is known. @param {{values: (number | null)[]}[]} lines */
function lastOf(lines) {
  return Math.max(0, ...lines.map((one) => one.values.reduce((/** @type {number} */ last, value, index) => (value === null ? last : index), 0)));
}

/** @param {HTMLElement} at @param {{label: string}[]} lines @returns {uPlot.Options} */
function options(at, lines) {
  const axis = { stroke: colour(at, '--muted'), grid: { stroke: colour(at, '--edge'), width: 1 }, ticks: { stroke: colour(at, '--edge'), width: 1 } };
  return {
    width: at.clientWidth,
    height: HEIGHT,
    cursor: { drag: { x: false, y: false } },
    axes: [{ ...axis, space: 80, values: (_, ticks) => ticks.map((one) => new Date(one * 1_000).toTimeString().substring(0, 8)) }, { ...axis, size: 58, values: (_, ticks) => ticks.map((one) => amount(one)) }],
    scales: { y: { range: (_, low, high) => [Math.min(0, low ?? 0), (high ?? 0) <= 0 ? 1 : high * 1.1] } },
    series: [
      { label: 'at', value: (_, time) => (time === null ? '' : new Date(time * 1_000).toTimeString().substring(0, 8)) },
      ...lines.map((one, index) => ({
        label: one.label,
        stroke: colour(at, `--line-${(index % COLOURS) + 1}`),
        width: 2,
        dash: index < COLOURS ? [] : [6, 4],
        points: { show: true, size: 4 },
        value: (/** @type {uPlot} */ _, /** @type {number | null} */ value) => amount(value),
      })),
    ],
  };
}

/** What a variable of the page's colours is now, as canvases need it. @param {HTMLElement} at @param {string} name */
export function colour(at, name) {
  const before = at.style.color;
  at.style.color = `var(${name})`;
  const found = getComputedStyle(at).color;
  at.style.color = before;
  return found;
}
