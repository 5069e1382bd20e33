// @ts-check
/** The question that a state asks the server, or the device itself. */

import { toRequest } from './facts.js';
import { positionOf } from './place.js';
import { isDriving, shownRide } from './ride.js';

/** @typedef {import('../types.js').State} State */

/**
 * The question that the state asks, or null while no position is known.
 * @param {State} state
 */
export function requestOf(state) {
  const position = positionOf(state.place);
  return position ? { ...toRequest(state.facts, position), ...enRoute(shownRide(state.ride)) } : null;
}

/** What a question is about, the position apart. @param {State} state */
export function questionOf(state) {
  const request = requestOf(state);
  return JSON.stringify(request && partsOf(request).patient);
}

/** A question as where the ambulance is, and all the rest. @param {import('../types.js').AdviceRequest} request */
export function partsOf({ position, accuracy_m, heading_deg, ...patient }) {
  return { place: { position, accuracy_m, heading_deg }, patient };
}

/** Since when a hospital knows of the ambulance, and since when it drives there: some rules look at that. @param {import('../types.js').Ride | null} ride */
function enRoute(ride) {
  if (!ride?.hospital || !isDriving(ride) || !(ride.announced_at ?? ride.departed_at)) return {};
  return { en_route: { [ride.hospital]: { departed_at: ride.departed_at, announced_at: ride.announced_at } } };
}
