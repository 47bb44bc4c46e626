// @ts-check
import * as token from './token.js';

/** Speaks to the control plane's API, as the CLI does. */
const ROOT = '/api/v1';
/** So long signals are read at a stretch before the page may draw. */
const SLICE_MILLIS = 8;

/** What the API refuses, with its sentence. */
export class Problem extends Error {
  /**
   * @param {number} status of HTTP; 0 when nothing answered
   * @param {string} detail
   * @param {number} line 1-based, in the text that was sent; 0 if the problem has no place
   * @param {number} column 1-based, or 0
   * @param {string} field of the body, as limits.hits; empty for none
   */
  constructor(status, detail, line = 0, column = 0, field = '') {
    super(detail);
    this.field = field;
    this.status = status;
    this.line = line;
    this.column = column;
    this.field = field;
  }
}

/**
 * Asks, and reads the answer as JSON.
 *
 * @param {string} path below /api/v1
 * @param {RequestInit} [init]
 * @returns {Promise<any>}
 * @throws {Problem}
 */
export async function ask(path, init = {}) {
  const response = await send(path, init);
  return response.json();
}

/**
 * Asks, and reads an answer of JSON a line.
 *
 * @param {string} path below /api/v1
 * @param {AbortSignal} [signal]
 * @returns {Promise<any[]>}
 * @throws {Problem}
 */
export async function askLines(path, signal) {
  const text = await (await send(path, { signal })).text();
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** Aborted when the page goes: a browser keeps it for 'back', and with it one of the six connections that it has for a host. */
let leaving = new AbortController();
addEventListener('pagehide', () => {
  leaving.abort();
  leaving = new AbortController();
});

/**
 * Signals of probes as they arrive, until the signal aborts, the connection ends or the page goes. A probe need not be there yet.
 *
 * @param {string | string[]} probes one or several; none for all
 * @param {AbortSignal} abort
 * @param {() => void} ready called once every signal from now on will be shown
 * @param {(signal: any, size: number) => void} take is given one signal each, as the API forms it, and how many characters it has as JSON
 * @throws {Problem}
 */
export async function tail(probes, abort, ready, take) {
  const named = [probes].flat().filter((probe) => probe !== '').map((probe) => `&probe=${encodeURIComponent(probe)}`).join('');
  const left = leaving.signal;
  try {
    const response = await send(`/tail?early=true${named}`, { signal: AbortSignal.any([abort, left]) });
    ready();
    await read(response, take);
  } catch (e) {
    if (!left.aborted) {
      throw e;
    }
  }
}

/**
 * Reads a stream of JSON a line, and leaves the page's thread free for other things in between.
 *
 * @param {Response} response
 * @param {(signal: any, size: number) => void} take
 */
async function read(response, take) {
  if (response.body === null) {
    return;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop() ?? '';
    let since = performance.now();
    for (const line of lines) {
      if (line !== '') {
        take(JSON.parse(line), line.length);
      }
      if (performance.now() - since > SLICE_MILLIS) {
        await new Promise((resolve) => setTimeout(resolve));
        since = performance.now();
      }
    }
  }
}

/**
 * The last signals of a probe that Kafka has, newest last.
 *
 * @param {string} probe
 * @param {number} limit
 * @returns {Promise<{signals: any[]}>}
 * @throws {Problem}
 */
export async function keptSignals(probe, limit) {
  return ask(`/probes/${encodeURIComponent(probe)}/signals?limit=${limit}`);
}

/**
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<Response>} a good one
 */
async function send(path, init) {
  let response;
  try {
    response = await fetch(ROOT + path, {
      ...init,
      headers: { Authorization: `Bearer ${token.current()}` },
      cache: 'no-store',
      credentials: 'omit',
    });
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') {
      throw e;
    }
    throw new Problem(0, 'The control plane does not answer; it is started with: plumb up');
  }
  if (!response.ok) {
    throw await problem(response);
  }
  return response;
}

/** @param {Response} response */
async function problem(response) {
  try {
    const said = await response.json();
    return new Problem(response.status, String(said.detail), Number(said.line ?? 0), Number(said.column ?? 0), String(said.field ?? ''));
  } catch {
    return new Problem(response.status, `The control plane answered ${response.status} without saying why`);
  }
}
