// @ts-check
import { useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { usePolled } from '../../app/polled.js';
import { html } from '../../ui/html.js';
import { told } from '../../ui/told.js';
import { settings } from '../spans/jaeger.js';

/** How each place to send to is called. @type {Record<string, string>} */
const NAMES = { slack: 'Slack', jira: 'Jira' };

/** Sends a share on, to where the control plane is set up to. @param {{id: string}} props */
export function Send({ id }) {
  const targets = usePolled(settings).value?.shareTargets;
  const [sent, hear] = useState(/** @type {{to: string, url?: string, key?: string} | null} */ (null));
  const [problem, say] = useState('');
  if (targets === undefined) {
    return null;
  }
  if (targets.length === 0) {
    return html`<span class="muted small-text">To send it to Slack or Jira, set <code>control.share.slack.url</code> or <code>control.share.jira.url</code></span>`;
  }
  /** @param {string} to */
  const send = async (to) => {
    try {
      say('');
      hear(await ask(`/shares/${id}/send`, { method: 'POST', body: JSON.stringify({ to }) }));
    } catch (e) {
      say(told(e));
    }
  };
  return html`${targets.map((/** @type {string} */ to) => html`<button type="button" key=${to} class="quiet small" onClick=${() => send(to)}>To ${NAMES[to] ?? to}</button>`)}
    <span role="status">${sent !== null && (sent.url === undefined ? `Sent to ${NAMES[sent.to] ?? sent.to}.`
      : html`<a href=${sent.url} target="_blank" rel="noopener noreferrer">${sent.key ?? 'Sent'} ↗</a>`)}</span>
    ${problem !== '' && html`<span class="bad small-text" role="alert">${problem}</span>`}`;
}
