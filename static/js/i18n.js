// @ts-check
/** Texts by key in the chosen language, and the choice of a text that came in two languages. */

import { en } from './i18n/en.js';
import { ENTRY_TEXTS } from './i18n/entry.js';
import { HOSPITAL_TEXTS } from './i18n/hospital.js';
import { nl } from './i18n/nl.js';
import { RIDE_TEXTS } from './i18n/ride.js';

/** @typedef {import('./types.js').Language} Language */
/** @typedef {keyof typeof nl | keyof typeof ENTRY_TEXTS.nl | keyof typeof RIDE_TEXTS.nl} Key */
/** @typedef {keyof typeof HOSPITAL_TEXTS.nl} HospitalKey */
/** @typedef {Record<string, string | number>} Values */

export const TEXTS = { nl: { ...nl, ...ENTRY_TEXTS.nl, ...RIDE_TEXTS.nl }, en: { ...en, ...ENTRY_TEXTS.en, ...RIDE_TEXTS.en } };

/**
 * @param {Language} language
 * @param {Key} key
 * @param {Values} [values]
 */
export function text(language, key, values) {
  return fill(TEXTS[language][key], values);
}

/**
 * @param {Language} language
 * @param {HospitalKey} key
 * @param {Values} [values]
 */
export function hospitalText(language, key, values) {
  return fill(HOSPITAL_TEXTS[language][key], values);
}

/**
 * The text in the asked language of something that the server wrote in both.
 * @param {Language} language
 * @param {string} dutch
 * @param {string | undefined} english
 */
export function said(language, dutch, english) {
  return language === 'en' && english ? english : dutch;
}

/**
 * @param {string} template
 * @param {Values} [values]
 */
export function fill(template, values = {}) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
