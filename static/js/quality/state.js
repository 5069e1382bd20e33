// @ts-check
/** The state of the quality page and how it changes. No browser, no clock, no network. */

import { choicesIn, questionOf, withChange } from './choices.js';

/** @typedef {import('./types.js').Quality} Quality */
/** @typedef {import('./types.js').Choices} Choices */
/** @typedef {import('../types.js').Problem} Problem */

/**
 * @typedef {{type: 'me', me: import('../types.js').Me} | {type: 'expired'} | {type: 'unmet', problem: Problem} | {type: 'hospitals', hospitals: import('../types.js').Hospital[]}
 *   | {type: 'choose', change: Partial<Choices>} | {type: 'address', search: string} | {type: 'again'} | {type: 'today', today: string}
 *   | {type: 'asked', address: string} | {type: 'answered', address: string, answer: any} | {type: 'failed', address: string, problem: Problem}
 *   | {type: 'open', ids: string[]} | {type: 'close', ids: string[]}
 *   | {type: 'settings', language?: Quality['language'], theme?: Quality['theme']}} QualityAction
 */

/** @type {import('./types.js').Asked<any>} */
const NOTHING = { address: '', phase: 'none', asking: null, about: null, answer: null, problem: null };

/**
 * @param {string} today
 * @param {string} search of the page's address
 * @param {Pick<Quality, 'language' | 'theme'>} settings
 * @returns {Quality}
 */
export function initialQuality(today, search, settings) {
  return {
    today, me: null, expired: false, unmet: null, hospitals: [], choices: choicesIn(search, today),
    answers: { quarter: NOTHING, indicators: NOTHING, lists: NOTHING }, opened: new Set(), ...settings,
  };
}

/** @param {Quality} quality @param {QualityAction} action @returns {Quality} */
export function reduceQuality(quality, action) {
  switch (action.type) {
    case 'me': return { ...quality, me: action.me, expired: false, unmet: null };
    case 'unmet': return { ...quality, unmet: action.problem };
    case 'expired': return { ...quality, expired: true };
    case 'hospitals': return { ...quality, hospitals: action.hospitals };
    case 'choose': return { ...quality, choices: withChange(quality.choices, action.change) };
    case 'address': return { ...quality, choices: choicesIn(action.search, quality.today) };
    case 'today': return { ...quality, today: action.today };
    case 'again': return withAnswer(quality, { ...quality.answers[quality.choices.view], address: '' });
    case 'asked': return withAnswer(quality, { ...quality.answers[quality.choices.view], address: action.address, phase: 'loading', asking: quality.choices, problem: null });
    case 'answered': return ofQuestion(quality, action.address, { phase: 'ready', answer: action.answer, problem: null });
    case 'failed': return ofQuestion(quality, action.address, { phase: 'failed', answer: null, problem: action.problem });
    case 'open': return { ...quality, opened: new Set([...quality.opened, ...action.ids]) };
    case 'close': return { ...quality, opened: new Set([...quality.opened].filter((id) => !action.ids.includes(id))) };
    case 'settings': return { ...quality, language: action.language ?? quality.language, theme: action.theme ?? quality.theme };
  }
}

/** What must be asked now; null when it was asked already, or nobody is there to ask for. @param {Quality} quality */
export function questionDue({ me, expired, choices, answers }) {
  const question = questionOf(choices);
  return me && !expired && answers[choices.view].address !== question ? question : null;
}

/** @param {Quality} quality @param {import('./types.js').Asked<any>} asked */
function withAnswer(quality, asked) {
  return { ...quality, answers: { ...quality.answers, [quality.choices.view]: asked } };
}

/** An answer to what nobody asks any more is dropped. @param {Quality} quality @param {string} address @param {Partial<import('./types.js').Asked<any>>} told */
function ofQuestion(quality, address, told) {
  const answers = Object.fromEntries(Object.entries(quality.answers).map(([view, asked]) => [view, asked.address === address ? { ...asked, about: asked.asking, ...told } : asked]));
  return { ...quality, answers: /** @type {import('./types.js').Answers} */ (answers) };
}
