// @ts-check
/** Logging in: on its own page, and over the nurse's page when the session has expired. */

import { CallFailed, logIn } from '../api.js';
import { text } from '../i18n.js';
import { html, useEffect, useRef, useState } from '../vendor/preact.js';

/** @typedef {import('../types.js').Language} Language */

/** @param {{language: Language, onDone: (role: string) => void}} props */
export function LoginForm({ language, onDone }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const nameField = useRef(/** @type {HTMLInputElement | null} */ (null));
  const passwordField = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => nameField.current?.focus(), []);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const name = nameField.current?.value.trim() ?? '';
    const password = passwordField.current?.value ?? '';
    if (!name || !password) { setProblem(text(language, 'login.empty')); return; }
    setBusy(true);
    setProblem('');
    await logIn(name, password).then(({ role }) => onDone(role), (error) => setProblem(wording(language, error)));
    setBusy(false);
  };
  return html`<form class="login-form" onSubmit=${submit} novalidate>
    <label class="labelled">${text(language, 'login.name')}
      <input ref=${nameField} class="field" name="username" autocomplete="username" autocapitalize="none" spellcheck=${false} required
        aria-invalid=${problem !== ''} aria-describedby="login-problem" /></label>
    <label class="labelled">${text(language, 'login.password')}
      <input ref=${passwordField} class="field" name="password" type="password" autocomplete="current-password" required
        aria-invalid=${problem !== ''} aria-describedby="login-problem" /></label>
    <p id="login-problem" class="problem-text" role="alert">${problem}</p>
    <button type="submit" class="button primary" disabled=${busy}>${text(language, busy ? 'login.busy' : 'login.submit')}</button>
  </form>`;
}

/** @param {Language} language @param {unknown} error */
function wording(language, error) {
  if (!(error instanceof CallFailed)) throw error;
  const { status, title, detail } = error.problem;
  if (status === 0) return text(language, 'login.offline');
  if (status === 401) return text(language, 'login.wrong');
  if (status === 429) return text(language, 'login.many');
  return text(language, 'login.failed', { detail: detail ?? title });
}

/** The session is over: log in again, the patient's facts stay. @param {{view: import('./context.js').View, onDone: () => void}} props */
export function ExpiredSession({ view: { language, t }, onDone }) {
  return html`<div class="overlay"><section class="card" role="dialog" aria-modal="true" aria-labelledby="expired-title">
    <h2 id="expired-title">${t('login.expired')}</h2>
    <p>${t('login.expired.hint')}</p>
    <${LoginForm} language=${language} onDone=${onDone} />
  </section></div>`;
}
