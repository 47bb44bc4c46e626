// @ts-check
import { html } from './html.js';

const WIDTH = 120;
const HEIGHT = 26;

/** How an amount went, without axes; what it says stands in words beside it. @param {{values: number[], label: string}} props */
export function Sparkline({ values, label }) {
  if (values.length < 2) {
    return html`<svg class="sparkline" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} width=${WIDTH} height=${HEIGHT} aria-hidden="true" />`;
  }
  const most = Math.max(...values, 1);
  const points = values.map((value, index) =>
    `${(index / (values.length - 1) * (WIDTH - 2) + 1).toFixed(1)},${(HEIGHT - 2 - value / most * (HEIGHT - 4)).toFixed(1)}`).join(' ');
  return html`<svg class="sparkline" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} width=${WIDTH} height=${HEIGHT} role="img" aria-label=${label}>
    <polygon points=${`1,${HEIGHT - 1} ${points} ${WIDTH - 1},${HEIGHT - 1}`} /><polyline points=${points} /></svg>`;
}
