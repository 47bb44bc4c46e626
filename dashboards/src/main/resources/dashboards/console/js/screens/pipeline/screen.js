// @ts-check
import { note } from '../../app/router.js';
import { may } from '../../app/session.js';
import { html } from '../../ui/html.js';
import { Tabs } from '../../ui/parts.js';
import { Approvals } from './approvals.js';
import { Audit } from './audit.js';
import { Exporters } from './exporters.js';
import { Letters } from './letters.js';
import { Tokens } from './tokens.js';

/** What becomes of signals on their way to the backends, who changed what, and who may. */
const TABS = [
  { name: 'exporters', title: 'Exporters', Panel: Exporters },
  { name: 'letters', title: 'Dead letters', Panel: Letters },
  { name: 'audit', title: 'Audit', Panel: Audit },
  { name: 'approvals', title: 'Approvals', Panel: Approvals },
  { name: 'tokens', title: 'Tokens', Panel: Tokens },
];
/** What only an admin sees. */
const ADMINS = ['audit', 'tokens'];

/** @param {{at: import('../../app/router.js').Place}} props */
export function Screen({ at }) {
  const tab = TABS.find((one) => one.name === at.query.get('tab')) ?? TABS[0];
  /** The other tabs' filters stay behind. @param {string} name */
  const choose = (name) => note({ tab: name, q: '', exporter: '', cause: '', probe: '', id: '', before: '', since: '', all: '' });
  return html`<div class="screen pipeline">
    <header class="screen-head"><h1>Pipeline</h1></header>
    <${Tabs} label="Pipeline" tabs=${TABS} chosen=${tab.name} choose=${choose} />
    <div class="panel" role="tabpanel" aria-labelledby=${`tab-${tab.name}`}>
      ${ADMINS.includes(tab.name) && !may('admin')
        ? html`<div class="empty"><p class="empty-title">Only an admin sees this.</p>
          <p class="muted">Ask one to look, or to make you a token with the role admin: <code>plumb token create NAME --role admin</code></p></div>`
        : html`<${tab.Panel} at=${at} />`}
    </div>
  </div>`;
}
