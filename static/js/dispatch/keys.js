// @ts-check
/** Single keys that lead to a place of the page; off where one types, and wholly by a switch. */

import { VIEWS } from './state.js';

/** @type {Record<string, string>} */
const PLACES = { s: '.matrix [tabindex="0"]', r: '#rides-title', a: '#alarms-title', '/': '[data-search]' };

/** @param {() => import('./state.js').Control} get @param {import('./view.js').ControlDispatch} dispatch */
export function listenToKeys(get, dispatch) {
  document.addEventListener('keydown', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!get().keys || event.ctrlKey || event.metaKey || event.altKey || target?.closest('input:not([type="radio"]), select, textarea')) return;
    if (event.key === 'Escape' && get().proposing) dispatch({ type: 'propose', ride: null });
    else if (VIEWS[Number(event.key) - 1]) dispatch({ type: 'view', view: VIEWS[Number(event.key) - 1] });
    else if (PLACES[event.key]) goTo(PLACES[event.key], get, dispatch);
    else return;
    event.preventDefault();
  });
}

/** @param {string} selector @param {() => import('./state.js').Control} get @param {import('./view.js').ControlDispatch} dispatch */
function goTo(selector, get, dispatch) {
  if (get().view !== 'overview') dispatch({ type: 'view', view: 'overview' });
  /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus();
}
