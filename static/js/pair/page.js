// @ts-check
/** Devices of crews: a code for a new one, and the list of those that are paired. */

import { listDevices, logOut } from '../api.js';
import { dress, keepSettings, recallSettings } from '../keep.js';
import { html, useCallback, useEffect, useState } from '../vendor/preact.js';
import { DeviceList } from './list.js';
import { NewDevice } from './new.js';
import { sayIn, whatFailed } from './words.js';

const EVERY_MS = 5000;
/** Without a code that waits for its device nothing is about to change. */
const SELDOM_MS = 60_000;

/** @typedef {import('../types.js').Device} Device */

export function PairPage() {
  const [settings, setSettings] = useState(recallSettings);
  const [devices, setDevices] = useState(/** @type {Device[] | null} */ (null));
  const [problem, setProblem] = useState('');
  const { language } = settings;
  const t = sayIn(language);
  const refresh = useCallback(() => listDevices().then((found) => { setDevices(found); setProblem(''); }, (error) => {
    if (error.problem?.status === 401) location.assign('/login');
    setProblem(t('list.failed', { detail: whatFailed(error, language) }));
  }), [language]);
  useEffect(() => {
    refresh();
  }, [refresh]);
  const isWaiting = (devices ?? []).some(({ state }) => state === 'waiting');
  useEffect(() => {
    const timer = setInterval(refresh, isWaiting ? EVERY_MS : SELDOM_MS);
    return () => clearInterval(timer);
  }, [refresh, isWaiting]);
  const choose = () => {
    const chosen = { ...settings, language: /** @type {import('../types.js').Language} */ (language === 'nl' ? 'en' : 'nl') };
    keepSettings(chosen, settings);
    dress(chosen.theme, chosen.language);
    document.title = `${sayIn(chosen.language)('title')} — Uitwijk`;
    setSettings(chosen);
  };
  const leave = () => logOut().catch(() => {}).then(() => location.assign('/login'));
  return html`<div class="pair-page">
    <header class="pair-head"><h1>${t('title')}</h1><div>
      <a class="button" href="/">${t('back')}</a>
      <button type="button" class="button" lang=${language === 'nl' ? 'en' : 'nl'} onClick=${choose}>${language === 'nl' ? 'English' : 'Nederlands'}</button>
      <button type="button" class="button" onClick=${leave}>${t('logout')}</button>
    </div></header>
    <main class="pair-parts">
      <${NewDevice} language=${language} devices=${devices ?? []} onIssued=${refresh} />
      <section class="card" aria-labelledby="devices-title"><h2 id="devices-title">${t('list')}</h2>
        <p class="problem-text" role="alert">${problem}</p>
        ${devices && html`<${DeviceList} language=${language} devices=${devices} onEnded=${refresh} />`}
      </section>
    </main>
  </div>`;
}
