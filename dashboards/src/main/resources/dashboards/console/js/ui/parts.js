// @ts-check
import { useState } from 'preact/hooks';
import { html } from './html.js';

/** Small parts that every screen uses. */

const GOOD = new Set(['installed', 'emitting', 'delivering', 'running']);
const BAD = new Set(['rejected', 'suspended', 'unauthorized', 'stopped', 'no-kafka', 'silent', 'lost']);

/** A state as a badge; its word says it, the colour only helps. @param {{state: string, text?: string, title?: string}} props */
export function State({ state, text = state, title = '' }) {
  const tone = GOOD.has(state) ? 'good' : BAD.has(state) ? 'bad' : state === 'sampling' || state === 'retrying' ? 'warn' : 'muted';
  return html`<span class=${`badge ${tone}`} title=${title}>${text}</span>`;
}

/** What went wrong, where there is something. @param {{text: string}} props */
export function Trouble({ text }) {
  return text === '' ? null : html`<p class="trouble" role="alert">${text}</p>`;
}

/** In place of a list that has nothing: why, and what to do. @param {{title: string, children?: any}} props */
export function Empty({ title, children }) {
  return html`<div class="empty"><p class="empty-title">${title}</p><div class="muted">${children}</div></div>`;
}

/** Name and value as one chip. @param {{name: string, value: string}} props */
export function Chip({ name, value }) {
  return html`<span class="chip"><span class="muted">${name}</span> ${value}</span>`;
}

/**
 * Tabs over what one of them shows.
 *
 * @param {{label: string, tabs: {name: string, title: any}[], chosen: string, choose: (name: string) => void}} props
 */
export function Tabs({ label, tabs, chosen, choose }) {
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      const at = tabs.findIndex((one) => one.name === chosen);
      const to = tabs[(at + step + tabs.length) % tabs.length].name;
      choose(to);
      document.getElementById(`tab-${to}`)?.focus();
    }
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} onKeyDown=${key}>${tabs.map((one) => html`
    <button type="button" role="tab" id=${`tab-${one.name}`} key=${one.name} aria-selected=${one.name === chosen}
      tabindex=${one.name === chosen ? 0 : -1} onClick=${() => choose(one.name)}>${one.title}</button>`)}</div>`;
}

/** Puts a text on the clipboard. @param {{text: () => string, label?: string}} props */
export function Copy({ text, label = 'Copy' }) {
  const [said, say] = useState(label);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      say('Copied');
    } catch {
      say('The browser forbids it');
    }
    setTimeout(() => say(label), 1_500);
  };
  return html`<button type="button" class="quiet small" onClick=${copy}>${said}</button>`;
}

/** Asks once more before something that others feel. @param {{label: string, sure: string, run: () => void, disabled?: boolean}} props */
export function Sure({ label, sure, run, disabled = false }) {
  const [asks, ask] = useState(false);
  if (!asks) {
    return html`<button type="button" class="quiet small" disabled=${disabled} onClick=${() => ask(true)}>${label}</button>`;
  }
  return html`<span class="sure" role="group" aria-label=${sure}>${sure}
    <button type="button" class="small danger" autofocus onClick=${() => { ask(false); run(); }}>Yes</button>
    <button type="button" class="quiet small" onClick=${() => ask(false)}>No</button></span>`;
}
