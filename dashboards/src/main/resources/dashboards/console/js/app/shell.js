// @ts-check
import { useEffect, useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { Help } from './help.js';
import { useKeys } from './keys.js';
import { Login } from './login.js';
import { go, pathOf, place } from './router.js';
import { SCREENS } from './screens.js';
import { leave, session } from './session.js';
import { useStore } from './store.js';
import { theme, turnTheme } from './theme.js';

/** What is around every screen: the rail that leads to the others, who looks, and the way in. */
export function Shell() {
  const at = useStore(place);
  const who = useStore(session);
  const [isHelp, help] = useState(false);
  useKeys([
    ...SCREENS.map((one) => ({ keys: `g ${one.key}`, does: `Go to ${one.title}`, run: () => go(pathOf(one.name)) })),
    { keys: '?', does: 'Show the keys', run: () => help(true) },
    { keys: 't', does: 'Turn dark, light or as the system is', run: turnTheme },
  ], []);
  return html`
    <a class="skip" href="#main">To the content</a>
    <nav class="rail" aria-label="Screens">
      <a class="logo" href="/console" aria-label="Plumbline"><img src="/console/icon.svg" alt="" width="28" height="28" /></a>
      ${SCREENS.map((one) => html`<${RailLink} key=${one.name} screen=${one} isHere=${one.name === (at.screen || SCREENS[0].name)} />`)}
      <span class="rail-rest"></span>
      <${ThemeButton} />
      <button type="button" class="rail-item" onClick=${() => help(true)}><${Icon} path="M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17h.01" />Keys</button>
      ${who.state === 'in' && html`<${Me} who=${who.who} />`}
    </nav>
    <main id="main" tabindex="-1">
      ${who.state === 'in' ? html`<${Outlet} at=${at} />` : who.state === 'out' ? html`<${Login} why=${who.why} />` : html`<p class="wait muted">…</p>`}
    </main>
    ${isHelp && html`<${Help} close=${() => help(false)} />`}`;
}

/** @param {{screen: import('./screens.js').ScreenEntry, isHere: boolean}} props */
function RailLink({ screen, isHere }) {
  return html`<a class="rail-item" href=${pathOf(screen.name)} aria-current=${isHere ? 'page' : undefined} title=${`${screen.title} (g ${screen.key})`}>
    <${Icon} path=${screen.icon} />${screen.title}</a>`;
}

/** @param {{path: string}} props */
export function Icon({ path }) {
  return html`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d=${path} /></svg>`;
}

function ThemeButton() {
  const now = useStore(theme);
  const says = { auto: 'System', dark: 'Dark', light: 'Light' }[now];
  return html`<button type="button" class="rail-item" onClick=${turnTheme} aria-label=${`Colours: ${says}`}>
    <${Icon} path="M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18" />${says}</button>`;
}

/** @param {{who: import('./session.js').Who}} props */
function Me({ who }) {
  const bounds = [...who.services, ...who.environments].join(', ');
  return html`<button type="button" class="rail-item me" onClick=${() => leave('')} title=${`${who.name}, ${who.role}${bounds && ` for ${bounds}`}: forget the token`}>
    <${Icon} path="M10 4H5v16h5M14 8l4 4-4 4M18 12H9" /><span class="me-name">${who.role}</span></button>`;
}

/** The screen that the address names. @param {{at: import('./router.js').Place}} props */
function Outlet({ at }) {
  const entry = SCREENS.find((one) => one.name === (at.screen || SCREENS[0].name));
  const [loaded, load] = useState(/** @type {{name: string, Screen: any} | null} */ (null));
  const [problem, say] = useState('');
  useEffect(() => {
    document.title = `${entry?.title ?? 'Nothing here'} · Plumbline`;
    say('');
    entry?.load().then(
      (module) => load({ name: entry.name, Screen: module.Screen }),
      (e) => say(`This screen can’t be loaded: ${e.message}. Is the control plane still there? Load the page again.`));
  }, [entry]);
  if (entry === undefined) {
    return html`<p class="empty">There is no screen ${at.screen}. <a href="/console">To the first one</a></p>`;
  }
  if (problem !== '') {
    return html`<p class="problem" role="alert">${problem}</p>`;
  }
  return loaded?.name === entry.name ? html`<${loaded.Screen} at=${at} />` : html`<p class="wait muted">…</p>`;
}
