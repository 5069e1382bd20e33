// @ts-check
/** What happens to the ride of the state: presses, what the server made of them, and what breaks through. */

import { breakthroughOf } from './breakthrough.js';
import { isLocal, isOver, localRide, shownRide, stepsOf, UNDO_CHOICE_MS } from './ride.js';

/** @typedef {import('../types.js').State} State */
/** @typedef {import('../types.js').Action} Action */
/** @typedef {import('../types.js').RideState} RideState */
/** @typedef {import('../types.js').Press} Press */

/**
 * @param {State} state the state after the other reducers
 * @param {Action} action
 * @param {State} before the state before this action
 * @returns {State}
 */
export function reduceRide(state, action, before) {
  if (action.type === 'advice') return withBreakthrough(state, before);
  const ride = rideAfter(state.ride, action);
  return ride === state.ride ? state : { ...state, ride };
}

/** @param {State} state @param {State} before @returns {State} */
function withBreakthrough(state, before) {
  const breakthrough = breakthroughOf(state, before);
  return breakthrough ? { ...state, ride: { ...state.ride, breakthrough } } : state;
}

/** @param {RideState} ride @param {Action} action @returns {RideState} */
function rideAfter(ride, action) {
  switch (action.type) {
    case 'press': return pressed(ride, { ...action.press, ride: ride.ids[action.press.ride] ?? action.press.ride });
    case 'press-done': return done(ride, action.press, action.ride);
    case 'press-refused': {
      const presses = ride.presses.filter((press) => press.ride !== action.press.ride);
      const isCurrent = ride.current?.id === action.press.ride;
      return { ...ride, presses, problem: action.problem, undo: null, current: isCurrent ? action.ride : ride.current };
    }
    case 'ride': return action.ride.id === ride.current?.id && isNewer(action.ride, ride.current) ? { ...ride, current: action.ride } : ride;
    case 'ride-kept': return kept(ride, action);
    case 'ride-undo': return { ...ride, presses: ride.presses.filter(({ key }) => key !== action.key) };
    case 'ride-seen': return { ...ride, breakthrough: null, problem: null };
    case 'ride-close': return { ...ride, current: null, problem: null, breakthrough: null, undo: null };
    case 'new-patient': return isOver(shownRide(ride)) ? { ...ride, current: null, problem: null, breakthrough: null, undo: null } : ride;
    case 'tick': return ride.undo && action.now - ride.undo.at > UNDO_CHOICE_MS ? { ...ride, undo: null } : ride;
    default: return ride;
  }
}

/** @param {RideState} ride @param {Press} press @returns {RideState} */
function pressed(ride, press) {
  const shown = shownRide(ride);
  // Who goes on has seen what he did before: that goes out now.
  const released = ride.presses.map((each) => (each.due > press.at ? { ...each, due: press.at } : each));
  const next = { ...ride, problem: null, presses: [...released, press] };
  if (press.verb === 'open') return { ...next, current: localRide(press) };
  if (press.verb === 'choose') {
    const undo = { hospital: shown?.step === 'open' ? null : shown?.hospital ?? null, reason: shown?.reason ?? '', at: press.at };
    return { ...next, undo: shown?.step === 'refused' ? null : undo, breakthrough: null };
  }
  return press.verb === 'consult' ? next : { ...next, undo: null, breakthrough: press.verb === 'accept' ? null : next.breakthrough };
}

/** @param {RideState} ride @param {Press} press @param {import('../types.js').Ride} told @returns {RideState} */
function done(ride, press, told) {
  const presses = ride.presses.filter(({ key }) => key !== press.key).map((each) => (each.ride === press.ride ? { ...each, ride: told.id } : each));
  const isCurrent = ride.current?.id === press.ride && (isLocal(press.ride) || isNewer(told, ride.current));
  const current = isCurrent ? told : ride.current;
  const ids = told.id === press.ride ? ride.ids : { ...ride.ids, [press.ride]: told.id };
  return { ...ride, presses, current, ids };
}

/** What an earlier visit left behind; a ride that begins meanwhile wins. @param {RideState} ride @param {{ride: import('../types.js').Ride | null, presses: Press[]}} found @returns {RideState} */
function kept(ride, found) {
  const opening = found.presses.findLast(({ verb }) => verb === 'open');
  const current = found.ride ?? (opening ? localRide(opening) : null);
  return { ...ride, presses: [...found.presses, ...ride.presses], current: ride.current ?? current };
}

/** Whether nothing is known that happened later than what is told: an answer may overtake a message. @param {import('../types.js').Ride} ride @param {import('../types.js').Ride} known */
function isNewer(ride, known) {
  return latest(ride) >= latest(known);
}

/** @param {import('../types.js').Ride} ride */
function latest(ride) {
  const moments = [...stepsOf(ride), ...ride.proposals.map(({ at }) => at), ...(ride.late ?? []).map(({ heard_at }) => heard_at)];
  return Math.max(...moments.map((moment) => (moment ? Date.parse(moment) : 0)));
}
