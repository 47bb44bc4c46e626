// @ts-check
import { useState } from 'preact/hooks';
import { pathOf } from '../../app/router.js';
import { html } from '../../ui/html.js';
import { Copy } from '../../ui/parts.js';

/** @typedef {{text: string, className: string, method: string, place: string, line: string, isOwn: boolean}} Frame className: empty in lines that are no frame */
const FRAME = /^\s*at (?:[^/\s]*\/)*([\w.$]+)\.([\w$<>]+)\((.*?)\)\s*$/;

/** The stack of a hit, or its exception's trace, each frame a link to its source. @param {{hit: any}} props */
export function Stack({ hit }) {
  const text = String(hit.exception ?? hit.stack ?? '');
  const [isAll, all] = useState(false);
  if (text === '') {
    return html`<p class="live-note muted">This signal has no stack. A snapshot has one; <code>stack: 0</code> leaves it out.</p>`;
  }
  const frames = framesOf(text, hit.exception === undefined ? hit.stackOwn : undefined);
  const others = frames.filter((one) => one.className !== '' && !one.isOwn).length;
  const shown = isAll || frames.every((one) => !one.isOwn) ? frames : frames.filter((one) => one.isOwn || one.className === '');
  return html`<div class="live-stack-tools">${others > 0 && html`<label class="check"><input type="checkbox" checked=${isAll} onChange=${() => all(!isAll)} /> ${others} of the JDK’s</label>`}
      <${Copy} label="Copy stack" text=${() => text} /></div>
    <ol class="live-stack">${shown.map((one) => html`<li class=${one.isOwn ? '' : 'muted'}>${one.className === ''
      ? html`<span class="mono bad">${one.text}</span>`
      : html`<a class="mono" href=${pathOf('source', { class: one.className, line: one.line, service: hit.service, instance: hit.instance })} title=${one.text}>${one.className.substring(one.className.lastIndexOf('.') + 1)}.${one.method}</a> <span class="mono muted">${one.place}</span>`}</li>`)}</ol>`;
}

/** @param {string} text @param {number[] | undefined} own which are not the JDK's @returns {Frame[]} */
export function framesOf(text, own) {
  return text.split('\n').filter((line) => line.trim() !== '').map((line, index) => {
    const [, className = '', method = '', place = ''] = FRAME.exec(line) ?? [];
    const isOwn = own === undefined ? !/^(java|javax|jdk|sun|com\.sun)\./.test(className) : own.includes(index);
    return { text: line.trim(), className, method, place, line: /:(\d+)$/.exec(place)?.[1] ?? '', isOwn };
  });
}
