// @ts-check
import { render } from 'preact';
import * as token from '../api/token.js';
import { html } from '../ui/html.js';
import { followLinks } from './router.js';
import { startSession } from './session.js';
import { Shell } from './shell.js';
import { applyTheme } from './theme.js';

/** Starts the console: the look first, then who looks, then the screen that the address names. */
applyTheme();
followLinks();
const why = await token.redeem();
await token.find();
startSession(why);
const root = document.getElementById('app');
if (root !== null) {
  root.replaceChildren();
  render(html`<${Shell} />`, root);
}
