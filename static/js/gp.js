// @ts-check
/** Starts the GP's page. */

import { getProtocol, listHospitals } from './api.js';
import { GpPage } from './gp/page.js';
import { makeDesk } from './hospital/start.js';
import { regionShown } from './state/region.js';
import { html, render } from './vendor/preact.js';

/** @typedef {import('./hospital/state.js').Desk} Desk */

const root = /** @type {HTMLElement} */ (document.getElementById('app'));
const page = makeDesk(show);

/** @param {Desk} before */
function show(before) {
  const { desk, dispatch, line } = page;
  if (desk.me && !before.me) listHospitals().then((hospitals) => dispatch({ type: 'hospitals', hospitals }), () => {});
  if (shownOf(desk) !== shownOf(before)) fetchWords(shownOf(desk));
  render(html`<${GpPage} desk=${desk} dispatch=${dispatch} line=${line} />`, root);
}

/** @param {Desk} of */
function shownOf({ hospitals, mka, me }) {
  return regionShown(hospitals, mka, me?.region);
}

/** The words of the protocol that governs a region. @param {string} mka */
function fetchWords(mka) {
  const hospitals = page.desk.hospitals.filter((hospital) => hospital.mka === mka);
  const hospital = hospitals.find(({ protocol }) => protocol) ?? hospitals[0];
  if (!hospital) return;
  getProtocol(hospital.id).then((protocol) => { if (shownOf(page.desk) === mka) page.dispatch({ type: 'protocol', protocol }); }, () => {});
}

page.start();
