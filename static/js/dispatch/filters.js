// @ts-check
/** What is shown in the matrix: the region, how far around it, which departments, only those with a stop, a name. */

import { DEPARTMENTS } from '../components/departments.js';
import { regionsOf } from '../state/region.js';
import { html } from '../vendor/preact.js';
import { NO_FILTERS } from './order.js';

/** @typedef {import('./types.js').Filters} Filters */

/** @param {{view: import('./view.js').ControlView, mka: string}} props */
export function RegionChoice({ view: { control, dispatch, t }, mka }) {
  const { filters, hospitals } = control;
  const set = (/** @type {Partial<Filters>} */ change) => dispatch({ type: 'filters', change });
  return html`<span class="region-choice">
    <select class="small-field" aria-label=${t('filters.region')} value=${mka} onChange=${(/** @type {any} */ event) => set({ mka: event.target.value })}>
      ${regionsOf(hospitals).map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select>
    <select class="small-field" aria-label=${t('filters.scope')} value=${filters.scope} onChange=${(/** @type {any} */ event) => set({ scope: event.target.value })}>
      ${/** @type {const} */ (['own', 'near', 'all']).map((scope) => html`<option key=${scope} value=${scope}>${t(`scope.${scope}`)}</option>`)}</select></span>`;
}

/** @param {{view: import('./view.js').ControlView}} props */
export function MatrixFilters({ view: { control, dispatch, t, shared } }) {
  const { filters } = control;
  const set = (/** @type {Partial<Filters>} */ change) => dispatch({ type: 'filters', change });
  const toggle = (/** @type {import('../types.js').DepartmentCode} */ code) => {
    const departments = DEPARTMENTS.filter((each) => (each === code ? !filters.departments.includes(each) : filters.departments.includes(each)));
    if (departments.length) set({ departments });
  };
  const isFiltered = filters.scope !== NO_FILTERS.scope || filters.departments.length < DEPARTMENTS.length || filters.stops || filters.query;
  return html`<div class="filters" role="group" aria-label=${t('filters')}>
    <span class="codes" role="group" aria-label=${t('filters.departments')}>${DEPARTMENTS.map((code) => html`<button type="button" key=${code} class="small-button" aria-pressed=${filters.departments.includes(code)}
      aria-label=${`${code}, ${shared(`department.${code}`)}`} onClick=${() => toggle(code)}>${code}</button>`)}</span>
    <button type="button" class="small-button" aria-pressed=${filters.stops} onClick=${() => set({ stops: !filters.stops })}>${t('filters.stops')}</button>
    <input class="small-field" type="search" data-search placeholder=${t('filters.query')} aria-label=${t('filters.query')} value=${filters.query} maxlength="60"
      onInput=${(/** @type {any} */ event) => set({ query: event.target.value })} />
    ${isFiltered && html`<button type="button" class="small-button" onClick=${() => set({ ...NO_FILTERS, mka: filters.mka, attention: filters.attention, everywhere: filters.everywhere })}>${t('filters.clear')}</button>`}
  </div>`;
}
