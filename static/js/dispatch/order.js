// @ts-check
/** Which hospitals stand in the matrix and in which order, and how a region is put in one line. */

import { DEPARTMENTS } from '../components/departments.js';
import { distance } from '../state/place.js';

/** @typedef {import('../types.js').Hospital} Hospital */
/** @typedef {import('../types.js').BoardHospital} BoardHospital */
/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */
/** @typedef {import('../types.js').Status} Status */
/** @typedef {import('./types.js').Filters} Filters */

/** Farther than this nobody calls a neighbour, in metres as the crow flies. */
const NEAR_M = 45_000;

/** @type {Filters} */
export const NO_FILTERS = { mka: '', scope: 'near', departments: DEPARTMENTS, stops: false, attention: false, everywhere: false, query: '' };

/** All meldkamer regions by name. @param {Hospital[]} hospitals */
export function regionsOf(hospitals) {
  return [...new Set(hospitals.map(({ mka }) => mka).filter(Boolean))].sort((one, other) => one.localeCompare(other, 'nl'));
}

/**
 * The region that is looked at: as chosen, else one's own, else the one with most hospitals of the regional protocol.
 * @param {Hospital[]} hospitals
 * @param {string} chosen
 * @param {string | null | undefined} own
 */
export function regionShown(hospitals, chosen, own) {
  const regions = regionsOf(hospitals);
  if (regions.includes(chosen)) return chosen;
  if (own && regions.includes(own)) return own;
  const governed = (/** @type {string} */ mka) => hospitals.filter((hospital) => hospital.mka === mka && hospital.protocol).length;
  return regions.reduce((best, mka) => (governed(mka) > governed(best) ? mka : best), regions[0] ?? '');
}

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

/**
 * What a department is now; null when the hospital does not have it.
 * @param {Hospital} hospital
 * @param {BoardHospital | undefined} told
 * @param {DepartmentCode} code
 * @returns {Status | null}
 */
export function statusOf(hospital, told, code) {
  if (hospital.departments[code] === 'no') return null;
  const department = told?.departments[code];
  return department?.effective ?? department?.status ?? 'unknown';
}

/** @param {Status | null} status */
export function isStopped(status) {
  return status !== null && status !== 'green' && status !== 'unknown';
}

/**
 * How many departments of a kind a region has, by their status.
 * @param {Hospital[]} hospitals
 * @param {Map<string, BoardHospital>} board
 * @param {string} mka
 * @param {DepartmentCode} code
 */
export function countRegion(hospitals, board, mka, code) {
  const count = { total: 0, green: 0, orange: 0, red: 0, closed: 0, unknown: 0 };
  for (const hospital of hospitals) {
    const status = hospital.mka === mka ? statusOf(hospital, board.get(hospital.id), code) : null;
    if (status === null) continue;
    count.total += 1;
    count[status === 'calamity' || status === 'grey' ? 'closed' : status] += 1;
  }
  return count;
}
