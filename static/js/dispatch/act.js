// @ts-check
/** What the dispatch centre does: sent once, and what the server objects to stands where it was done. */

import { CallFailed } from '../api.js';

/** @typedef {(at: string, send: () => Promise<unknown>) => Promise<boolean>} Act */

/**
 * @param {import('./view.js').ControlDispatch} dispatch
 * @returns {Act} sends something; `at` names the place on the screen; tells whether it was done
 */
export function actor(dispatch) {
  /** @type {Set<string>} */
  const sending = new Set();
  return async (at, send) => {
    if (sending.has(at)) return false;
    sending.add(at);
    dispatch({ type: 'busy', at });
    try {
      await send();
      dispatch({ type: 'done' });
      return true;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      if (error.problem.status === 401) dispatch({ type: 'expired' });
      dispatch({ type: 'failed', at, problem: error.problem });
      return false;
    } finally {
      sending.delete(at);
    }
  };
}
