// @ts-check
/** What the page says, and what failed in words. */

import { CallFailed } from '../api.js';
import { fill } from '../i18n.js';
import { PAIR_TEXTS } from '../i18n/pair.js';

/** @typedef {import('../types.js').Language} Language */
/** @typedef {keyof typeof PAIR_TEXTS.nl} PairKey */

/** @param {Language} language */
export function sayIn(language) {
  return (/** @type {PairKey} */ key, /** @type {import('../i18n.js').Values} */ values = {}) => fill(PAIR_TEXTS[language][key], values);
}

/**
 * What the server said of an error, or that it did not answer.
 * @param {unknown} error
 * @param {Language} language
 */
export function whatFailed(error, language) {
  if (!(error instanceof CallFailed)) throw error;
  const { status, title, title_en, detail, detail_en, errors } = error.problem;
  if (status === 0) return sayIn(language)('offline');
  if (errors?.length) return errors.map((each) => (language === 'en' && each.message_en) || each.message).join('; ');
  return (language === 'en' ? detail_en ?? title_en : detail) ?? title;
}
