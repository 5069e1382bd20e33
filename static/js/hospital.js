// @ts-check
/** Starts the hospital's page. */

import { getProtocol, listHospitals } from './api.js';
import { listPlans, listStops } from './hospital/calls.js';
import { soundings } from './hospital/ending.js';
import { HospitalPage } from './hospital/page.js';
import { makeDesk } from './hospital/start.js';
import { makeSounder, toneDue } from './sound.js';
import { html, render } from './vendor/preact.js';

/** @typedef {import('./hospital/state.js').Desk} Desk */
/** @typedef {import('./hospital/state.js').DeskAction} DeskAction */

const root = /** @type {HTMLElement} */ (document.getElementById('app'));
const page = makeDesk(show);
const sounder = makeSounder(paint);
let soundedAt = 0;

/** @param {Desk} before @param {DeskAction} action */
function show(before, action) {
  const { me } = page.desk;
  if (me && (!before.me || before.me.hospital !== me.hospital)) fetchSurroundings();
  if (isOwnNews(action)) fetchOwn();
  soundFor(before);
  paint();
}

function paint() {
  const { desk, dispatch, line } = page;
  render(html`<${HospitalPage} desk=${desk} dispatch=${dispatch} line=${line} audible=${sounder.isAudible()} />`, root);
}

/** What was there when the page opened is no announcement. @param {Desk} before */
function soundFor(before) {
  const { desk } = page;
  const tone = toneDue(soundings(before.inbound ? before : { ...before, inbound: desk.inbound }), soundings(desk), desk.now - soundedAt);
  if (!tone) return;
  soundedAt = desk.now;
  if (desk.sound) sounder.sound(tone);
}

/** Whether something was done or told about the own hospital. @param {DeskAction} action */
function isOwnNews(action) {
  if (action.type === 'delta') return action.delta.hospitals.some(({ id }) => id === page.desk.me?.hospital);
  return action.type === 'done' || action.type === 'board';
}

function fetchSurroundings() {
  listHospitals().then((hospitals) => page.dispatch({ type: 'hospitals', hospitals }), () => {});
  getProtocol().then((protocol) => page.dispatch({ type: 'protocol', protocol }), () => {});
  fetchOwn();
}

function fetchOwn() {
  if (!page.desk.me?.hospital) return;
  listStops().then((stops) => page.dispatch({ type: 'stops', stops }), () => {});
  listPlans().then((plans) => page.dispatch({ type: 'plans', plans }), () => {});
}

page.start();
sounder.unlock();
