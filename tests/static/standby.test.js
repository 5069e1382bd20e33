// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { standBy } from '../../static/js/offline/standby.js';
import { isSilent } from '../../static/js/state.js';
import { board, NOW, played } from './world.js';

/** @typedef {import('../../static/js/types.js').Action} Action */

const HOUR_MS = 3_600_000;
const REQUEST = /** @type {import('../../static/js/types.js').AdviceRequest} */ ({ position: { lat: 52, lon: 5 } });

/** The moment at which the device was asked, after all that happened. @param {Action[]} actions */
async function askedAt(actions) {
  const state = played([{ type: 'tick', now: Date.now() }, ...actions]);
  let asked = NaN;
  const device = { refresh: async () => true, advise: async (/** @type {any} */ _question, /** @type {any} */ _board, /** @type {number} */ now) => { asked = now; return null; } };
  await standBy({ get: () => state, dispatch: () => {}, subscribe: () => () => {} }, async () => device).answer(REQUEST, 1);
  return asked;
}

/** A board that was just told by a server whose clock is so much ahead. @param {number} aheadMs @returns {Action} */
const told = (aheadMs) => ({ type: 'board', board: board({ as_of: new Date(Date.now() + aheadMs).toISOString() }), now: Date.now() });
/** @param {number} one @param {number} other */
const isNear = (one, other) => Math.abs(one - other) < 10_000;

test('device without a connection counts by the clock of the server', async () => {
  assert.ok(isNear(await askedAt([told(HOUR_MS)]), Date.now() + HOUR_MS));
  assert.ok(isNear(await askedAt([told(-HOUR_MS)]), Date.now() - HOUR_MS));
});

test('clock of the server is remembered with the board', async () => {
  const kept = /** @type {Action} */ ({ type: 'kept-board', board: board({}), heardAt: Date.now() - 60_000, skew: HOUR_MS });
  assert.ok(isNear(await askedAt([kept]), Date.now() + HOUR_MS));
});

test('clock that is set back makes nothing younger', () => {
  const state = played([{ type: 'heard', now: NOW }, { type: 'tick', now: NOW + 20_000 }, { type: 'tick', now: NOW + 20_000 - HOUR_MS }]);
  assert.equal(isSilent(state), true);
  assert.equal(state.link.skew, HOUR_MS);
});
