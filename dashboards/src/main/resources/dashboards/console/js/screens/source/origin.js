// @ts-check
import { html } from '../../ui/html.js';

/** Says where a source is from and whether it is what runs. */
/** @type {Record<string, string>} */
const KINDS = { folder: 'Folder', git: 'Git', 'sources-jar': 'Sources jar', decompiled: 'Decompiled from the running class' };

/** @param {{source: any, children?: any}} props as GET /source answers */
export function OriginBar({ source, children }) {
  const { origin, mismatch } = source;
  const commit = origin.commit ? ` at ${String(origin.commit).substring(0, 10)}` : '';
  const runs = [source.version && `version ${source.version}`, source.commit && `commit ${String(source.commit).substring(0, 10)}`].filter(Boolean).join(', ');
  return html`<div class="origin">
    <p class="origin-line"><span class="name" title=${source.file || source.class}>${nameOf(source)}</span>
      <span class="muted where" title=${`${origin.where ?? ''} ${origin.commit ?? ''}`}>${KINDS[origin.kind] ?? origin.kind}${commit}${origin.kind === 'decompiled' ? '' : ` · ${origin.where}`}</span>
      <span class="muted where" title=${source.instance}>runs on ${source.instance}${runs && ` · ${runs}`}</span></p>
    ${children}
    ${mismatch && html`<p class="mismatch" role="status"><strong>This source may not be what runs:</strong> ${mismatch.detail || mismatch.reason}</p>`}
  </div>`;
}

/** @param {any} source */
function nameOf({ file, class: type }) {
  return file === '' ? type : file.substring(file.lastIndexOf('/') + 1);
}
