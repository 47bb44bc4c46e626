// @ts-check
import { useEffect, useMemo, useState } from 'preact/hooks';
import { note } from '../../app/router.js';
import { feed } from '../../data/live-feed.js';
import { columns, growth, heat, percentile, STEP_MILLIS, values } from '../../data/metric-history.js';
import { html } from '../../ui/html.js';
import { Empty } from '../../ui/parts.js';
import { Chart } from './chart.js';
import { HeatMap } from './heat-map.js';

/** @typedef {import('../../data/metric-history.js').Series} Series */
/** @typedef {{label: string, values: (number | null)[]}} Line */

const MOST_LINES = 12;
const FEWEST_COLUMNS = 12;
const SHARES = /** @type {[string, number][]} */ ([['p50', 0.5], ['p90', 0.9], ['p99', 0.99]]);

/** What the chosen probes measure, in charts that several probes share. @param {{probes: any[], chosen: string[]}} props */
export function MetricsPane({ probes, chosen }) {
  const now = useSeconds();
  const isSplit = chosen.length === 1;
  const groups = useMemo(() => grouped(feed.metrics.of(chosen)), [now, chosen]);
  const times = useMemo(() => seen(columns(now), groups), [now, groups]);
  const rates = groups.filter((one) => one.type !== 'gauge').flatMap((one) => (isSplit ? byLabels(one.series) : [one]).map((part) => (
    { label: part.label, values: perSecond(growth(part.series, times, one.type === 'histogram' ? (point) => point.count : (point) => point.value)) })));
  const gauges = groups.filter((one) => one.type === 'gauge').flatMap((one) => one.series.map((series) => ({ label: labelOf(series), values: values(series, times) })));
  const histograms = groups.filter((one) => one.type === 'histogram').map((one) => ({ ...one, rows: heat(one.series, times), bounds: one.series[0].bounds }));
  const shares = histograms.flatMap((one) => SHARES.map(([name, share]) => ({ label: `${one.label} ${name}`, values: percentile(one.rows, one.bounds, share) })));
  return html`<div class="live-tools"><h2>Charts</h2><p class="muted small-text">the last ten minutes, as far as this page has seen them</p>
      <div class="live-buttons"><button type="button" class="quiet small" onClick=${() => note({ view: 'hits' })}>Hits</button></div></div>
    <div class="live-charts" tabindex="0" role="region" aria-label="Charts of what is measured">
      ${groups.length === 0 && html`<${Empty} title=${probes.some((one) => chosen.includes(one.id)) ? 'No point yet.' : 'No probe is chosen.'}>
        ${chosen.length === 0 ? 'Choose probes that count or measure; several share their charts.' : 'Agents send their metrics every few seconds, once the line was hit.'}</${Empty}>`}
      <${Part} title="Rate" unit="a second" lines=${rates} times=${times} />
      <${Part} title="Value" unit=${unitOf(groups, 'gauge')} lines=${gauges} times=${times} />
      <${Part} title="Percentiles" unit=${unitOf(groups, 'histogram')} lines=${shares} times=${times} />
      ${histograms.map((one) => html`<${HeatMap} key=${one.label} title=${one.label} unit=${one.series[0].unit} rows=${one.rows} bounds=${one.bounds} times=${times} />`)}
    </div>`;
}

/** @param {{title: string, unit: string, lines: Line[], times: number[]}} props */
function Part({ title, unit, lines, times }) {
  if (lines.length === 0) {
    return null;
  }
  return html`<${Chart} title=${title} unit=${unit} times=${times} lines=${lines.slice(0, MOST_LINES)} />
    ${lines.length > MOST_LINES && html`<p class="muted small-text">${lines.length - MOST_LINES} further series are not drawn; choose fewer probes.</p>`}`;
}

/** The columns since the first point, so that a page that was just opened draws no ten minutes of nothing. @param {number[]} times @param {{series: Series[]}[]} groups */
function seen(times, groups) {
  const first = Math.min(...groups.flatMap((one) => one.series.map((series) => series.points[0].time)));
  return times.filter((one, index) => one >= first || index >= times.length - FEWEST_COLUMNS);
}

/** Time that goes on while the page is to be seen, step by step with the columns. */
function useSeconds() {
  const [now, set] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => document.hidden || set(Date.now()), STEP_MILLIS / 5);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Each probe's metrics, over all labels and instances. @param {Series[]} all */
function grouped(all) {
  /** @type {Map<string, {label: string, type: string, series: Series[]}>} */
  const groups = new Map();
  all.forEach((series) => {
    const label = `${series.probe} ${series.name}`;
    const group = groups.get(label) ?? { label, type: series.type, series: [] };
    groups.set(label, group);
    group.series.push(series);
  });
  return [...groups.values()];
}

/** @param {Series[]} all of one metric @returns {{label: string, series: Series[]}[]} */
function byLabels(all) {
  const parts = /** @type {Map<string, Series[]>} */ (new Map());
  all.forEach((series) => parts.set(labelOf(series), [...(parts.get(labelOf(series)) ?? []), series]));
  return [...parts].map(([label, series]) => ({ label, series }));
}

/** @param {Series} series */
function labelOf(series) {
  const labels = Object.entries(series.labels).map(([name, value]) => `${name}=${value}`).join(' ');
  return labels === '' ? series.name : `${series.name} ${labels}`;
}

/** @param {(number | null)[]} grown @returns {(number | null)[]} */
function perSecond(grown) {
  return grown.map((one) => (one === null ? null : (1_000 * one) / STEP_MILLIS));
}

/** @param {{type: string, series: Series[]}[]} groups @param {string} type */
function unitOf(groups, type) {
  return [...new Set(groups.filter((one) => one.type === type).map((one) => one.series[0].unit))].filter((one) => one !== '').join(', ');
}
