// @ts-check
/** What every component of the nurse's page gets: the state, the way to change it, and texts in its language. */

import { text } from '../i18n.js';

/**
 * @typedef {object} View
 * @property {import('../types.js').State} state
 * @property {import('../types.js').Dispatch} dispatch
 * @property {import('../types.js').Language} language
 * @property {(key: import('../i18n.js').Key, values?: import('../i18n.js').Values) => string} t
 */

/**
 * @param {import('../types.js').State} state
 * @param {import('../types.js').Dispatch} dispatch
 * @returns {View}
 */
export function viewOf(state, dispatch) {
  return { state, dispatch, language: state.language, t: (key, values) => text(state.language, key, values) };
}

/**
 * The name of a hospital, from the advice or the registry.
 * @param {View} view
 * @param {string} id
 */
export function hospitalName({ state }, id) {
  return state.advice.current?.options.find((option) => option.hospital === id)?.name
    ?? state.hospitals.find((hospital) => hospital.id === id)?.name ?? id;
}
