// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { followDevice } from '../../static/js/gps.js';
import { requestOf } from '../../static/js/state.js';
import { NOW, played } from './world.js';

/** @typedef {import('../../static/js/types.js').Action} Action */

const PERMISSION_DENIED = 1;
const TIMEOUT = 3;

/** The state after following a device that behaves like this. @param {(told: PositionCallback, failed: (code: number) => void, options: PositionOptions) => void} behave */
function followed(behave) {
  /** @type {Action[]} */
  const actions = [];
  const watchPosition = (/** @type {PositionCallback} */ told, /** @type {PositionErrorCallback} */ failed, /** @type {PositionOptions} */ options) => {
    behave(told, (code) => failed(/** @type {GeolocationPositionError} */ ({ code, PERMISSION_DENIED })), options);
  };
  Object.defineProperty(globalThis, 'navigator', { value: { geolocation: { watchPosition } }, configurable: true });
  followDevice((action) => { actions.push(action); });
  return played(actions);
}

/** @param {PositionCallback} told @param {{heading: number | null, speed: number | null}} course */
const fix = (told, course = { heading: null, speed: null }) => told(/** @type {GeolocationPosition} */ ({
  coords: { latitude: 52.37, longitude: 4.89, accuracy: 8, ...course }, timestamp: NOW,
}));

test('position that is not heard any more is told', () => {
  // The browser reports a time-out when nothing comes for as long as it was asked to wait.
  const { place } = followed((told, failed, { timeout }) => {
    fix(told);
    if (timeout !== undefined && timeout <= 20_000) failed(TIMEOUT);
  });
  assert.equal(place.gps, 'unavailable');
  assert.equal(place.used?.lat, 52.37);
});

test('refused position is told as refused', () => {
  assert.equal(followed((_told, failed) => failed(PERMISSION_DENIED)).place.gps, 'refused');
});

test('position that comes again is trusted again', () => {
  const { place } = followed((told, failed) => { failed(TIMEOUT); fix(told); });
  assert.equal(place.gps, 'ok');
});

/** The course in the question of a device that moves like this. @param {number | null} heading @param {number | null} speed */
const asked = (heading, speed) => requestOf(followed((told) => fix(told, { heading, speed })))?.heading_deg;

test('course of an ambulance that drives is told', () => {
  assert.deepEqual([asked(271.6, 25), asked(0, 3)], [272, 0]);
});

test('course of a device that stands still, or tells none, is not', () => {
  assert.deepEqual([asked(271, 0.5), asked(NaN, 0), asked(null, 25), asked(90, null)], [undefined, undefined, undefined, undefined]);
});
