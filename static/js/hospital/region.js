// @ts-check
/** The live board of a region: every hospital with its six departments, how long ago that was heard, and a line that counts. */

import { DEPARTMENTS, StatusWord } from '../components/departments.js';
import { dayClock } from '../format.js';
import { heardOf } from '../heard.js';
import { countRegion, statusOf } from '../state/region.js';
import { html } from '../vendor/preact.js';
import { clockOf } from './ending.js';
import { regionOf } from './state.js';

/** @typedef {import('./page.js').DeskView} DeskView */
/** @typedef {import('../types.js').Hospital} Hospital */
/** @typedef {import('../types.js').BoardHospital} BoardHospital */
/** @typedef {import('../types.js').DepartmentCode} DepartmentCode */

/** @param {{view: DeskView, mka: string, head?: unknown}} props `head` stands beside the title */
export function Region({ view, mka, head }) {
  const { desk, t, shared } = view;
  const hospitals = regionOf(desk, mka);
  const told = new Map(desk.board?.hospitals.map((hospital) => [hospital.id, hospital]));
  return html`<section class="region" aria-labelledby="region-title">
    <div class="region-head"><h2 id="region-title">${t('region.title')}${mka && !desk.everywhere && html` <small>${mka}</small>`}</h2>${head}</div>
    ${mka && told.size > 0 && html`<ul class="region-lines">${DEPARTMENTS.map((code) => html`<${Line} key=${code} view=${view} mka=${mka} told=${told} code=${code} />`)}</ul>`}
    ${!hospitals.length && html`<p class="hint">${t(desk.hospitals.length ? 'region.none' : 'loading')}</p>`}
    ${hospitals.length > 0 && html`<div class="scroller" tabindex="0" role="group" aria-labelledby="region-title"><table class="matrix" role="table">
      <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${t('region.hospital')}</th>${DEPARTMENTS.map((code) => html`<th scope="col" role="columnheader" key=${code}><abbr title=${shared(`department.${code}`)}>${code}</abbr></th>`)}
        <th scope="col" role="columnheader">${t('region.heard')}</th></tr></thead>
      <tbody role="rowgroup">${hospitals.map((hospital) => html`<${Row} key=${hospital.id} view=${view} hospital=${hospital} told=${told.get(hospital.id)} />`)}</tbody></table></div>`}
  </section>`;
}

/** How the region stands in one kind of department. @param {{view: DeskView, mka: string, told: Map<string, BoardHospital>, code: DepartmentCode}} props */
function Line({ view: { desk, t }, mka, told, code }) {
  const { total, red, orange, green, closed, unknown } = countRegion(desk.hospitals, told, mka, code);
  if (!total || (code !== 'SEH' && red + orange + closed === 0)) return null;
  const more = [closed && t('region.closed', { count: closed }), unknown && t('region.unknown', { count: unknown })].filter(Boolean);
  const region = desk.board?.regions?.find((each) => each.mka === mka && each.department === code);
  const level = region?.kind === 'met' ? 'alarm' : region?.one_away ? 'warning' : undefined;
  return html`<li data-level=${level}>${t('region.line', { code, red, total, orange, open: green })}${more.map((part) => `, ${part}`)}</li>`;
}

/** @param {{view: DeskView, hospital: Hospital, told: BoardHospital | undefined}} props */
function Row({ view: { desk, t, shared }, hospital, told }) {
  const clock = clockOf(desk);
  return html`<tr role="row" data-own=${hospital.id === desk.me?.hospital}><th scope="row" role="rowheader">${hospital.name}</th>
    ${DEPARTMENTS.map((code) => {
      const status = statusOf(hospital, told, code);
      const until = told?.departments[code]?.until;
      return html`<td role="cell" key=${code} data-code=${code}>${status === null
        ? html`<span class="absent" title=${shared('status.absent')}>–<span class="unseen">${shared('status.absent')}</span></span>`
        : html`<${StatusWord} t=${shared} status=${status} />${until && status !== 'green' && html`<small>${t('until', { time: dayClock(until, clock, desk.language) })}</small>`}`}</td>`;
    })}
    <td role="cell" class="heard" data-code=${t('region.heard')}>${heardOf(told, DEPARTMENTS, /** @type {any} */ (desk.board), clock, desk.language)}</td></tr>`;
}
