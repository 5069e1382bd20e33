// @ts-check
/** A code for a device: asked for by crew and device, then shown as QR code and letters. */

import { issueCode } from '../api.js';
import { clock } from '../format.js';
import { html, useRef, useState } from '../vendor/preact.js';
import { sayIn, whatFailed } from './words.js';

/** @typedef {import('../types.js').Language} Language */
/** @typedef {import('../types.js').IssuedCode} IssuedCode */

/** @param {{language: Language, devices: import('../types.js').Device[], onIssued: () => void}} props */
export function NewDevice({ language, devices, onIssued }) {
  const t = sayIn(language);
  const [issued, setIssued] = useState(/** @type {IssuedCode | null} */ (null));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const crewField = useRef(/** @type {HTMLInputElement | null} */ (null));
  const deviceField = useRef(/** @type {HTMLInputElement | null} */ (null));
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const crew = crewField.current?.value.trim() ?? '';
    const device = deviceField.current?.value.trim() ?? '';
    setIssued(null);
    if (!crew || !device) { setProblem(t('empty')); return; }
    setBusy(true);
    setProblem('');
    await issueCode(crew, device).then((code) => { setIssued(code); onIssued(); }, (error) => setProblem(t('failed', { detail: whatFailed(error, language) })));
    setBusy(false);
  };
  const wrong = { 'aria-invalid': problem !== '' };
  return html`<section class="card" aria-labelledby="new-title"><h2 id="new-title">${t('new')}</h2>
    <form class="pair-form" onSubmit=${submit} novalidate>
      <label class="labelled">${t('crew')}
        <input ref=${crewField} class="field" name="crew" autocomplete="off" autocapitalize="none" spellcheck=${false} maxlength="80" required aria-describedby="crew-hint pair-problem" ...${wrong} />
        <span id="crew-hint" class="hint">${t('crew.hint')}</span></label>
      <label class="labelled">${t('device')}
        <input ref=${deviceField} class="field" name="device" autocomplete="off" maxlength="60" required aria-describedby="device-hint pair-problem" ...${wrong} />
        <span id="device-hint" class="hint">${t('device.hint')}</span></label>
      <p id="pair-problem" class="problem-text" role="alert">${problem}</p>
      <button type="submit" class="button primary" disabled=${busy}>${t(busy ? 'busy' : 'issue')}</button>
    </form>
    <div role="status">${issued && isWaiting(issued, devices) && html`<${Issued} language=${language} issued=${issued} />`}</div>
  </section>`;
}

/** Whether a code may still be used: one that the list does not have yet is new. @param {IssuedCode} issued @param {import('../types.js').Device[]} devices */
function isWaiting(issued, devices) {
  const listed = devices.find(({ id }) => id === issued.id);
  return !listed || listed.state === 'waiting';
}

/** @param {{language: Language, issued: IssuedCode}} props */
function Issued({ language, issued: { crew, device, code, expires, qr } }) {
  const t = sayIn(language);
  return html`<div class="issued">
    <h3>${t('issued', { crew, device })}</h3>
    <svg viewBox=${`0 0 ${qr.size} ${qr.size}`} role="img" aria-label=${t('issued.qr')} shape-rendering="crispEdges"><path fill="currentColor" d=${qr.path} /></svg>
    <p class="issued-code">${code}</p>
    <p>${t('issued.until', { time: clock(expires, language) })}</p>
    <p class="hint">${t('issued.hint')}</p>
  </div>`;
}
