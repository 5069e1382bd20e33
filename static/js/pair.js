// @ts-check
/** Starts the page where the dispatch centre pairs devices. */

import { whoAmI } from './api.js';
import { PAIR_TEXTS } from './i18n/pair.js';
import { dress, recallSettings } from './keep.js';
import { PairPage } from './pair/page.js';
import { html, render } from './vendor/preact.js';

const { theme, language } = recallSettings();
dress(theme, language);
document.title = `${PAIR_TEXTS[language].title} — Uitwijk`;
// Who is no longer logged in has nothing to do here; everything else the page tells by itself.
whoAmI().catch((error) => { if (error.problem?.status === 401) location.assign('/login'); }).finally(() => {
  render(html`<${PairPage} />`, /** @type {HTMLElement} */ (document.getElementById('app')));
});
