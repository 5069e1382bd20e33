// @ts-check
/** Follows which roads are closed: when the journal has grown, and once a minute in any case. */

import { listClosures } from './api.js';

const CALM_MS = 10_000;
const EVERY_MS = 60_000;

/** @param {import('./store.js').Store} store */
export function followClosures(store) {
  let askedAt = 0;
  let grown = true;

  store.subscribe((state, before) => {
    if (state.board?.seq !== before.board?.seq || state.link.phase !== before.link.phase) grown = true;
    const since = Date.now() - askedAt;
    if (state.session !== 'open' || since < CALM_MS || (!grown && since < EVERY_MS)) return;
    askedAt = Date.now();
    grown = false;
    listClosures().then(({ closures }) => store.dispatch({ type: 'closures', closures }), () => {});
  });
}
