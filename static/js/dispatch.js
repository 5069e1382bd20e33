// @ts-check
/** Starts the dispatch centre's page. */

import { getNetworkMap, listHospitals } from './api.js';
import { openConnection } from './connection.js';
import { actor } from './dispatch/act.js';
import { keepControl, recallControl } from './dispatch/keep.js';
import { listenToKeys } from './dispatch/keys.js';
import { ControlPage } from './dispatch/page.js';
import { alarmsOf, initialControl, reduceControl, withDelta } from './dispatch/state.js';
import { dress, keepSettings, recallSettings } from './keep.js';
import { makeSounder, toneDue } from './sound.js';
import { isBehind } from './state/board.js';
import { isMute } from './state/silence.js';
import { html, render } from './vendor/preact.js';

const TICK_MS = 1000;

/** @typedef {import('./dispatch/state.js').ControlAction} ControlAction */

let control = initialControl(Date.now(), { ...recallSettings(), ...recallControl() });
const root = /** @type {HTMLElement} */ (document.getElementById('app'));
dress(control.theme, control.language);
const act = actor(dispatch);
const sounder = makeSounder(schedule);
let soundedAt = 0;
let scheduled = false;

/** @param {ControlAction} action */
function dispatch(action) {
  const before = control;
  control = reduceControl(control, action);
  if (control.theme !== before.theme || control.language !== before.language) dress(control.theme, control.language);
  keepSettings(control, before);
  keepControl(control, before);
  if (control.me && !before.me) fetchSurroundings();
  if (action.type === 'tick' && isMute(control)) line.heal();
  if (action.type === 'room' || action.type === 'tick') soundFor(before);
  schedule();
}

/** Whatever happens within one frame is painted once; a page that nobody sees gets no frames. */
function schedule() {
  if (scheduled) return;
  scheduled = true;
  if (document.hidden) setTimeout(paint);
  else requestAnimationFrame(paint);
}

function paint() {
  scheduled = false;
  render(html`<${ControlPage} control=${control} dispatch=${dispatch} act=${act} line=${line} audible=${sounder.isAudible()} />`, root);
}

/** @param {import('./dispatch/state.js').Control} before */
function soundFor(before) {
  const tone = toneDue(alarmsOf(before), alarmsOf(control), control.now - soundedAt);
  if (!tone) return;
  soundedAt = control.now;
  if (control.sound) sounder.sound(tone);
}

const line = openConnection({
  onPhase: (phase) => dispatch({ type: 'link', phase, now: Date.now() }),
  onBeat(beat) {
    if (isBehind(control.board, beat)) line.askBoard();
    dispatch({ type: 'heard', now: Date.now() });
  },
  onBoard: (board) => dispatch({ type: 'board', board: /** @type {any} */ (board), now: Date.now() }),
  onDelta(told) {
    const delta = /** @type {import('./dispatch/types.js').FullDelta} */ (told);
    if (!withDelta(control.board, delta)) line.askBoard();
    dispatch({ type: 'delta', delta, now: Date.now() });
  },
  onAmbulances: ({ ambulances }) => dispatch({ type: 'vehicles', vehicles: ambulances }),
  onRoom: (told) => dispatch({ type: 'room', told }),
  onSession: (me) => dispatch({ type: 'me', me }),
  onExpired: () => dispatch({ type: 'expired' }),
});

function fetchSurroundings() {
  listHospitals().then((hospitals) => dispatch({ type: 'hospitals', hospitals }), () => {});
  getNetworkMap().then((network) => dispatch({ type: 'network', network }), () => {});
}

listenToKeys(() => control, dispatch);
dispatch({ type: 'tick', now: Date.now() });
setInterval(() => dispatch({ type: 'tick', now: Date.now() }), TICK_MS);
line.start();
sounder.unlock();
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
