// @ts-check
/** What is looked at, and the address of the page that says the same: so it survives a reload and can be sent on. */

import { addDays, daysOf, isDay, isQuarter, quarterOf, stepQuarter } from './period.js';

/** @typedef {import('./types.js').Choices} Choices */
/** @typedef {import('../types.js').Language} Language */

/** In the order in which they stand on the screen. @type {import('./types.js').ViewName[]} */
export const VIEWS = ['quarter', 'indicators', 'lists'];

/** @type {import('./types.js').ListKind[]} */
export const KINDS = ['norm-breaches', 'planned-stops', 'refusals', 'lapses', 'deviations'];

const LONGEST_NAME = 80;

/** Whatever stands in an address gives something usable. @param {string} search @param {string} today @returns {Choices} */
export function choicesIn(search, today) {
  const given = new URLSearchParams(search);
  const one = (/** @type {string} */ name, /** @type {readonly string[]} */ known) => known.find((each) => each === given.get(name)) ?? known[0];
  const from = given.get('from');
  const to = given.get('to');
  const period = isDay(from) && isDay(to) && from <= to ? { from, to } : periods(today).month;
  const quarter = given.get('quarter');
  return {
    ...period,
    view: /** @type {Choices['view']} */ (one('view', VIEWS)),
    kind: /** @type {Choices['kind']} */ (one('kind', KINDS)),
    quarter: isQuarter(quarter) ? quarter : quarterOf(today),
    region: (given.get('region') ?? '').slice(0, LONGEST_NAME),
    hospital: (given.get('hospital') ?? '').slice(0, LONGEST_NAME),
  };
}

/** The address that says what is looked at. @param {Choices} choices */
export function addressOf({ view, quarter, kind, ...filters }) {
  const given = { view, ...(view === 'quarter' ? { quarter } : view === 'lists' ? { kind, ...filters } : filters) };
  return `?${new URLSearchParams(Object.entries(given).filter(([, value]) => value))}`;
}

/**
 * The choices after a change: a period never ends before it begins, and a hospital lies in the region.
 * @param {Choices} choices
 * @param {Partial<Choices>} change
 * @returns {Choices}
 */
export function withChange(choices, change) {
  const next = { ...choices, ...change };
  if (next.from > next.to) return change.from ? { ...next, to: next.from } : { ...next, from: next.to };
  return change.region === undefined || change.hospital !== undefined ? next : { ...next, hospital: '' };
}

/** The periods with a name. @param {string} today */
export function periods(today) {
  const quarter = quarterOf(today);
  return {
    week: { from: addDays(today, -6), to: today },
    month: { from: addDays(today, -27), to: today },
    quarter: { from: daysOf(quarter).from, to: today },
    before: daysOf(stepQuarter(quarter, -1)),
    year: { from: addDays(today, -364), to: today },
  };
}

/** The question to the server that a view asks. @param {Choices} choices */
export function questionOf(choices) {
  switch (choices.view) {
    case 'quarter': return `/api/v1/reports/quarter/${choices.quarter}`;
    case 'indicators': return `/api/v1/reports/indicators?${filtersOf(choices)}`;
    case 'lists': return `/api/v1/reports/events?kind=${choices.kind}&${filtersOf(choices)}`;
  }
}

/** Where the figures of an indicator stand as CSV. @param {Choices} choices @param {string} id @param {Language} language */
export function indicatorTable(choices, id, language) {
  return `/api/v1/reports/indicators/${encodeURIComponent(id)}.csv?${filtersOf(choices)}&lang=${language}`;
}

/** Where a list stands as CSV. @param {Choices} choices @param {Language} language */
export function listTable(choices, language) {
  return `/api/v1/reports/events.csv?kind=${choices.kind}&${filtersOf(choices)}&lang=${language}`;
}

/** Where the tables of a quarter stand as CSV: all three of LNAZ, or one. @param {string} quarter @param {Language} language @param {number | 'hospitals'} [table] */
export function quarterTable(quarter, language, table) {
  return `/api/v1/reports/quarter/${quarter}.csv?lang=${language}${table === undefined ? '' : `&table=${table}`}`;
}

/** @param {Choices} choices */
function filtersOf({ from, to, region, hospital }) {
  return new URLSearchParams(Object.entries({ from, to, region, hospital }).filter(([, value]) => value)).toString();
}
