// @ts-check
/** The devices of the past month, and logging one out in two steps. */

import { endDevice } from '../api.js';
import { dayClock } from '../format.js';
import { html, useState } from '../vendor/preact.js';
import { sayIn, whatFailed } from './words.js';

/** @typedef {import('../types.js').Device} Device */
/** @typedef {import('../types.js').Language} Language */

const CAN_END = new Set(['waiting', 'paired']);

/** @param {{language: Language, devices: Device[], onEnded: () => void}} props */
export function DeviceList({ language, devices, onEnded }) {
  const t = sayIn(language);
  const [asked, setAsked] = useState('');
  const [told, setTold] = useState('');
  const [problem, setProblem] = useState('');
  const end = (/** @type {Device} */ { id, crew, device }) => endDevice(id).then(() => {
    setAsked('');
    setTold(t('end.done', { crew, device }));
    setProblem('');
    onEnded();
  }, (error) => setProblem(t('failed', { detail: whatFailed(error, language) })));
  return html`<p role="status">${told}</p><p class="problem-text" role="alert">${problem}</p>
    ${devices.length === 0 && html`<p class="hint">${t('list.empty')}</p>`}
    <ul class="device-list" aria-label=${t('list')}>${devices.map((each) => html`<li key=${each.id}>
      <div><b>${each.crew}</b><span>${each.device}</span><small>${since(each, language)}</small></div>
      <span class="device-state" data-state=${each.state}>${t(`state.${each.state}`)}</span>
      ${CAN_END.has(each.state) && (asked === each.id
        ? html`<button type="button" class="button danger" onClick=${() => end(each)}>${t('end.sure')}</button>`
        : html`<button type="button" class="button" aria-label=${t('end.of', { crew: each.crew, device: each.device })} onClick=${() => setAsked(each.id)}>${t('end')}</button>`)}
    </li>`)}</ul>`;
}

/** Who issued it and when, and when it was last used. @param {Device} device @param {Language} language */
function since({ issued_by: by, issued_at: issuedAt, seen_at: seenAt }, language) {
  const t = sayIn(language);
  const now = Date.now();
  const issued = t('by', { by, time: dayClock(issuedAt, now, language) });
  return seenAt ? `${issued}; ${t('seen', { time: dayClock(seenAt, now, language) })}` : issued;
}
