// @ts-check
/** What every part of the quality page gets: the state, a way to change it, and words. */

import { fill, said, text } from '../i18n.js';
import { QUALITY_TEXTS } from '../i18n/quality.js';

/** @typedef {(action: import('./state.js').QualityAction) => void} QualityDispatch */
/** @typedef {(key: keyof typeof QUALITY_TEXTS.nl, values?: import('../i18n.js').Values) => string} Say */
/** @typedef {(key: import('../i18n.js').Key, values?: import('../i18n.js').Values) => string} SayShared */
/** @typedef {(both: import('./types.js').Both) => string} SayBoth */
/** @typedef {{quality: import('./types.js').Quality, dispatch: QualityDispatch, language: import('../types.js').Language, t: Say, shared: SayShared, both: SayBoth}} QualityView */

/** @param {import('./types.js').Quality} quality @param {QualityDispatch} dispatch @returns {QualityView} */
export function viewOf(quality, dispatch) {
  const { language } = quality;
  return {
    quality, dispatch, language,
    t: (key, values) => fill(QUALITY_TEXTS[language][key], values),
    shared: (key, values) => text(language, key, values),
    both: ({ nl, en }) => said(language, nl, en),
  };
}
