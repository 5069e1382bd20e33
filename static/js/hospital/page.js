// @ts-check
/** The hospital's page: its own departments, who comes, and the region around it. */

import { hospitalText, text } from '../i18n.js';
import { html } from '../vendor/preact.js';
import { EndingAlarm } from './alarm.js';
import { Expired, Header, Lost } from './frame.js';
import { History } from './history.js';
import { Inbound } from './inbound.js';
import { OwnDepartments } from './own.js';
import { Plans } from './plans.js';
import { Region } from './region.js';
import { homeRegion } from './state.js';

/** @typedef {import('./state.js').Desk} Desk */
/** @typedef {(action: import('./state.js').DeskAction) => void} DeskDispatch */
/** @typedef {{desk: Desk, dispatch: DeskDispatch, t: (key: import('../i18n.js').HospitalKey, values?: import('../i18n.js').Values) => string, shared: (key: import('../i18n.js').Key, values?: import('../i18n.js').Values) => string}} DeskView */

/** @param {Desk} desk @param {DeskDispatch} dispatch @returns {DeskView} */
export function viewOf(desk, dispatch) {
  return {
    desk, dispatch,
    t: (key, values) => hospitalText(desk.language, key, values),
    shared: (key, values) => text(desk.language, key, values),
  };
}

/** @param {{desk: Desk, dispatch: DeskDispatch, line: {start(): void, close(): void}, audible: boolean}} props */
export function HospitalPage({ desk, dispatch, line, audible }) {
  const view = viewOf(desk, dispatch);
  const own = desk.hospitals.find(({ id }) => id === desk.me?.hospital);
  const hospital = desk.me?.hospital;
  return html`<div class="desk" inert=${desk.expired}>
    <${Header} view=${view} line=${line} name=${own?.name} />
    <${Lost} view=${view} />
    ${hospital && html`<${EndingAlarm} view=${view} />`}
    <main class="desk-main" data-own=${Boolean(hospital)}>
      ${desk.me && !hospital && html`<p class="card">${view.t('none')}</p>`}
      ${hospital && html`<div class="desk-column"><${OwnDepartments} view=${view} hospital=${hospital} name=${own?.name ?? hospital} /></div>`}
      <div class="desk-column">${hospital && html`<${Inbound} view=${view} audible=${audible} />`}
        <${Around} view=${view} />
        ${hospital && html`<${Plans} view=${view} hospital=${hospital} /><${History} view=${view} />`}</div>
    </main>
  </div><${Expired} view=${view} line=${line} />`;
}

/** @param {{view: DeskView}} props */
function Around({ view }) {
  const { desk, dispatch, t } = view;
  const mka = homeRegion(desk);
  const other = mka && html`<button type="button" class="button" onClick=${() => dispatch({ type: 'everywhere', on: !desk.everywhere })}>${desk.everywhere ? t('region.mine', { mka }) : t('region.all')}</button>`;
  return html`<${Region} view=${view} mka=${mka} head=${other} />`;
}
