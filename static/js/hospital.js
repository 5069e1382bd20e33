// @ts-check
/** Starts the hospital's page. */

import { getProtocol, listHospitals } from './api.js';
import { openConnection } from './connection.js';
import { listPlans, listStops } from './hospital/calls.js';
import { soundings } from './hospital/ending.js';
import { keepDesk, recallDesk } from './hospital/keep.js';
import { HospitalPage } from './hospital/page.js';
import { initialDesk, reduceDesk } from './hospital/state.js';
import { dress, keepSettings, recallSettings } from './keep.js';
import { makeSounder, toneDue } from './sound.js';
import { applyDelta, isBehind } from './state/board.js';
import { html, render } from './vendor/preact.js';

const TICK_MS = 1000;
const SILENCE_MS = 10_000;

/** @typedef {import('./hospital/state.js').DeskAction} DeskAction */

let desk = initialDesk(Date.now(), { ...recallSettings(), ...recallDesk() });
const root = /** @type {HTMLElement} */ (document.getElementById('app'));
dress(desk.theme, desk.language);
const sounder = makeSounder(paint);
let soundedAt = 0;

/** @param {DeskAction} action */
function dispatch(action) {
  const before = desk;
  desk = reduceDesk(desk, action);
  keepSettings(desk, before);
  keepDesk(desk, before);
  dress(desk.theme, desk.language);
  if (desk.me && (!before.me || before.me.hospital !== desk.me.hospital)) fetchSurroundings();
  if (isOwnNews(action)) fetchOwn();
  if (action.type === 'tick' && desk.link.phase === 'open' && desk.now - desk.link.heardAt > SILENCE_MS) line.heal();
  soundFor(before);
  paint();
}

function paint() {
  render(html`<${HospitalPage} desk=${desk} dispatch=${dispatch} line=${line} audible=${sounder.isAudible()} />`, root);
}

/** What was there when the page opened is no announcement. @param {import('./hospital/state.js').Desk} before */
function soundFor(before) {
  const tone = toneDue(soundings(before.inbound ? before : { ...before, inbound: desk.inbound }), soundings(desk), desk.now - soundedAt);
  if (!tone) return;
  soundedAt = desk.now;
  if (desk.sound) sounder.sound(tone);
}

/** Whether something was done or told about the own hospital. @param {DeskAction} action */
function isOwnNews(action) {
  if (action.type === 'delta') return action.delta.hospitals.some(({ id }) => id === desk.me?.hospital);
  return action.type === 'done' || action.type === 'board';
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
  onInbound: (inbound) => dispatch({ type: 'inbound', inbound }),
  onSession: (me) => dispatch({ type: 'me', me }),
  onExpired: () => dispatch({ type: 'expired' }),
});

function fetchSurroundings() {
  listHospitals().then((hospitals) => dispatch({ type: 'hospitals', hospitals }), () => {});
  getProtocol().then((protocol) => dispatch({ type: 'protocol', protocol }), () => {});
  fetchOwn();
}

function fetchOwn() {
  if (!desk.me?.hospital) return;
  listStops().then((stops) => dispatch({ type: 'stops', stops }), () => {});
  listPlans().then((plans) => dispatch({ type: 'plans', plans }), () => {});
}

dispatch({ type: 'tick', now: Date.now() });
setInterval(() => dispatch({ type: 'tick', now: Date.now() }), TICK_MS);
line.start();
sounder.unlock();
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
