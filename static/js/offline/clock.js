// @ts-check
/** The clock of Europe/Amsterdam, without asking the device where it is. */

const DAY_MS = 86_400_000;

/** @typedef {[from: number, offsetMs: number][]} Zone */

/** @param {Zone} zone @param {number} at ms @returns {number} ms that local time is ahead of UTC */
function offsetAt(zone, at) {
  for (let i = zone.length - 1; i > 0; i -= 1) if (at >= zone[i][0]) return zone[i][1];
  return zone[0][1];
}

/** @param {Zone} zone @param {number} at @returns {number} local time, as ms of a clock that knows no zones */
function wall(zone, at) {
  return at + offsetAt(zone, at);
}

/** @param {Zone} zone @param {number} at @returns {number} ms since local midnight, as the clock shows */
export function clockOf(zone, at) {
  const local = wall(zone, at);
  return local - Math.floor(local / DAY_MS) * DAY_MS;
}

/**
 * The moment at which the clock shows a time of the day, some days after the local date of another moment. A time that
 * the clock shows twice is the first of the two; one that it skips is counted by the clock before the change.
 * @param {Zone} zone @param {number} at @param {number} days @param {number} time ms since midnight
 */
export function momentOn(zone, at, days, time) {
  const local = (Math.floor(wall(zone, at) / DAY_MS) + days) * DAY_MS + time;
  for (let i = zone.length - 1; i > 0; i -= 1) {
    if (local >= zone[i][0] + Math.max(zone[i - 1][1], zone[i][1])) return local - zone[i][1];
  }
  return local - zone[0][1];
}

/**
 * A moment as hours and minutes, with its day when that is another one than now's, with its seconds when asked and any.
 * @param {Zone} zone @param {number} at @param {number | null} now null: never with its day
 * @param {string[]} weekdays Monday first @param {boolean} exact
 */
export function clockText(zone, at, now, weekdays, exact) {
  const local = new Date(wall(zone, at));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const seconds = exact && local.getUTCSeconds() ? `:${two(local.getUTCSeconds())}` : '';
  const text = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}${seconds}`;
  if (now === null || Math.floor(wall(zone, now) / DAY_MS) === Math.floor(wall(zone, at) / DAY_MS)) return text;
  return `${weekdays[(local.getUTCDay() + 6) % 7]} ${local.getUTCDate()}-${local.getUTCMonth() + 1} ${text}`;
}

