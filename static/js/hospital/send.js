// @ts-check
/** What the hospital's page does: sent, and what came of it told where it was asked. */

import { CallFailed } from '../api.js';

/** By how much a time is moved with one press. */
export const STEP_MS = 15 * 60_000;

/** @typedef {import('./page.js').DeskView} DeskView */

/** @param {DeskView} view @param {() => Promise<unknown>} act @param {() => string} words said when it was done */
export async function send({ dispatch }, act, words) {
  dispatch({ type: 'busy' });
  try {
    await act();
    dispatch({ type: 'done', text: words() });
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    if (error.problem.status === 401) dispatch({ type: 'expired' });
    dispatch({ type: 'failed', problem: error.problem });
  }
}
