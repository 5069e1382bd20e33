// @ts-check
/** Which period, region and hospital are looked at. */

import { regionsOf } from '../state/region.js';
import { html } from '../vendor/preact.js';
import { periods } from './choices.js';

/** @typedef {import('./view.js').QualityView} QualityView */
/** @typedef {import('../types.js').Hospital} Hospital */

/** @param {{view: QualityView}} props */
export function Filters({ view }) {
  const { quality, dispatch, t } = view;
  const { choices, today } = quality;
  const set = (/** @type {Partial<import('./types.js').Choices>} */ change) => dispatch({ type: 'choose', change });
  const day = (/** @type {'from' | 'to'} */ name) => html`<label class="inline">${t(`filters.${name}`)} <input class="small-field" type="date" value=${choices[name]} max=${today} required
    onChange=${(/** @type {any} */ event) => { if (event.target.value) set({ [name]: event.target.value }); }} /></label>`;
  return html`<div class="quality-filters" role="group" aria-label=${t('filters')}>
    ${day('from')} ${day('to')}
    <span class="codes" role="group" aria-label=${t('period')}>${Object.entries(periods(today)).map(([name, period]) => html`<button type="button" key=${name} class="small-button"
      aria-pressed=${choices.from === period.from && choices.to === period.to} onClick=${() => set(period)}>${t(/** @type {'period.week'} */ (`period.${name}`))}</button>`)}</span>
    <${Where} view=${view} />
    ${(choices.region || choices.hospital) && html`<button type="button" class="small-button" onClick=${() => set({ region: '', hospital: '' })}>${t('filters.clear')}</button>`}
  </div>`;
}

/** @param {{view: QualityView}} props */
function Where({ view: { quality: { choices, hospitals }, dispatch, t } }) {
  const { region, hospital } = choices;
  const roaz = [...new Set(hospitals.map((each) => each.roaz).filter(Boolean))].sort((one, other) => one.localeCompare(other, 'nl'));
  const shown = hospitals.filter((each) => !region || each.roaz === region || each.mka === region).sort((one, other) => one.name.localeCompare(other.name, 'nl'));
  const options = (/** @type {string[]} */ names) => names.map((name) => html`<option key=${name} value=${name}>${name}</option>`);
  // Before the hospitals are there, and for what they do not know, the choice itself stands in the list.
  return html`<select class="small-field" aria-label=${t('filters.region')} value=${region} onChange=${(/** @type {any} */ event) => dispatch({ type: 'choose', change: { region: event.target.value } })}>
      <option value="">${t('filters.region.all')}</option>
      ${region && !hospitals.some((each) => each.roaz === region || each.mka === region) && html`<option value=${region}>${region}</option>`}
      <optgroup label=${t('filters.roaz')}>${options(roaz)}</optgroup><optgroup label=${t('filters.mka')}>${options(regionsOf(hospitals))}</optgroup></select>
    <select class="small-field" aria-label=${t('filters.hospital')} value=${hospital} onChange=${(/** @type {any} */ event) => dispatch({ type: 'choose', change: { hospital: event.target.value } })}>
      <option value="">${t('filters.hospital.all')}</option>
      ${hospital && !shown.some(({ id }) => id === hospital) && html`<option value=${hospital}>${nameOf(hospitals, hospital)}</option>`}
      ${shown.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}</select>`;
}

/** @param {Hospital[]} hospitals @param {string} id */
export function nameOf(hospitals, id) {
  return hospitals.find((each) => each.id === id)?.name ?? id;
}
