// @ts-check
/** Logging in: on its own page, and over the nurse's page when the session has expired. */

import { CallFailed, logIn } from '../api.js';
import { text } from '../i18n.js';
import { html, useEffect, useRef, useState } from '../vendor/preact.js';

/** @typedef {import('../types.js').Language} Language */

/** @param {{language: Language, onDone: (role: string) => void}} props */
export function LoginForm({ language, onDone }) {
  const [busy, setBusy] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const [problem, setProblem] = useState('');
  const nameField = useField();
  const passwordField = useField();
  const codeField = useField();
  useEffect(() => nameField.current?.focus(), []);
  useEffect(() => { if (asksCode) codeField.current?.focus(); }, [asksCode]);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const name = nameField.current?.value.trim() ?? '';
    const password = passwordField.current?.value ?? '';
    const code = codeField.current?.value.trim() ?? '';
    if (!name || !password) { setProblem(text(language, 'login.empty')); return; }
    if (asksCode && !code) { setProblem(text(language, 'login.code.empty')); return; }
    setBusy(true);
    setProblem('');
    await logIn(name, password, code).then(({ role }) => onDone(role), (error) => {
      if (isAbout(error, 'second-factor-needed')) { setAsksCode(true); return; }
      if (codeField.current) codeField.current.value = '';
      setProblem(wording(language, error));
    });
    setBusy(false);
  };
  const wrong = { 'aria-invalid': problem !== '', 'aria-describedby': 'login-problem' };
  return html`<form class="login-form" onSubmit=${submit} novalidate>
    <label class="labelled">${text(language, 'login.name')}
      <input ref=${nameField} class="field" name="username" autocomplete="username" autocapitalize="none" spellcheck=${false} required ...${wrong} /></label>
    <label class="labelled">${text(language, 'login.password')}
      <input ref=${passwordField} class="field" name="password" type="password" autocomplete="current-password" required ...${wrong} /></label>
    ${asksCode && html`<label class="labelled">${text(language, 'login.code')}
      <input ref=${codeField} class="field" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="8" required ...${wrong} />
      <span class="hint">${text(language, 'login.code.hint')}</span></label>`}
    <p id="login-problem" class="problem-text" role="alert">${problem}</p>
    <button type="submit" class="button primary" disabled=${busy}>${text(language, busy ? 'login.busy' : 'login.submit')}</button>
  </form>`;
}

function useField() {
  return useRef(/** @type {HTMLInputElement | null} */ (null));
}

/** @param {unknown} error @param {string} kind */
function isAbout(error, kind) {
  return error instanceof CallFailed && error.problem.type === `urn:uitwijk:problem:${kind}`;
}

/**
 * What is the matter, for who logs in.
 * @param {Language} language
 * @param {unknown} error
 */
export function wording(language, error) {
  if (!(error instanceof CallFailed)) throw error;
  const { status, title, detail, detail_en: english } = error.problem;
  if (status === 0) return text(language, 'login.offline');
  if (isAbout(error, 'wrong-code')) return text(language, 'login.code.wrong');
  if (isAbout(error, 'second-factor-missing')) return text(language, 'login.code.missing');
  if (isAbout(error, 'wrong-pairing-code')) return text(language, 'login.pair.wrong');
  if (status === 401) return text(language, 'login.wrong');
  if (status === 429) return text(language, 'login.many');
  return text(language, 'login.failed', { detail: (language === 'en' ? english : detail) ?? title });
}

/** The session is over: log in again, the patient's facts stay. @param {{view: import('./context.js').View, onDone: () => void}} props */
export function ExpiredSession({ view: { language, t }, onDone }) {
  return html`<div class="overlay"><section class="card" role="dialog" aria-modal="true" aria-labelledby="expired-title">
    <h2 id="expired-title">${t('login.expired')}</h2>
    <p>${t('login.expired.hint')}</p>
    <${LoginForm} language=${language} onDone=${onDone} />
  </section></div>`;
}
