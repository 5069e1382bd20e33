// @ts-check
/** The meldkamer regions, how a department stands, and how a region is put in one line. */

/** @typedef {import('../types.js').Hospital} Hospital */
/** @typedef {import('../types.js').BoardHospital} BoardHospital */
/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */
/** @typedef {import('../types.js').Status} Status */

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
