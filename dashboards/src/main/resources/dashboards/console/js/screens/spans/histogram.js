// @ts-check
import { html } from '../../ui/html.js';
import { count, several } from '../../ui/words.js';
import { duration, logScale } from './scale.js';

/** How long requests took between two points: a histogram with its percentiles, and by how much they may be off. */
const WIDTH = 360;
const HEIGHT = 170;
const TOP = 38;
const BASE = HEIGHT - 20;
const SIDE = 12;
const PERCENTILES = ['p50', 'p90', 'p99'];

/** @param {{figures: any, isWhole?: boolean}} props */
export function Latency({ figures, isWhole = false }) {
  const title = `${figures.from} → ${figures.to}`;
  if (figures.count === 0) {
    return html`<section class="card latency" aria-label=${title}><div class="head"><h3>${title}</h3></div>
      <p class="muted">No request came from ${figures.from} to ${figures.to} in this time.</p></section>`;
  }
  const sampled = figures.seen < figures.count ? `, of which ${count(figures.seen)} seen` : '';
  return html`<section class="card latency" aria-label=${title}>
    <div class="head"><h3>${title}${isWhole ? ', the whole way' : ''}</h3><span class="muted small-text">${several(figures.count, 'request')}${sampled}</span></div>
    <${Histogram} figures=${figures} title=${title} />
    <dl class="percentiles">${['min', ...PERCENTILES, 'max'].map((name) => html`<div key=${name}><dt>${name}</dt><dd>${duration(figures[name])}</dd></div>`)}</dl>
    <p class="small-text muted">${certainty(figures)}</p>
    <details><summary>The histogram as a table</summary><${Buckets} histogram=${figures.histogram} /></details>
  </section>`;
}

/** @param {any} figures */
function certainty(figures) {
  const known = figures.bound === 0 ? 'Both ends by one clock.' : `Each may be off by ${duration(figures.bound)} either way: the clocks of two hosts (the band in the chart).`;
  return figures.unbounded > 0 ? `${known} Of ${several(figures.unbounded, 'request')} nobody knows by how much: no spans between the hosts tell.` : known;
}

/** @param {{figures: any, title: string}} props */
function Histogram({ figures, title }) {
  const { bounds, counts } = figures.histogram;
  const { x, ticks } = logScale(bounds, SIDE, WIDTH - SIDE);
  const most = Math.max(1, ...counts);
  /** @param {number} many */
  const y = (many) => BASE - (BASE - TOP) * many / most;
  const words = PERCENTILES.map((name) => `${name} ${duration(figures[name])}`).join(', ');
  return html`<svg class="histogram" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label=${`Latency ${title}: ${words}`}>
    ${figures.bound > 0 && PERCENTILES.map((name) => {
      const left = x(Math.max(1, figures[name] - figures.bound));
      return html`<rect key=${`band-${name}`} class="band" x=${left} y=${TOP} width=${Math.max(0, x(figures[name] + figures.bound) - left)} height=${BASE - TOP} />`;
    })}
    ${counts.map((/** @type {number} */ many, /** @type {number} */ index) => {
      const left = x(bounds[index]);
      return many > 0 && html`<rect key=${index} class="bar" x=${left + 0.5} y=${Math.min(BASE - 1.5, y(many))} width=${Math.max(1, x(bounds[index + 1]) - left - 1)}
        height=${Math.max(1.5, BASE - y(many))}><title>${`${several(many, 'request')} of ${duration(bounds[index])} to ${duration(bounds[index + 1])}`}</title></rect>`;
    })}
    <line class="axis" x1=${SIDE} x2=${WIDTH - SIDE} y1=${BASE} y2=${BASE} />
    ${ticks.map((tick) => html`<g key=${tick}><line class="axis" x1=${x(tick)} x2=${x(tick)} y1=${BASE} y2=${BASE + 4} />
      <text x=${Math.min(WIDTH - SIDE - 8, Math.max(SIDE + 8, x(tick)))} y=${BASE + 16} text-anchor="middle">${duration(tick)}</text></g>`)}
    ${PERCENTILES.map((name, index) => {
      const at = x(figures[name]);
      const isRight = at > WIDTH * 0.7;
      return html`<g key=${name} class=${`percentile ${name}`}><line x1=${at} x2=${at} y1=${3 + index * 12} y2=${BASE} />
        <text x=${isRight ? at - 4 : at + 4} y=${11 + index * 12} text-anchor=${isRight ? 'end' : 'start'}>${`${name} ${duration(figures[name])}`}</text></g>`;
    })}
  </svg>`;
}

/** @param {{histogram: {bounds: number[], counts: number[]}}} props */
function Buckets({ histogram }) {
  return html`<table class="data"><thead><tr><th scope="col">Longer than</th><th scope="col">up to</th><th scope="col" class="number">requests</th></tr></thead>
    <tbody>${histogram.counts.map((many, index) => many > 0 && html`<tr key=${index}><td>${duration(histogram.bounds[index])}</td>
      <td>${duration(histogram.bounds[index + 1])}</td><td class="number">${count(many)}</td></tr>`)}</tbody></table>`;
}
