// @ts-check
/** Starts the log-in page. */

import { LoginForm } from './components/login.js';
import { text } from './i18n.js';
import { dress, keepSettings, recallSettings } from './keep.js';
import { html, render, useState } from './vendor/preact.js';

const HOMES = /** @type {Record<string, string>} */ ({ hospital: '/hospital', gp: '/hospital' });

function LoginPage() {
  const [settings, setSettings] = useState(recallSettings);
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
  return html`<main class="login-page"><section class="card login-card">
    <div><h1>${text(language, 'app.name')}</h1><p class="hint">${text(language, 'login.lead')}</p></div>
    <${LoginForm} language=${language} onDone=${(/** @type {string} */ role) => location.assign(HOMES[role] ?? '/')} />
    <div class="login-foot"><button type="button" class="button" lang=${other} onClick=${choose}>${other === 'nl' ? 'Nederlands' : 'English'}</button></div>
  </section></main>`;
}

const { theme, language } = recallSettings();
dress(theme, language);
document.title = `${text(language, 'login.title')} — Uitwijk`;
render(html`<${LoginPage} />`, /** @type {HTMLElement} */ (document.getElementById('app')));
