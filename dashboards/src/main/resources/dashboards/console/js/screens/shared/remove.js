// @ts-check
import { useState } from 'preact/hooks';
import { ask } from '../../api/api.js';
import { may, session } from '../../app/session.js';
import { html } from '../../ui/html.js';
import { Sure } from '../../ui/parts.js';
import { told } from '../../ui/told.js';

/** Removes a share, for who made it and for admins. @param {{share: any, removed: () => void}} props */
export function Remove({ share, removed }) {
  const [problem, say] = useState('');
  const isOurs = may('admin') || (session.value.state === 'in' && session.value.who.name === share.by);
  const remove = async () => {
    try {
      await ask(`/shares/${share.id}`, { method: 'DELETE' });
      removed();
    } catch (e) {
      say(told(e));
    }
  };
  return isOurs && html`<${Sure} label="Remove" sure="The link will lead nowhere." run=${remove} />${problem !== '' && html`<span class="bad" role="alert">${problem}</span>`}`;
}
