// @ts-check
/** Starts the hospital's page. */

import { getProtocol, listHospitals } from './api.js';
import { openConnection } from './connection.js';
import { initialDesk, reduceDesk } from './hospital/state.js';
import { HospitalPage } from './hospital/page.js';
import { dress, keepSettings, recallSettings } from './keep.js';
import { applyDelta, isBehind } from './state/board.js';
import { html, render } from './vendor/preact.js';

const TICK_MS = 1000;
const SILENCE_MS = 10_000;

/** @typedef {import('./hospital/state.js').DeskAction} DeskAction */

let desk = initialDesk(Date.now(), recallSettings());
const root = /** @type {HTMLElement} */ (document.getElementById('app'));
dress(desk.theme, desk.language);

/** @param {DeskAction} action */
function dispatch(action) {
  const before = desk;
  desk = reduceDesk(desk, action);
  keepSettings(desk, before);
  dress(desk.theme, desk.language);
  if (desk.me && (!before.me || before.me.hospital !== desk.me.hospital)) fetchSurroundings();
  if (action.type === 'tick' && desk.link.phase === 'open' && desk.now - desk.link.heardAt > SILENCE_MS) line.heal();
  render(html`<${HospitalPage} desk=${desk} dispatch=${dispatch} line=${line} />`, root);
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

function fetchSurroundings() {
  listHospitals().then((hospitals) => dispatch({ type: 'hospitals', hospitals }), () => {});
  getProtocol().then((protocol) => dispatch({ type: 'protocol', protocol }), () => {});
}

dispatch({ type: 'tick', now: Date.now() });
setInterval(() => dispatch({ type: 'tick', now: Date.now() }), TICK_MS);
line.start();
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
