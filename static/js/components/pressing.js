// @ts-check
/** What buttons do to the ride: presses with a key of their own, so that each counts once however often it is sent. */

import { text } from '../i18n.js';
import { requestOf } from '../state.js';
import { choose, isOver, press, shownRide } from '../state/ride.js';

/** @typedef {import('./context.js').View} View */

/**
 * Presses a button of the ride on the screen.
 * @param {View} view
 * @param {import('../types.js').Press['verb']} verb
 * @param {import('../types.js').PressBody} [body]
 */
export function pressRide({ state, dispatch }, verb, body = {}) {
  const ride = shownRide(state.ride);
  if (ride) dispatch({ type: 'press', press: press(verb, ride.id, body, { key: newKey(), now: Date.now() }) });
}

/**
 * Chooses a hospital, for a new ride or for the one that is open. The reason is for the journal, whose language is Dutch.
 * @param {View} view
 * @param {string} hospital
 * @param {string} reason
 */
export function chooseHospital({ state, dispatch }, hospital, reason) {
  const { current } = state.advice;
  // What the device worked out by itself has no receipt: the server is asked the same question once it is there.
  const advice = !current || current.offline ? '' : current.id;
  const body = { hospital, reason, advice, request: requestOf(state) ?? undefined };
  const presses = choose({ ride: shownRide(state.ride), body, keys: [newKey(), newKey()], now: Date.now() });
  for (const each of presses) dispatch({ type: 'press', press: each });
  dispatch({ type: 'open', hospital: null, now: Date.now() });
}

/** Takes the last choice back: to the destination before it, or to no ride at all. @param {View} view */
export function undoChoice(view) {
  const { ride: { undo } } = view.state;
  if (!undo) return;
  if (undo.hospital) chooseHospital(view, undo.hospital, undo.reason || text('nl', 'ride.undo'));
  else {
    const ride = shownRide(view.state.ride);
    const now = Date.now();
    if (ride) view.dispatch({ type: 'press', press: { ...press('cancel', ride.id, { reason: text('nl', 'ride.undo') }, { key: newKey(), now }), due: now } });
    view.dispatch({ type: 'ride-close' });
  }
}

/** A consultation belongs to the ride as well, when there is one. @param {View} view @param {string} hospital @param {import('../types.js').ConsultOutcome | null} outcome */
export function tellConsult(view, hospital, outcome) {
  view.dispatch({ type: 'consult', hospital, outcome });
  if (outcome && !isOver(shownRide(view.state.ride))) pressRide(view, 'consult', { hospital, outcome });
}

/** Also where a page is not served securely, and `crypto.randomUUID` is missing. */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
