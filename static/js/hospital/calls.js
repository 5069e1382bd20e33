// @ts-check
/** Calls to the server that only the hospital's page makes. */

import { call } from '../api.js';

/** @param {string} department @param {string} status @returns {Promise<import('./types.js').Preparation>} */
export function prepareStop(department, status) {
  return call('GET', `/api/v1/stops/preparation?department=${department}&status=${status}`);
}

/** The stops of the past month, the latest first. @returns {Promise<import('./types.js').PastStop[]>} */
export function listStops() {
  return call('GET', '/api/v1/stops');
}

/** @returns {Promise<import('./types.js').Plan[]>} */
export function listPlans() {
  return call('GET', '/api/v1/plans');
}

/** @param {{hospital: string, department: string, reason: string, from: string, until: string, note: string}} plan @returns {Promise<import('./types.js').Plan>} */
export function planStop(plan) {
  return call('POST', '/api/v1/plans', plan);
}

/** @param {string} id @returns {Promise<void>} */
export function withdrawPlan(id) {
  return call('DELETE', `/api/v1/plans/${encodeURIComponent(id)}`);
}
