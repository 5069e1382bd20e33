// @ts-check
/** What of the dispatch centre's page survives a reload: filters, the view, sound and shortcuts. */

import { DEPARTMENTS } from '../components/departments.js';
import { NO_FILTERS } from './order.js';
import { VIEWS } from './state.js';

/** @typedef {import('./state.js').Control} Control */
/** @typedef {Pick<Control, 'filters' | 'sound' | 'keys' | 'view'>} Kept */

const KEY = 'uitwijk.dispatch';
const SCOPES = ['own', 'near', 'all'];

/** @returns {Kept} */
export function recallControl() {
  return revive(read());
}

/** @param {Control} control @param {Control} before */
export function keepControl(control, before) {
  if (control.filters === before.filters && control.sound === before.sound && control.keys === before.keys && control.view === before.view) return;
  const { filters, sound, keys, view } = control;
  try { localStorage.setItem(KEY, JSON.stringify({ filters, sound, keys, view })); } catch { /* a convenience: works without */ }
}

/** Whatever an older version or another hand left behind gives something usable. @param {any} kept @returns {Kept} */
export function revive(kept) {
  const filters = kept?.filters ?? {};
  const departments = DEPARTMENTS.filter((code) => Array.isArray(filters.departments) && filters.departments.includes(code));
  return {
    view: VIEWS.includes(kept?.view) ? kept.view : 'overview',
    sound: kept?.sound !== false,
    keys: kept?.keys !== false,
    filters: {
      mka: typeof filters.mka === 'string' ? filters.mka : '',
      scope: SCOPES.includes(filters.scope) ? filters.scope : NO_FILTERS.scope,
      departments: departments.length ? departments : DEPARTMENTS,
      stops: filters.stops === true,
      attention: filters.attention === true,
      everywhere: filters.everywhere === true,
      query: typeof filters.query === 'string' ? filters.query.slice(0, 60) : '',
    },
  };
}

/** @returns {unknown} */
function read() {
  try { return JSON.parse(localStorage.getItem(KEY) ?? 'null'); } catch { return null; }
}
