// @ts-check
/** Says in words how a probe stands, from what the API shows of it. */

const INSTALLED = new Set(['installed', 'emitting', 'sampling']);
const EMITTING = new Set(['emitting', 'sampling']);

/**
 * @typedef {{text: string, isBad: boolean, isOver: boolean, details: Detail[]}} Progress
 * @typedef {{instance: string, text: string, isBad: boolean}} Detail
 */

/**
 * @param {any} probe as GET /probes/ID gives it
 * @param {number} version of the definition that is meant; reports of earlier ones are passed over
 * @returns {Progress}
 */
export function progressOf(probe, version) {
  /** @type {any[]} */
  const reports = probe.reports.filter((/** @type {any} */ report) => report.version === version);
  const details = reports.map(detail);
  const isBad = reports.some((report) => report.state === 'rejected' || report.state === 'suspended');
  return { text: text(probe, reports), isBad, isOver: probe.expired === true, details };
}

/**
 * @param {any} probe
 * @param {any[]} reports
 */
function text(probe, reports) {
  if (probe.expired) {
    return 'expired';
  }
  if (probe.off) {
    return 'switched off';
  }
  const all = Math.max(probe.targets.length, reports.length);
  if (all === 0) {
    return 'no running instance is meant; it is set where one starts';
  }
  if (reports.length === 0) {
    return `sent to ${all === 1 ? '1 instance' : all + ' instances'}, no word yet`;
  }
  const parts = [share('installed', reports, (state) => INSTALLED.has(state), all)];
  parts.push(share('emitting', reports, (state) => EMITTING.has(state), all));
  ['pending', 'rejected', 'suspended', 'expired', 'off'].forEach((word) => {
    parts.push(share(word, reports, (state) => state === word, all));
  });
  return parts.filter((part) => part !== '').join(' · ');
}

/**
 * @param {string} word
 * @param {any[]} reports
 * @param {(state: string) => boolean} holds
 * @param {number} all
 */
function share(word, reports, holds, all) {
  const count = reports.filter((report) => holds(report.state)).length;
  return count === 0 ? '' : `${word} ${count}/${all}`;
}

/**
 * @param {any} report
 * @returns {Detail}
 */
function detail(report) {
  const state = report.state === 'sampling' ? `sampling 1/${report.cost?.every}` : String(report.state);
  const emitted = report.emitted > 0 ? `, ${Number(report.emitted).toLocaleString('en')} hits emitted` : '';
  const reason = report.reason ? `: ${report.reason}` : '';
  return {
    instance: String(report.instance),
    text: state + emitted + reason,
    isBad: report.state === 'rejected' || report.state === 'suspended',
  };
}
