// @ts-check
/** Starts the quality page. */

import { CallFailed, listHospitals, whoAmI } from './api.js';
import { toLocalInput } from './format.js';
import { QUALITY_TEXTS } from './i18n/quality.js';
import { dress, keepSettings, recallSettings } from './keep.js';
import { getReport } from './quality/calls.js';
import { addressOf } from './quality/choices.js';
import { QualityPage } from './quality/page.js';
import { initialQuality, questionDue, reduceQuality } from './quality/state.js';
import { html, render } from './vendor/preact.js';

const AGAIN_MS = 5000;
const MINUTE_MS = 60_000;

/** @typedef {import('./quality/state.js').QualityAction} QualityAction */

let quality = initialQuality(dayNow(), location.search, recallSettings());
const root = /** @type {HTMLElement} */ (document.getElementById('app'));
dressPage();

/** @param {QualityAction} action */
function dispatch(action) {
  const before = quality;
  quality = reduceQuality(quality, action);
  keepSettings(quality, before);
  if (quality.theme !== before.theme || quality.language !== before.language) dressPage();
  if (action.type === 'choose' && quality.choices !== before.choices) keepAddress(quality.choices.view !== before.choices.view);
  const question = questionDue(quality);
  if (question) ask(question);
  else paint();
}

function paint() {
  render(html`<${QualityPage} quality=${quality} dispatch=${dispatch} onLogin=${meet} />`, root);
}

function dayNow() {
  return toLocalInput(Date.now()).slice(0, 10);
}

function dressPage() {
  dress(quality.theme, quality.language);
  document.title = `${QUALITY_TEXTS[quality.language].title} — Uitwijk`;
}

/** Another part is a step that "back" undoes; another filter is not. @param {boolean} step */
function keepAddress(step) {
  const address = addressOf(quality.choices);
  if (step) history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}

/** @param {string} address */
function ask(address) {
  dispatch({ type: 'asked', address });
  getReport(address).then((answer) => dispatch({ type: 'answered', address, answer }), (error) => {
    if (!(error instanceof CallFailed)) throw error;
    if (error.problem.status === 401) dispatch({ type: 'expired' });
    dispatch({ type: 'failed', address, problem: error.problem });
  });
}

/** Who looks, and at which hospitals; after a log-in what failed is asked again. */
function meet() {
  whoAmI().then((me) => {
    dispatch({ type: 'me', me });
    if (quality.answers[quality.choices.view].phase === 'failed') dispatch({ type: 'again' });
    listHospitals().then((hospitals) => dispatch({ type: 'hospitals', hospitals }), () => {});
  }, (error) => {
    if (!(error instanceof CallFailed)) throw error;
    if (error.problem.status === 401) return location.assign('/login');
    dispatch({ type: 'unmet', problem: error.problem });
    setTimeout(meet, AGAIN_MS);
  });
}

// A page may stay open over night.
setInterval(() => { if (dayNow() !== quality.today) dispatch({ type: 'today', today: dayNow() }); }, MINUTE_MS);
addEventListener('popstate', () => dispatch({ type: 'address', search: location.search }));
paint();
meet();
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
