// @ts-check
/** Holds the state, changes it through the reducer, and tells those who listen. */

import { initialState, reduce } from './state.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Action} Action */
/** @typedef {(state: State, before: State, action: Action) => void} Listener */

/**
 * @param {Partial<State>} kept what an earlier visit left behind
 */
export function createStore(kept) {
  /** @type {State} */
  let state = { ...initialState(Date.now()), ...kept };
  /** @type {Set<Listener>} */
  const listeners = new Set();

  return {
    get: () => state,
    /** @param {Action} action */
    dispatch(action) {
      const before = state;
      state = reduce(before, action);
      for (const listener of [...listeners]) listener(state, before, action);
    },
    /** @param {Listener} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */
