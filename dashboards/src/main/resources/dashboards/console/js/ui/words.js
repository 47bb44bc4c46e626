// @ts-check
/** Times, amounts and ages in words, the same everywhere in the console. */

/** @param {number} millis since the epoch */
export function clock(millis) {
  const time = new Date(millis);
  return `${time.toTimeString().substring(0, 8)}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

/** @param {number} millis since the epoch */
export function day(millis) {
  const time = new Date(millis);
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${time.toTimeString().substring(0, 8)}`;
}

/** A length of time, in the unit that reads best. @param {number} millis */
export function span(millis) {
  const units = /** @type {[number, string][]} */ ([[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'min'], [1_000, 's'], [1, 'ms']]);
  const [size, unit] = units.find(([one]) => millis >= one) ?? [0.001, 'µs'];
  const amount = millis / size;
  return `${amount >= 100 ? Math.round(amount) : Number(amount.toPrecision(3))} ${unit}`;
}

/** @param {number} value */
export function count(value) {
  return value.toLocaleString('en');
}

/** @param {number} amount @param {string} one @param {string} [many] */
export function several(amount, one, many = `${one}s`) {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

/** @param {number} share of one */
export function percent(share) {
  return share === 0 ? '0 %' : `${Number((share * 100).toPrecision(2))} %`;
}

/** @param {number} value */
function two(value) {
  return String(value).padStart(2, '0');
}
