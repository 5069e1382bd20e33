// @ts-check
/** Calls to the server that only the quality page makes. */

import { call } from '../api.js';

/** A year of facts is counted on the spot: that may take a while. */
const PATIENCE_MS = 60_000;

/** @param {string} address @returns {Promise<any>} */
export function getReport(address) {
  return call('GET', address, undefined, undefined, undefined, PATIENCE_MS);
}
