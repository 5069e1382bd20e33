// @ts-check
/** What every part of the dispatch centre's page gets: the state, a way to change it, and words. */

import { fill, text } from '../i18n.js';
import { DISPATCH_TEXTS } from '../i18n/dispatch.js';

/** @typedef {import('./state.js').Control} Control */
/** @typedef {(action: import('./state.js').ControlAction) => void} ControlDispatch */
/** @typedef {(key: keyof typeof DISPATCH_TEXTS.nl, values?: import('../i18n.js').Values) => string} Say */
/** @typedef {(key: import('../i18n.js').Key, values?: import('../i18n.js').Values) => string} SayShared */
/** @typedef {{t: Say, shared: SayShared, language: import('../types.js').Language}} Words */
/** @typedef {Words & {control: Control, dispatch: ControlDispatch, act: import('./act.js').Act, names: Map<string, string>}} ControlView */

/** @type {Map<string, Words>} */
const known = new Map();

/** The words of a language; the same functions each time, so that what uses them need not be painted again. @param {import('../types.js').Language} language @returns {Words} */
export function wordsOf(language) {
  const words = known.get(language) ?? {
    language,
    t: (key, values) => fill(DISPATCH_TEXTS[language][key], values),
    shared: (key, values) => text(language, key, values),
  };
  known.set(language, words);
  return words;
}
