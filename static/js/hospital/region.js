// @ts-check
/** The live board of the region: every hospital with its six departments. */

import { DEPARTMENTS, StatusWord } from '../components/departments.js';
import { dayClock } from '../format.js';
import { html } from '../vendor/preact.js';
import { homeRegion, regionOf } from './state.js';

/** @typedef {import('./page.js').DeskView} DeskView */

/** @param {{view: DeskView}} props */
export function Region({ view }) {
  const { desk, dispatch, t, shared } = view;
  const mka = homeRegion(desk);
  const hospitals = regionOf(desk);
  const states = new Map(desk.board?.hospitals.map((hospital) => [hospital.id, hospital.departments]));
  return html`<section class="region" aria-labelledby="region-title">
    <div class="region-head"><h2 id="region-title">${t('region.title')}${mka && !desk.everywhere && html` <small>${mka}</small>`}</h2>
      ${mka && html`<button type="button" class="button" onClick=${() => dispatch({ type: 'everywhere', on: !desk.everywhere })}>
        ${desk.everywhere ? t('region.mine', { mka }) : t('region.all')}</button>`}</div>
    ${!hospitals.length && html`<p class="hint">${t(desk.hospitals.length ? 'region.none' : 'loading')}</p>`}
    ${hospitals.length > 0 && html`<div class="scroller" tabindex="0" role="group" aria-labelledby="region-title"><table class="matrix">
      <thead><tr><th scope="col">${t('region.hospital')}</th>${DEPARTMENTS.map((code) => html`<th scope="col" key=${code}><abbr title=${shared(`department.${code}`)}>${code}</abbr></th>`)}</tr></thead>
      <tbody>${hospitals.map((hospital) => html`<tr key=${hospital.id} data-own=${hospital.id === desk.me?.hospital}>
        <th scope="row">${hospital.name}</th>
        ${DEPARTMENTS.map((code) => html`<td key=${code}><${Cell} view=${view} has=${hospital.departments[code]} department=${states.get(hospital.id)?.[code]} /></td>`)}
      </tr>`)}</tbody></table></div>`}
  </section>`;
}

/** @param {{view: DeskView, has: string | undefined, department: import('../types.js').DepartmentView | undefined}} props */
function Cell({ view: { desk, t, shared }, has, department }) {
  if (has === 'no') return html`<span class="absent" title=${shared('status.absent')}>–<span class="unseen">${shared('status.absent')}</span></span>`;
  const status = department?.effective ?? department?.status ?? 'unknown';
  return html`<${StatusWord} t=${shared} status=${status} />
    ${department?.until && status !== 'green' && html`<small>${t('until', { time: dayClock(department.until, desk.now, desk.language) })}</small>`}`;
}
