// @ts-check
/** Follows which roads are closed: when that is told, when the line is new, and every few minutes in any case: some end by the clock. */

import { listClosures } from './api.js';

const EVERY_MS = 120_000;

/** @param {import('./store.js').Store} store */
export function followClosures(store) {
  let askedAt = 0;

  store.subscribe((state, before, action) => {
    const isNew = state.link.phase === 'open' && before.link.phase !== 'open';
    if (action.type === 'closures-told' || isNew) askedAt = 0;
    if (state.session !== 'open' || Date.now() - askedAt < EVERY_MS) return;
    askedAt = Date.now();
    listClosures().then(({ closures }) => store.dispatch({ type: 'closures', closures }), () => {});
  });
}
