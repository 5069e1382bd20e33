// @ts-check
/** Starts the GP's page. */

import { getProtocol, listHospitals } from './api.js';
import { openConnection } from './connection.js';
import { GpPage } from './gp/page.js';
import { keepDesk, recallDesk } from './hospital/keep.js';
import { initialDesk, reduceDesk } from './hospital/state.js';
import { dress, keepSettings, recallSettings } from './keep.js';
import { applyDelta, isBehind } from './state/board.js';
import { regionShown } from './state/region.js';
import { html, render } from './vendor/preact.js';

const TICK_MS = 1000;
const SILENCE_MS = 10_000;

/** @typedef {import('./hospital/state.js').DeskAction} DeskAction */

let desk = initialDesk(Date.now(), { ...recallSettings(), ...recallDesk() });
const root = /** @type {HTMLElement} */ (document.getElementById('app'));
dress(desk.theme, desk.language);

/** @param {DeskAction} action */
function dispatch(action) {
  const before = desk;
  desk = reduceDesk(desk, action);
  keepSettings(desk, before);
  keepDesk(desk, before);
  dress(desk.theme, desk.language);
  if (desk.me && !before.me) listHospitals().then((hospitals) => dispatch({ type: 'hospitals', hospitals }), () => {});
  if (shownOf(desk) !== shownOf(before)) fetchWords(shownOf(desk));
  if (action.type === 'tick' && desk.link.phase === 'open' && desk.now - desk.link.heardAt > SILENCE_MS) line.heal();
  render(html`<${GpPage} desk=${desk} dispatch=${dispatch} line=${line} />`, root);
}

/** @param {import('./hospital/state.js').Desk} of */
function shownOf({ hospitals, mka, me }) {
  return regionShown(hospitals, mka, me?.region);
}

/** The words of the protocol that governs a region. @param {string} mka */
function fetchWords(mka) {
  const hospitals = desk.hospitals.filter((hospital) => hospital.mka === mka);
  const hospital = hospitals.find(({ protocol }) => protocol) ?? hospitals[0];
  if (!hospital) return;
  getProtocol(hospital.id).then((protocol) => { if (shownOf(desk) === mka) dispatch({ type: 'protocol', protocol }); }, () => {});
}

const line = openConnection({
  onPhase: (phase) => dispatch({ type: 'link', phase, now: Date.now() }),
  onBeat(beat) {
    if (isBehind(desk.board, beat)) line.askBoard();
    dispatch({ type: 'heard', now: Date.now() });
  },
  onBoard: (board) => dispatch({ type: 'board', board, now: Date.now() }),
  onDelta(delta) {
    if (!applyDelta(desk.board, delta)) line.askBoard();
    dispatch({ type: 'delta', delta, now: Date.now() });
  },
  onSession: (me) => dispatch({ type: 'me', me }),
  onExpired: () => dispatch({ type: 'expired' }),
});

dispatch({ type: 'tick', now: Date.now() });
setInterval(() => dispatch({ type: 'tick', now: Date.now() }), TICK_MS);
line.start();
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
