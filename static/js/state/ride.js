// @ts-check
/** A ride from the choice to the handing over: what the server told of it, with the presses that it does not know of yet. */

/** @typedef {import('../types.js').Ride} Ride */
/** @typedef {import('../types.js').RideStep} RideStep */
/** @typedef {import('../types.js').RideState} RideState */
/** @typedef {import('../types.js').Press} Press */

/** These wait a moment before they are sent: the server cannot take them back, and nobody is harmed by the wait. */
export const HOLD_MS = 6000;
export const UNDO_CHOICE_MS = 15_000;
/** What is told so much later than it was pressed says when that was; what was held back a moment does not. */
const LATE_MS = HOLD_MS + 4000;
const HELD = ['arrive', 'handover', 'cancel', 'refused'];
const LOCAL = 'local:';

/** As long as the patient is not there, what happens to the destination matters. @type {RideStep[]} */
const DRIVING = ['chosen', 'announced', 'departed'];
/** @type {RideStep[]} */
const CHOOSABLE = ['open', 'chosen', 'announced', 'departed', 'refused'];
/** @type {RideStep[]} */
const OVER = ['handed_over', 'cancelled'];

/** @returns {RideState} */
export function noRide() {
  return { current: null, presses: [], ids: {}, problem: null, breakthrough: null, undo: null };
}

/** The ride as the crew sees it: also what only this device knows of. @param {RideState} ride @returns {Ride | null} */
export function shownRide({ current, presses }) {
  return current && presses.filter((press) => press.ride === current.id).reduce(advance, current);
}

/** The hospital whose way is on the map: the open row's, else the destination. @param {import('../types.js').State} state */
export function lookedAt({ list, ride }) {
  const shown = shownRide(ride);
  return list.open ?? (shown && isDriving(shown) ? shown.hospital : null);
}

/** @param {Ride | null} ride */
export function isOver(ride) {
  return ride !== null && OVER.includes(ride.step);
}

/** @param {Ride | null} ride */
export function isDriving(ride) {
  return ride !== null && DRIVING.includes(ride.step);
}

/** Whether a destination may be chosen now, without a ride or with this one. @param {Ride | null} ride */
export function mayChoose(ride) {
  return ride === null || CHOOSABLE.includes(ride.step);
}

/** Whether the server has not given this ride an id yet. @param {string} id */
export function isLocal(id) {
  return id.startsWith(LOCAL);
}

/** When the steps of a ride were made, as far as they were. @param {Ride} ride */
export function stepsOf({ opened_at, chosen_at, announced_at, departed_at, arrived_at, closed_at }) {
  return [opened_at, chosen_at, announced_at, departed_at, arrived_at, closed_at];
}

/**
 * When a press was made, by the clock of the server: for one that is told later than it was, else nothing.
 * @param {Press} press
 * @param {{ride: Ride | null, skew: number, now: number}} known the ride as the server told it
 */
export function madeAt({ at }, { ride, skew, now }) {
  if (now - at < LATE_MS) return undefined;
  const before = ride ? [...stepsOf(ride), ...(ride.late ?? []).map(({ happened_at }) => happened_at)] : [];
  // Two clocks never agree to the second, and the server takes no step before the one that it follows.
  return iso(Math.max(at + skew, ...before.map((moment) => (moment ? Date.parse(moment) : 0))));
}

/** The step that follows on the good way, if there is one. @param {Ride} ride @returns {'announce' | 'depart' | 'arrive' | 'handover' | null} */
export function nextVerb(ride) {
  if (ride.step === 'chosen' || (ride.step === 'departed' && !ride.announced_at)) return 'announce';
  if (ride.step === 'announced') return 'depart';
  if (ride.step === 'departed') return 'arrive';
  return ride.step === 'arrived' ? 'handover' : null;
}

/** The proposal of the dispatch centre that waits for an answer. @param {Ride | null} ride */
export function openProposal(ride) {
  if (!ride || !CHOOSABLE.includes(ride.step)) return null;
  return ride.proposals.filter(({ accepted }) => accepted === null).at(-1) ?? null;
}

/**
 * A press of a button on a ride.
 * @param {Press['verb']} verb
 * @param {string} ride
 * @param {import('../types.js').PressBody} body
 * @param {{key: string, now: number}} moment
 * @returns {Press}
 */
export function press(verb, ride, body, { key, now }) {
  return { key, verb, ride, body, at: now, due: HELD.includes(verb) ? now + HOLD_MS : now };
}

/** The presses that a choice takes: with a new ride before it when none is open. @param {{ride: Ride | null, body: import('../types.js').PressBody, keys: [string, string], now: number}} choice */
export function choose({ ride, body, keys, now }) {
  if (ride && !isOver(ride)) return [press('choose', ride.id, body, { key: keys[0], now })];
  const local = LOCAL + keys[0];
  const { advice, request } = body;
  return [press('open', local, { advice, request }, { key: keys[0], now }), press('choose', local, body, { key: keys[1], now })];
}

/** The press that can still be taken back without a trace. @param {RideState} ride @param {number} now @returns {Press | null} */
export function heldPress({ current, presses }, now) {
  return presses.find((each) => each.ride === current?.id && each.due - each.at === HOLD_MS && each.due > now) ?? null;
}

/** What is not sent although it is due: there is no connection. @param {RideState} ride @param {number} now */
export function waitingPresses({ presses }, now) {
  return presses.filter(({ due }) => now - due > 2000);
}

/** A ride that only this device knows of. @param {Press} opening @returns {Ride} */
export function localRide({ ride, at, body }) {
  return {
    id: ride, step: 'open', hospital: null, opened_at: iso(at), chosen_at: null, announced_at: null, departed_at: null, expected_at: null,
    arrived_at: null, closed_at: null, advice: body.advice ?? '', rank: null, class: null, reason: '', class_at_departure: null, refused: [], proposals: [],
  };
}

/**
 * The ride after a press, as the server will tell it once it knows.
 * @param {Ride} ride
 * @param {Press} press
 * @returns {Ride}
 */
export function advance(ride, { verb, body, at }) {
  switch (verb) {
    case 'choose': return chosen(ride, body.hospital ?? null, at);
    case 'announce': return { ...ride, announced_at: iso(at), step: ride.step === 'departed' ? 'departed' : 'announced' };
    case 'depart': return { ...ride, departed_at: iso(at), step: 'departed' };
    case 'arrive': return { ...ride, arrived_at: iso(at), step: 'arrived' };
    case 'handover': return { ...ride, closed_at: iso(at), step: 'handed_over' };
    case 'cancel': return { ...ride, closed_at: iso(at), step: 'cancelled' };
    case 'refused': return { ...ride, step: 'refused', refused: [...ride.refused, { hospital: ride.hospital ?? '', reason: body.reason ?? '' }] };
    case 'accept': return chosen(answered(ride, body.proposal, true), body.hospital ?? null, at);
    case 'decline': return answered(ride, body.proposal, false);
    default: return ride;
  }
}

/** @param {Ride} ride @param {string | null} hospital @param {number} at @returns {Ride} */
function chosen(ride, hospital, at) {
  return { ...ride, hospital, chosen_at: iso(at), announced_at: null, arrived_at: null, expected_at: null, step: ride.step === 'departed' ? 'departed' : 'chosen' };
}

/** @param {Ride} ride @param {string | undefined} id @param {boolean} accepted @returns {Ride} */
function answered(ride, id, accepted) {
  return { ...ride, proposals: ride.proposals.map((proposal) => (proposal.id === id ? { ...proposal, accepted } : proposal)) };
}

/** @param {number} at */
function iso(at) {
  return new Date(at).toISOString();
}
