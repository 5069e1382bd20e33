// @ts-check
/** The other ways to log in: a code of the dispatch centre for this device, and an account somewhere else. */

import { getWays, pairDevice } from '../api.js';
import { text } from '../i18n.js';
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { wording } from './login.js';

/** @typedef {import('../types.js').Language} Language */

/**
 * Asks for the code; one that came in the address stands there already, but nothing is done with it unasked.
 * @param {{language: Language, given: string, onDone: (role: string) => void}} props
 */
export function PairingForm({ language, given, onDone }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const code = field.current?.value.trim() ?? '';
    if (!code) { setProblem(text(language, 'login.pair.empty')); return; }
    setBusy(true);
    setProblem('');
    await pairDevice(code).then(({ role }) => onDone(role), (error) => setProblem(wording(language, error)));
    setBusy(false);
  };
  return html`<form class="login-form" onSubmit=${submit} novalidate>
    <label class="labelled">${text(language, 'login.pair.code')}
      <input ref=${field} class="field code-field" name="pairing" value=${given} autocomplete="off" autocapitalize="characters" spellcheck=${false} maxlength="16" required
        aria-invalid=${problem !== ''} aria-describedby="pairing-problem pairing-hint" />
      <span id="pairing-hint" class="hint">${text(language, 'login.pair.hint')}</span></label>
    <p id="pairing-problem" class="problem-text" role="alert">${problem}</p>
    <button type="submit" class="button primary" disabled=${busy}>${text(language, busy ? 'login.busy' : 'login.pair.submit')}</button>
  </form>`;
}

/** A way to the provider of the organisation, where there is one. @param {{language: Language}} props */
export function OtherAccount({ language }) {
  const [openid, setOpenid] = useState(/** @type {import('../types.js').Ways['openid']} */ (null));
  // Without an answer there is simply no button: the form above it works or says what is the matter.
  useEffect(() => { getWays().then((ways) => setOpenid(ways.openid), () => {}); }, []);
  return openid && html`<a class="button wide" href=${openid.address}>${text(language, 'login.openid', { label: openid.label })}</a>`;
}
