// @ts-check
import htm from 'htm';
import { h } from 'preact';

/**
 * Elements as a tagged template: html`<p class=${name}>${text}</p>`. Values become text or attributes, never HTML.
 *
 * @type {(strings: TemplateStringsArray, ...values: any[]) => any}
 */
export const html = htm.bind(h);
