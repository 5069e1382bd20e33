// @ts-check
/** Which running stops are about to end, and what is to be heard. No browser, no clock. */

import { DEPARTMENTS } from '../components/departments.js';

/** @typedef {import('./state.js').Desk} Desk */
/** @typedef {{id: string, code: import('../types.js').DepartmentCode, stop: string, status: import('../types.js').Status, until: string, leftMs: number, seen: boolean}} Ending */

const MINUTE_MS = 60_000;
/** How long an ambulance that comes no more stands on the list, as the server keeps it. */
export const CALLED_OFF_MS = 10 * MINUTE_MS;

/** The moment by the clock of the server, ms. @param {Pick<Desk, 'now' | 'skew'>} desk */
export function clockOf({ now, skew }) {
  return now + skew;
}

/** The own stops within the time of warning before their end, the first to end first. @param {Desk} desk @returns {Ending[]} */
export function endings(desk) {
  const own = desk.board?.hospitals.find(({ id }) => id === desk.me?.hospital);
  const warning = (desk.protocol?.warning_before_end_min ?? 0) * MINUTE_MS;
  return DEPARTMENTS.flatMap((code) => {
    const { stop_id: stop, until, status } = own?.departments[code] ?? {};
    if (!stop || !until || !status) return [];
    const leftMs = Date.parse(until) - clockOf(desk);
    const id = `ending/${stop}/${until}`;
    return leftMs > 0 && leftMs <= warning ? [{ id, code, stop, status, until, leftMs, seen: desk.seen.includes(id) }] : [];
  }).sort((one, other) => one.leftMs - other.leftMs);
}

/** Those that were called off a short while ago. @param {Desk} desk */
export function calledOff(desk) {
  return desk.inbound?.cancelled.filter(({ cancelled_at: at }) => clockOf(desk) - Date.parse(at) < CALLED_OFF_MS) ?? [];
}

/**
 * What sounds when it is new: an end that nears (until it was seen), an announcement, one that comes no more.
 * @param {Desk} desk
 * @returns {import('../sound.js').Alarm[]}
 */
export function soundings(desk) {
  return [
    ...endings(desk).map(({ id, seen }) => ({ id, level: /** @type {const} */ ('alarm'), acknowledged: seen ? id : null })),
    ...(desk.inbound?.rides ?? []).map(({ id }) => ({ id: `ride/${id}`, level: /** @type {const} */ ('warning'), acknowledged: null })),
    ...calledOff(desk).map(({ id, cancelled_at: at }) => ({ id: `off/${id}/${at}`, level: /** @type {const} */ ('info'), acknowledged: null })),
  ];
}
