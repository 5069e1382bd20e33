// @ts-check
/** From whom a status was heard, and how long ago. */

import { age } from './format.js';

/** @typedef {import('./types.js').BoardHospital} BoardHospital */

const STEP_S = 10;

/**
 * `lpz 20 s`: of some departments of a hospital the source that was heard longest ago; `–` when nobody spoke.
 * @param {BoardHospital | undefined} told
 * @param {import('./types.js').DepartmentCode[]} codes
 * @param {import('./dispatch/types.js').FullBoard | null} board
 * @param {number} clock ms
 * @param {import('./types.js').Language} language
 */
export function heardOf(told, codes, board, clock, language) {
  let words = '–';
  let longest = -1;
  for (const code of codes) {
    const department = told?.departments[code];
    const seconds = department ? secondsSince(department, board, clock) : null;
    if (!department?.source || seconds === null || seconds <= longest) continue;
    longest = seconds;
    words = `${department.source} ${age(seconds < 60 ? Math.floor(seconds / STEP_S) * STEP_S : seconds, language)}`;
  }
  return words;
}

/**
 * A feed that stands by all it said is as old as when it was last heard; anybody else as old as what he said.
 * @param {import('./types.js').DepartmentView} department
 * @param {import('./dispatch/types.js').FullBoard | null} board
 * @param {number} clock
 */
function secondsSince(department, board, clock) {
  const feed = board?.feeds.find(({ source }) => source === department.source);
  const then = feed && department.status !== 'unknown' ? feed.heard_at : department.reported_at;
  return then ? Math.max(0, (clock - Date.parse(then)) / 1000) : null;
}
