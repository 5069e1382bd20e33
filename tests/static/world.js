// @ts-check
/** Invented hospitals and answers with harmless defaults, so that a test mentions only what matters. */

import { initialState, reduce } from '../../static/js/state.js';

/** @typedef {import('../../static/js/types.js').Option} Option */

export const NOW = Date.parse('2026-02-02T13:00:00Z');

/** @param {string} hospital @param {Partial<Option>} part @returns {Option} */
export function option(hospital, part) {
  return {
    rank: 1, hospital, name: hospital, class: 'welcome', headline: '', eta_s: 600, eta_low_s: 500, eta_high_s: 700, arrival: null,
    distance_m: 5000, detour_s: 0, departments: {}, rules: [], call: null, inbound: 0, ...part,
  };
}

/** @param {string[]} hospitals in their order @returns {import('../../static/js/types.js').Advice} */
export function advice(hospitals) {
  return {
    id: 'a', as_of: '2026-02-02T13:00:00Z', seq: 1, edition: 'e', network: { id: 'n', schematic: true }, position: { lat: 52, lon: 5 },
    notices: [], options: hospitals.map((hospital, index) => option(hospital, { rank: index + 1 })),
  };
}

/** @param {Partial<import('../../static/js/types.js').Board>} part @returns {import('../../static/js/types.js').Board} */
export function board(part) {
  return { seq: 7, epoch: 'one', as_of: '2026-02-02T13:00:00Z', hospitals: [], ...part };
}

/** The state after all that happened. @param {import('../../static/js/types.js').Action[]} actions */
export function played(actions) {
  return actions.reduce(reduce, initialState(NOW));
}
