// @ts-check
/** A cell of a table as people read it, and the order of rows by a column. */

import { said } from '../i18n.js';

/** @typedef {import('./types.js').Cell} Cell */
/** @typedef {import('../types.js').Language} Language */

const LOCALE = { nl: 'nl-NL', en: 'en-GB' };
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
/** An id, of a ride: its beginning tells it from the others on a page. */
const ID = /^[0-9a-f]{32}$/;
const NONE = '–';

/** @type {Map<string, {format(value: any): string}>} */
const formats = new Map();

/**
 * @param {Cell | undefined} cell
 * @param {Language} language
 * @param {boolean} [grouped] whether thousands are set apart
 */
export function cellText(cell, language, grouped = true) {
  if (cell === null || cell === undefined || cell === '') return NONE;
  if (typeof cell === 'number') return numberText(cell, language, grouped);
  if (typeof cell === 'object') return said(language, cell.nl, cell.en);
  if (MOMENT.test(cell)) return formatter('moment', language, (locale) => dated(locale, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })).format(new Date(cell));
  if (DAY.test(cell)) return dayText(cell, language);
  return ID.test(cell) ? cell.slice(0, 8) : cell;
}

/** The whole of what is shown in part. @param {Cell | undefined} cell */
export function wholeOf(cell) {
  return typeof cell === 'string' && ID.test(cell) ? cell : undefined;
}

/** Whether a cell stays on one line. @param {Cell | undefined} cell */
export function isShort(cell) {
  return typeof cell === 'number' || (typeof cell === 'string' && (MOMENT.test(cell) || DAY.test(cell) || ID.test(cell)));
}

/** @param {number} value @param {Language} language @param {boolean} [grouped] */
export function numberText(value, language, grouped = true) {
  return formatter(`number ${grouped}`, language, (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1, useGrouping: grouped })).format(value);
}

/** `22 nov 2026` @param {string} day @param {Language} language */
export function dayText(day, language) {
  return formatter('day', language, (locale) => dated(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })).format(new Date(`${day}T00:00:00Z`));
}

/** As short as fits below an axis: a day without its year. @param {Cell} cell @param {Language} language */
export function axisText(cell, language) {
  if (typeof cell !== 'string' || !DAY.test(cell)) return cellText(cell, language);
  return formatter('axis', language, (locale) => dated(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })).format(new Date(`${cell}T00:00:00Z`));
}

/** Whether a column holds numbers, and is set to the right. @param {Cell[][]} rows @param {number} column */
export function isNumeric(rows, column) {
  return rows.some((row) => typeof row[column] === 'number') && rows.every((row) => row[column] === null || typeof row[column] === 'number');
}

/**
 * The rows by a column; what is not known comes last either way.
 * @param {Cell[][]} rows
 * @param {number} column
 * @param {boolean} descending
 * @param {Language} language
 */
export function sortRows(rows, column, descending, language) {
  const sign = descending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column], other[column]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
    return sign * sortable(a, language).localeCompare(sortable(b, language), LOCALE[language], { numeric: true });
  });
}

/** Moments and days sort by themselves, not by how they are read. @param {Cell} cell @param {Language} language */
function sortable(cell, language) {
  return typeof cell === 'string' ? cell : cellText(cell, language);
}

/** @param {string} locale @param {Intl.DateTimeFormatOptions} options */
function dated(locale, options) {
  return new Intl.DateTimeFormat(locale, { timeZone: 'Europe/Amsterdam', ...options });
}

/** @param {string} name @param {Language} language @param {(locale: string) => {format(value: any): string}} make */
function formatter(name, language, make) {
  const key = `${name} ${language}`;
  const known = formats.get(key) ?? make(LOCALE[language]);
  formats.set(key, known);
  return known;
}
