// @ts-check
/** What survives a reload: settings on the device, the patient's facts in this tab alone. */

import { reviveFacts } from './state/facts.js';

const FACTS = 'uitwijk.facts';
const LANGUAGE = 'uitwijk.language';
const THEME = 'uitwijk.theme';
const RIDE = 'uitwijk.ride';
const RIDE_KEPT_MS = 12 * 3_600_000;

/** @typedef {import('./types.js').State} State */

/** @returns {Pick<State, 'language' | 'theme' | 'facts'>} */
export function recall() {
  return { ...recallSettings(), facts: reviveFacts(parse(read(sessionStorage, FACTS))) };
}

/** @returns {Pick<State, 'language' | 'theme'>} */
export function recallSettings() {
  const theme = read(localStorage, THEME);
  return {
    language: read(localStorage, LANGUAGE) === 'en' ? 'en' : 'nl',
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  };
}

/** @param {State} state @param {State} before */
export function keep(state, before) {
  if (state.facts !== before.facts) write(sessionStorage, FACTS, JSON.stringify(state.facts));
  keepSettings(state, before);
}

/** @param {Pick<State, 'language' | 'theme'>} settings @param {Pick<State, 'language' | 'theme'>} before */
export function keepSettings(settings, before) {
  if (settings.language !== before.language) write(localStorage, LANGUAGE, settings.language);
  if (settings.theme !== before.theme) write(localStorage, THEME, settings.theme);
}

/** Forgets the patient and the ride, for a log-out. */
export function forgetPatient() {
  write(sessionStorage, FACTS, '');
  forgetRide();
}

/** The ride as the server told it last: it is found again when the device was off. @param {import('./types.js').Ride} ride */
export function keepRide(ride) {
  write(localStorage, RIDE, JSON.stringify(ride));
}

export function forgetRide() {
  write(localStorage, RIDE, '');
}

/** @returns {import('./types.js').Ride | null} */
export function recallRide() {
  const kept = /** @type {any} */ (parse(read(localStorage, RIDE)));
  const recent = kept && Date.now() - Date.parse(kept.opened_at) < RIDE_KEPT_MS;
  return recent && typeof kept.id === 'string' && Array.isArray(kept.proposals) ? kept : null;
}

/** @param {State['theme']} theme @param {State['language']} language */
export function dress(theme, language) {
  const root = document.documentElement;
  root.lang = language;
  if (theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = theme;
}

/** Whether the page is dark now, by choice or by the device. */
export function isDark(/** @type {State['theme']} */ theme) {
  return theme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}

/** Storage may be switched off by the device's owner; the page works without. */
function read(/** @type {Storage} */ storage, /** @type {string} */ key) {
  try { return storage.getItem(key); } catch { return null; }
}

/** @param {Storage} storage @param {string} key @param {string} value */
function write(storage, key, value) {
  try { storage.setItem(key, value); } catch { /* nothing to lose: it is a convenience */ }
}

/** @param {string | null} json @returns {unknown} */
function parse(json) {
  try { return json ? JSON.parse(json) : null; } catch { return null; }
}
