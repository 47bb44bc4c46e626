// @ts-check
import { letterOf } from './gutter.js';
import { rateText } from './rates.js';

/** What the gutter shows at each line, by what stands there. */

const BAD = ['rejected', 'suspended'];

/**
 * @param {import('./placed.js').Placed[]} placed
 * @param {{at: string, name: string}[]} building points of the span that is being built, in this class
 * @param {import('./line-index.js').LineIndex} index
 * @param {import('./rates.js').Rates} rates
 * @returns {import('./gutter.js').Marks}
 */
export function marksOf(placed, building, index, rates) {
  /** @type {Map<number, import('./gutter.js').Mark>} */
  const marks = new Map();
  [...new Set(placed.map((one) => one.line))].forEach((line) => {
    const here = placed.filter((one) => one.line === line);
    marks.set(line, {
      kind: letterOf(here[0].kind, here[0].point),
      count: here.length,
      tone: here.map((one) => toneOf(one.probe)).sort((a, b) => RANKS.indexOf(a) - RANKS.indexOf(b))[0],
      rate: sumOf(here.map((one) => rates.of(one.probe))),
      title: here.map((one) => titleOf(one, rates)).join('\n'),
    });
  });
  building.forEach(({ at, name }) => {
    const line = Number(at.substring(at.lastIndexOf(':') + 1));
    marks.set(line, { kind: name, count: 1, tone: 'building', rate: -1, title: `Point ${name} of the span that is being built` });
  });
  return { marks, can: (line) => index.has(line) };
}

/** Worst first. */
const RANKS = ['bad', 'warn', 'good', 'muted'];

/** The tone of a probe's state over all instances. @param {any} probe */
export function toneOf(probe) {
  const states = Object.keys(probe.summary?.states ?? {});
  if (probe.off || probe.expired || probe.definition.enabled === false) {
    return 'muted';
  }
  if (states.some((state) => BAD.includes(state))) {
    return 'bad';
  }
  return states.includes('sampling') ? 'warn' : states.includes('installed') || states.includes('emitting') ? 'good' : 'muted';
}

/** The states of a probe in words. @param {any} probe */
export function statesOf(probe) {
  if (probe.off || probe.definition.enabled === false) {
    return 'off';
  }
  const states = Object.entries(probe.summary?.states ?? {});
  if (probe.expired) {
    return 'expired';
  }
  if (states.length === 0) {
    return (probe.targets ?? []).length > 0 ? 'sent' : 'no instance is meant';
  }
  return states.map(([state, count]) => (states.length === 1 ? state : `${state} ${count}`)).join(', ');
}

/** @param {number[]} rates */
function sumOf(rates) {
  return rates.every((one) => one < 0) ? -1 : rates.reduce((sum, one) => sum + Math.max(0, one), 0);
}

/** @param {import('./placed.js').Placed} one @param {import('./rates.js').Rates} rates */
function titleOf({ probe, kind, point }, rates) {
  return `${probe.id}: ${kind}${point && ` point ${point}`}, ${statesOf(probe)}${rateText(rates.of(probe)) && `, ${rateText(rates.of(probe))}`}`;
}
