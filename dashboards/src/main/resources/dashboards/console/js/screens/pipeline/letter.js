// @ts-check
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { may } from '../../app/session.js';
import { html } from '../../ui/html.js';
import { Copy, Trouble } from '../../ui/parts.js';
import { told } from '../../ui/told.js';
import { count, day, several } from '../../ui/words.js';

/** One dead letter with what is in it. @param {{id: string, known: any[]}} props */
export function Letter({ id, known }) {
  const [letter, show] = useState(/** @type {any} */ (null));
  const [problem, say] = useState('');
  const [answer, hear] = useState('');
  useEffect(() => {
    if (id !== '') {
      ask(`/deadletters/${encodeURIComponent(id)}`).then(show, (e) => say(told(e)));
    }
  }, [id, answer]);
  const replay = async () => {
    try {
      say('');
      hear(replayWords(await ask('/deadletters/replay', { method: 'POST', body: JSON.stringify({ ids: [id] }) })));
    } catch (e) {
      say(told(e));
    }
  };
  if (id === '') {
    return html`<aside class="split-one muted"><p>Choose a letter to see what is in it, and to send it again.</p></aside>`;
  }
  return html`<aside class="split-one" aria-label="Dead letter">
    <${Trouble} text=${problem} />
    ${letter !== null && html`
      <div class="head"><h2>${letter.exporter}: ${letter.cause || 'given up'}</h2></div>
      <p>${letter.reason}</p>
      <dl class="facts">
        <div><dt>Given up</dt><dd>${day(letter.time)}, ${several(letter.attempts, 'time')}</dd></div>
        <div><dt>Stood in</dt><dd class="mono">${letter.topic}-${letter.partition} at ${letter.offset}</dd></div>
        <div><dt>Size</dt><dd>${several(letter.bytes, 'byte')}</dd></div>
        ${letter.probe !== '' && html`<div><dt>Probe</dt><dd><code>${letter.probe}</code></dd></div>`}
      </dl>
      <div class="would"><p><strong>If it is sent again:</strong> ${would(letter, known)}</p>
        <div class="foot"><button type="button" class="small" disabled=${!may('admin') || !letter.readable} onClick=${replay}
          title=${may('admin') ? '' : 'This needs the role admin'}>Send it again</button></div>
        <p role="status">${answer}</p></div>
      ${letter.note && html`<p class="muted">${letter.note}</p>`}
      ${(letter.signals ?? []).map((/** @type {any} */ signal, /** @type {number} */ index) => html`<div key=${index}>
        <div class="head"><span class="muted small-text">${signal.kind} of ${signal.service}</span><${Copy} text=${() => JSON.stringify(signal, null, 2)} label="Copy as JSON" /></div>
        <pre tabindex="0" aria-label=${`Signal ${index + 1}`}>${JSON.stringify(signal, null, 2)}</pre></div>`)}
      ${letter.raw && html`<pre tabindex="0" aria-label="First bytes">${letter.raw}</pre>`}`}
  </aside>`;
}

/** @param {any} letter @param {any[]} known */
function would(letter, known) {
  if (!letter.readable) {
    return 'it can’t be: what is in it is no signal. It stays here until the topic’s retention ends it.';
  }
  const runs = known.some((one) => one.name === letter.exporter && one.processes.some((/** @type {any} */ process) => !process.silent));
  return `only ${letter.exporter} gets it, ${runs ? 'at once' : 'when it runs; nowhere does it run now'}. The record keeps its id, so a backend that has it already does not `
    + `take it twice, where it can tell. What made it refuse (“${letter.reason}”) must be remedied first, or it comes back here${letter.replayed ? '. It was sent again once already' : ''}.`;
}

/** What was done, in words. @param {any} done */
export function replayWords(done) {
  const sent = Object.entries(done.byExporter).map(([exporter, many]) => `${count(Number(many))} to ${exporter}`).join(', ');
  const away = done.away.length === 0 ? '' : ` ${done.away.join(', ')} runs nowhere now; they wait for it.`;
  const refused = done.refused.length === 0 ? '' : ` ${several(done.refused.length, 'letter')} can’t be sent: ${done.refused[0].reason}`;
  return `${several(done.sent, 'signal')} sent${sent === '' ? '' : `: ${sent}`}.${away}${refused}`;
}
