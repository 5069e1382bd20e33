// @ts-check
/** Which hospitals stand in the matrix and in which order. */

import { DEPARTMENTS } from '../components/departments.js';
import { distance } from '../state/place.js';
import { isStopped, statusOf } from '../state/region.js';

/** @typedef {import('../types.js').Hospital} Hospital */
/** @typedef {import('../types.js').BoardHospital} BoardHospital */
/** @typedef {import('./types.js').Filters} Filters */

/** Farther than this nobody calls a neighbour, in metres as the crow flies. */
const NEAR_M = 45_000;

/** @type {Filters} */
export const NO_FILTERS = { mka: '', scope: 'near', departments: DEPARTMENTS, stops: false, attention: false, everywhere: false, query: '' };

/**
 * Own region first, its neighbours after by their distance; `board` decides which have a stop.
 * @param {Hospital[]} hospitals
 * @param {string} mka
 * @param {Filters} filters
 * @param {Map<string, BoardHospital>} board
 */
export function shownHospitals(hospitals, mka, filters, board) {
  const own = hospitals.filter((hospital) => hospital.mka === mka);
  const away = (/** @type {Hospital} */ hospital) => Math.min(...own.map((each) => distance(each.position, hospital.position)));
  const others = filters.scope === 'own' ? [] : hospitals
    .filter((hospital) => hospital.mka !== mka && Object.values(hospital.departments).some((has) => has !== 'no'))
    .map((hospital) => ({ hospital, metres: away(hospital) }))
    .filter(({ metres }) => filters.scope === 'all' || metres <= NEAR_M)
    .sort((one, other) => one.metres - other.metres)
    .map(({ hospital }) => hospital);
  const words = filters.query.trim().toLocaleLowerCase('nl');
  return [...own, ...others].filter((hospital) => (!words || `${hospital.name} ${hospital.city}`.toLocaleLowerCase('nl').includes(words))
    && (!filters.stops || filters.departments.some((code) => isStopped(statusOf(hospital, board.get(hospital.id), code)))));
}
