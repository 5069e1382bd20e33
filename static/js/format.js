// @ts-check
/** Numbers and times as people read them: Dutch clock, Europe/Amsterdam, whole minutes. */

/** @typedef {import('./types.js').Language} Language */

const ZONE = 'Europe/Amsterdam';
const LOCALE = { nl: 'nl-NL', en: 'en-GB' };

const MINUTE_MS = 60_000;
const CLOCKS_MOST = 500;

/** @type {Map<string, string>} */
const clocks = new Map();
/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {string} name
 * @param {Language} language
 * @param {Intl.DateTimeFormatOptions} options
 */
function dateFormat(name, language, options) {
  const key = `${name} ${language}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE[language], { timeZone: ZONE, ...options });
  formats.set(key, known);
  return known;
}

/**
 * `14:32`
 * @param {string | number} moment RFC 3339 text, or ms
 * @param {Language} language
 */
export function clock(moment, language) {
  // A list has the same few minutes again and again, and to write one takes long.
  const minute = Math.floor(new Date(moment).getTime() / MINUTE_MS);
  const key = `${minute} ${language}`;
  const known = clocks.get(key);
  if (known) return known;
  if (clocks.size >= CLOCKS_MOST) clocks.clear();
  const words = dateFormat('clock', language, { hour: '2-digit', minute: '2-digit' }).format(minute * MINUTE_MS);
  clocks.set(key, words);
  return words;
}

/**
 * `14:32` today, with the day before it on any other day.
 * @param {string | number} moment
 * @param {number} now ms
 * @param {Language} language
 */
export function dayClock(moment, now, language) {
  const day = dateFormat('day', language, { weekday: 'short', day: 'numeric', month: 'short' });
  const name = day.format(new Date(moment));
  return name === day.format(new Date(now)) ? clock(moment, language) : `${name} ${clock(moment, language)}`;
}

/**
 * Whole minutes, never less than one: nobody arrives in no time.
 * @param {number} seconds
 */
export function minutes(seconds) {
  return Math.max(1, Math.round(seconds / 60));
}

/**
 * Half the width of the arrival band in whole minutes, or null without a band.
 * @param {import('./types.js').Option} option
 */
export function band(option) {
  if (option.eta_low_s === null || option.eta_high_s === null || option.eta_high_s <= option.eta_low_s) return null;
  return minutes((option.eta_high_s - option.eta_low_s) / 2);
}

/**
 * `18 s`, `4 min`, `2 u`.
 * @param {number} seconds
 * @param {Language} language
 */
export function age(seconds, language) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  return `${Math.floor(whole / 3600)} ${language === 'nl' ? 'u' : 'h'}`;
}

/**
 * @param {number} metres
 * @param {Language} language
 */
export function kilometres(metres, language) {
  const digits = metres < 10_000 ? 1 : 0;
  return new Intl.NumberFormat(LOCALE[language], { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(metres / 1000);
}

/**
 * `52.3702, 4.8952`, as one types it.
 * @param {import('./types.js').Position} position
 */
export function coordinates(position) {
  return `${position.lat.toFixed(4)}, ${position.lon.toFixed(4)}`;
}

/**
 * Value for an input of type `datetime-local`, in Dutch local time.
 * @param {number} moment ms
 */
export function toLocalInput(moment) {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  }).format(new Date(moment));
  return parts.replace(' ', 'T');
}

/**
 * The moment in ms that a `datetime-local` value means in Dutch local time; NaN when it means nothing.
 * In the hour that the clock goes back the first of the two moments is taken.
 * @param {string} value
 */
export function fromLocalInput(value) {
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) ? Date.parse(`${value}:00Z`) : NaN;
  if (Number.isNaN(asUtc)) return NaN;
  const hour = 3_600_000;
  const fitting = [asUtc - 2 * hour, asUtc - hour].find((moment) => toLocalInput(moment) === value);
  return fitting ?? asUtc - hour;
}
