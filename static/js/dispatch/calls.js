// @ts-check
/** Calls to the server that only the dispatch centre makes. */

import { call } from '../api.js';

/** An area is drawn anew after each change of the roads, and a past day is folded at the first look: that may take a while. */
const PATIENCE_MS = 60_000;

/** Where a ride could go now. @param {string} ride @returns {Promise<import('./types.js').RideOption[]>} */
export function getRideOptions(ride) {
  return call('GET', `/api/v1/rides/${encodeURIComponent(ride)}/options`);
}

/** @param {string} ride @param {string} hospital @returns {Promise<import('../types.js').Proposal>} */
export function propose(ride, hospital) {
  return call('POST', `/api/v1/rides/${encodeURIComponent(ride)}/proposal`, { hospital });
}

/** @param {string} query @returns {Promise<import('./types.js').ReviewQueue>} */
export function listReviews(query) {
  return call('GET', `/api/v1/reviews?${query}`);
}

/** Where the same stands as CSV. @param {string} query */
export function reviewsTable(query) {
  return `/api/v1/reviews.csv?${query}`;
}

/** @param {string} ride @param {'agree' | 'discuss'} verdict @param {string} note @returns {Promise<unknown>} */
export function review(ride, verdict, note) {
  return call('POST', '/api/v1/reviews', { ride, verdict, note });
}

/** The area from which any of the hospitals is reached within some minutes. @param {string[]} hospitals @param {number} minutes @returns {Promise<object>} */
export function getReach(hospitals, minutes) {
  return call('GET', `/api/v1/network/reach?minutes=${minutes}&${hospitals.map((hospital) => `hospital=${encodeURIComponent(hospital)}`).join('&')}`, undefined, undefined, undefined, PATIENCE_MS);
}

/** How things stood at a moment, or stand now by the server's clock. @param {string | null} at @returns {Promise<import('./types.js').Past>} */
export function lookBack(at) {
  return call('GET', `/api/v1/past${at ? `?at=${encodeURIComponent(at)}` : ''}`, undefined, undefined, undefined, PATIENCE_MS);
}

/** The facts of an old advice by the rules of today. @param {string} id @returns {Promise<import('../types.js').Advice>} */
export function judgeAgain(id) {
  return call('GET', `/api/v1/advice/${encodeURIComponent(id)}/today`);
}

/** Works an advice out again from its receipt; fails where the answer is not the same. @param {string} id @returns {Promise<import('../types.js').Advice>} */
export function replay(id) {
  return call('GET', `/api/v1/advice/${encodeURIComponent(id)}/replay`);
}

/** An advice as it was given. @param {string} id @returns {Promise<import('../types.js').Advice>} */
export function getAdvice(id) {
  return call('GET', `/api/v1/advice/${encodeURIComponent(id)}`);
}

/** @param {string} alarm @returns {Promise<{alarm: string, by: string, at: string}>} */
export function acknowledgeAlarm(alarm) {
  return call('POST', '/api/v1/alarms/acknowledge', { alarm });
}

/** @param {string} mka @param {string} department @returns {Promise<unknown>} */
export function confirmLapse(mka, department) {
  return call('POST', '/api/v1/lapses', { mka, department });
}
