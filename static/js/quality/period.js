// @ts-check
/** Days and quarters by the Dutch calendar, as text: `2026-11-22` and `2026-Q4`. No clock. */

const DAY_MS = 86_400_000;

/** @param {string} day @param {number} days */
export function addDays(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** @param {unknown} text @returns {text is string} */
export function isDay(text) {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && addDays(text, 0) === text;
}

/** @param {unknown} text @returns {text is string} */
export function isQuarter(text) {
  return typeof text === 'string' && /^20\d\d-Q[1-4]$/.test(text);
}

/** The quarter that a day is in. @param {string} day */
export function quarterOf(day) {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** @param {string} quarter @param {number} by how many quarters later */
export function stepQuarter(quarter, by) {
  const count = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1 + by;
  return `${Math.floor(count / 4)}-Q${count % 4 + 1}`;
}

/** First and last day of a quarter. @param {string} quarter */
export function daysOf(quarter) {
  const start = (/** @type {string} */ of) => `${of.slice(0, 4)}-${String(Number(of.slice(6)) * 3 - 2).padStart(2, '0')}-01`;
  return { from: start(quarter), to: addDays(start(stepQuarter(quarter, 1)), -1) };
}

/** The quarters to choose from, the latest first; the chosen one is always among them. @param {string} today @param {string} chosen @param {number} count */
export function quartersUntil(today, chosen, count) {
  const latest = quarterOf(today);
  const list = Array.from({ length: count }, (_, back) => stepQuarter(latest, -back));
  return list.includes(chosen) ? list : [...list, chosen].sort().reverse();
}
