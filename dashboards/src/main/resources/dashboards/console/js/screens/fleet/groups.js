// @ts-check
/** Puts instances in order and together, and finds versions that differ. Pure. */

/** What one may group by: label, and how it is called. @type {{label: string, name: string, title: string}[]} */
export const GROUPINGS = [
  { name: 'service', label: 'service', title: 'Service' },
  { name: 'environment', label: 'environment', title: 'Environment' },
  { name: 'namespace', label: 'k8s.namespace.name', title: 'Namespace' },
  { name: 'deployment', label: 'k8s.deployment.name', title: 'Deployment' },
  { name: 'version', label: 'version', title: 'Version' },
  { name: 'host', label: 'host', title: 'Host' },
];

/** @type {Record<string, {title: string, order: (a: any, b: any) => number}>} */
export const ORDERS = {
  service: { title: 'Service', order: (a, b) => text(a, 'service').localeCompare(text(b, 'service')) || a.id.localeCompare(b.id) },
  state: { title: 'State', order: (a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id) },
  started: { title: 'Newest first', order: (a, b) => b.started - a.started },
  cpu: { title: 'Processor', order: (a, b) => (b.cpu ?? -1) - (a.cpu ?? -1) },
  version: { title: 'Version', order: (a, b) => text(a, 'version').localeCompare(text(b, 'version'), 'en', { numeric: true }) || a.id.localeCompare(b.id) },
};

/** @param {any} instance @param {string} label */
export function text(instance, label) {
  return String(instance.labels[label] ?? '');
}

/** @param {any} instance */
export function stateOf(instance) {
  return instance.off ? 'off' : instance.alive ? 'running' : instance.running ? 'silent' : 'ended';
}

/** What needs a look comes first. @param {any} instance */
function rank(instance) {
  return ['silent', 'off', 'running', 'ended'].indexOf(stateOf(instance));
}

/**
 * @param {any[]} instances in order
 * @param {string} label
 * @returns {{name: string, instances: any[]}[]} by name; those without the label last
 */
export function groupsOf(instances, label) {
  /** @type {Map<string, any[]>} */
  const groups = new Map();
  instances.forEach((one) => {
    const name = text(one, label);
    const group = groups.get(name);
    group === undefined ? groups.set(name, [one]) : group.push(one);
  });
  return [...groups].map(([name, each]) => ({ name, instances: each }))
    .sort((a, b) => Number(a.name === '') - Number(b.name === '') || a.name.localeCompare(b.name));
}

/**
 * Of running instances, those whose version is not that of most of their service's in the same environment; likewise the agent's.
 *
 * @param {any[]} instances
 * @returns {Map<string, string>} in words, by the instance's id
 */
export function differing(instances) {
  const running = instances.filter((one) => one.alive);
  const differs = new Map();
  groupsOf(running.map((one) => ({ ...one, labels: { ...one.labels, kin: `${text(one, 'service')} ${text(one, 'environment')}` } })), 'kin')
    .forEach((kin) => mark(kin.instances, (one) => text(one, 'version') || 'no version', 'version', differs));
  mark(running, (one) => one.agentVersion, 'agent', differs);
  return differs;
}

/** How often each is there. @param {any[]} instances @param {(one: any) => string} of @returns {[string, number][]} most first */
export function tally(instances, of) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  instances.forEach((one) => counts.set(of(one), (counts.get(of(one)) ?? 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** @param {any[]} kin @param {(one: any) => string} of @param {string} word @param {Map<string, string>} differs */
function mark(kin, of, word, differs) {
  const counts = tally(kin, of);
  if (counts.length < 2) {
    return;
  }
  // where as many have one as the other, each differs
  const usual = counts[0][1] === counts[1][1] ? null : counts[0][0];
  const all = counts.map(([version, many]) => `${many} × ${version}`).join(', ');
  kin.filter((one) => of(one) !== usual).forEach((one) =>
    differs.set(one.id, [differs.get(one.id), `${word} differs: ${all}`].filter((part) => part !== undefined).join('; ')));
}
