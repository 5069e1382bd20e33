// @ts-check
/** Starts the log-in page. */

import { LoginForm } from './components/login.js';
import { OtherAccount, PairingForm } from './components/pairing.js';
import { text } from './i18n.js';
import { dress, keepSettings, recallSettings } from './keep.js';
import { html, render, useState } from './vendor/preact.js';

const HOMES = /** @type {Record<string, string>} */ ({ hospital: '/hospital', gp: '/hospital', dispatcher: '/dispatch' });
const REFUSED = /** @type {const} */ ({ access: 'login.refused.access', provider: 'login.refused.provider', waiting: 'login.many' });

function LoginPage() {
  const [settings, setSettings] = useState(recallSettings);
  const [pairing, setPairing] = useState(GIVEN !== '');
  const { language } = settings;
  /** @type {import('./types.js').Language} */
  const other = language === 'nl' ? 'en' : 'nl';
  const choose = () => {
    const chosen = { ...settings, language: other };
    keepSettings(chosen, settings);
    dress(chosen.theme, chosen.language);
    document.title = `${text(other, 'login.title')} — Uitwijk`;
    setSettings(chosen);
  };
  const go = (/** @type {string} */ role) => location.assign(HOMES[role] ?? '/');
  return html`<main class="login-page"><section class="card login-card">
    <div><h1>${text(language, 'app.name')}</h1><p class="hint">${text(language, 'login.lead')}</p></div>
    ${WHY && html`<p class="problem-text" role="alert">${text(language, REFUSED[WHY])}</p>`}
    ${pairing ? html`<${PairingForm} language=${language} given=${GIVEN} onDone=${go} />` : html`<${LoginForm} language=${language} onDone=${go} /><${OtherAccount} language=${language} />`}
    <div class="login-foot">
      <button type="button" class="button" onClick=${() => setPairing(!pairing)}>${text(language, pairing ? 'login.pair.back' : 'login.pair')}</button>
      <button type="button" class="button" lang=${other} onClick=${choose}>${other === 'nl' ? 'Nederlands' : 'English'}</button>
    </div>
    <a class="button wide" href="/about">${text(language, 'login.about')}</a>
  </section></main>`;
}

/** Takes a code out of the address, so that it stays in no history. */
function takeCode() {
  const code = new URLSearchParams(location.hash.slice(1)).get('pair') ?? '';
  if (code) history.replaceState(null, '', location.pathname);
  return code.slice(0, 16);
}

/** @returns {keyof typeof REFUSED | null} */
function whyRefused() {
  const why = new URLSearchParams(location.search).get('refused');
  return why === 'access' || why === 'provider' || why === 'waiting' ? why : null;
}

const GIVEN = takeCode();
const WHY = whyRefused();
const { theme, language } = recallSettings();
dress(theme, language);
document.title = `${text(language, 'login.title')} — Uitwijk`;
render(html`<${LoginPage} />`, /** @type {HTMLElement} */ (document.getElementById('app')));
