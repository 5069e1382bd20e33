// @ts-check
/** What happens to the chosen hospital while the ambulance drives there, and what the alternative costs. */

import { isDriving, shownRide } from './ride.js';

/** @typedef {import('../types.js').State} State */
/** @typedef {import('../types.js').Option} Option */
/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */

const WELCOMING = ['welcome', 'welcome_exception'];

/** @param {import('../types.js').Outcome} outcome */
export function isWelcoming(outcome) {
  return WELCOMING.includes(outcome);
}

/**
 * What must break through: another status at the chosen hospital, or another answer for the same facts. Null when nothing did.
 * @param {State} state
 * @param {State} before
 * @returns {import('../types.js').Breakthrough | null}
 */
export function breakthroughOf(state, before) {
  const ride = shownRide(state.ride);
  if (!ride?.hospital || !isDriving(ride) || state.advice.current === before.advice.current) return null;
  const [is, was] = [find(state, ride.hospital), find(before, ride.hospital)];
  if (!is || !was) return null;
  const changes = changesOf(was, is);
  // Without a connection everything becomes unknown in the end: the banner says that, of all hospitals at once.
  if (state.advice.current?.offline && changes.some(({ now }) => now === 'unknown')) return null;
  // Other facts make another answer: the crew's own doing breaks nothing through.
  const sameFacts = state.advice.question === before.advice.question;
  const otherAnswer = sameFacts && is.class !== was.class && !(isWelcoming(is.class) && isWelcoming(was.class));
  if (!changes.length && !otherAnswer) return null;
  return { hospital: ride.hospital, was: was.class, now: is.class, changes, at: state.now };
}

/** @param {Option} was @param {Option} is */
function changesOf(was, is) {
  return Object.entries(is.departments).flatMap(([code, shown]) => {
    const department = /** @type {DepartmentCode} */ (code);
    const [before, now] = [statusOf(was.departments[department]), statusOf(shown)];
    return before && now && before !== now ? [{ department, was: before, now }] : [];
  });
}

/** @param {import('../types.js').DepartmentView | undefined} shown */
function statusOf(shown) {
  return shown?.effective ?? shown?.status;
}

/** @param {State} state @param {string} hospital */
function find(state, hospital) {
  return state.advice.current?.options.find((option) => option.hospital === hospital);
}

/**
 * Where else the ambulance could go, best first as advised, with the seconds that it takes more; null when nowhere better is known.
 * @param {State} state
 * @param {string} hospital the chosen one
 * @returns {{option: Option, extra_s: number | null} | null}
 */
export function alternativeTo(state, hospital) {
  const chosen = find(state, hospital);
  const others = (state.advice.current?.options ?? []).filter((option) => option.hospital !== hospital);
  const near = others.filter(({ far }) => !far);
  const option = near.find((other) => isWelcoming(other.class)) ?? near.find((other) => other.class === 'consult')
    ?? others.find((other) => isWelcoming(other.class));
  if (!option) return null;
  const known = option.eta_s !== null && chosen !== undefined && chosen.eta_s !== null;
  return { option, extra_s: known ? /** @type {number} */ (option.eta_s) - /** @type {number} */ (chosen.eta_s) : null };
}
