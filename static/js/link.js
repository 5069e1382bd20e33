// @ts-check
/** Ties the state to the world: asks when facts change, mends what was missed, draws the route of the open row. */

import { getNetworkMap, getRoute, listHospitals } from './api.js';
import { openConnection } from './connection.js';
import { dress, keep } from './keep.js';
import { isAlone, standBy } from './offline/standby.js';
import { positionOf } from './state/place.js';
import { partsOf, questionOf } from './state/question.js';
import { lookedAt } from './state/ride.js';
import { isMute, needsSnapshot, requestOf } from './state.js';

const OLD_BOARD_MS = 3 * 60_000;

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./types.js').State} State */

/** @param {Store} store */
export function linkUp(store) {
  const { dispatch } = store;
  const now = () => Date.now();
  const device = standBy(store);
  let askedBoardAt = 0;
  let toldSeq = -1;
  const line = openConnection({
    onPhase(phase) {
      dispatch({ type: 'link', phase, now: now() });
      if (phase === 'open') ask();
    },
    onBeat: (beat) => dispatch({ type: 'heard', now: now(), beat }),
    onBoard: (board) => dispatch({ type: 'board', board, now: now() }),
    onDelta: (delta) => dispatch({ type: 'board-delta', delta, now: now() }),
    onAdvice(advice) {
      toldSeq = Math.max(toldSeq, advice.seq);
      dispatch({ type: 'advice', advice, now: now(), ask: null });
    },
    onLostAdvice: () => ask(),
    onRoads: () => dispatch({ type: 'closures-told' }),
    onRide: (ride) => dispatch({ type: 'ride', ride }),
    onAmbulances: (told) => dispatch({ type: 'ambulances', told }),
    onSession: (me) => dispatch({ type: 'me', me }),
    onExpired: () => dispatch({ type: 'session-expired' }),
  });

  async function ask() {
    const request = requestOf(store.get());
    if (!request) return;
    const number = store.get().advice.asked + 1;
    dispatch({ type: 'asked', ask: number });
    toldSeq = -1;
    const callOff = device.soon(request, number);
    const answer = await line.ask(request);
    callOff();
    if (!answer) {
      device.answer(request, number);
      return;
    }
    if (!('problem' in answer)) {
      dispatch({ type: 'advice', advice: answer, now: now(), ask: number });
      // Something newer was told before this answer came: nobody knows to which question it belonged.
      if (toldSeq > answer.seq && number === store.get().advice.asked) ask();
    } else if (answer.problem.status === 401) dispatch({ type: 'session-expired' });
    else dispatch({ type: 'advice-problem', problem: answer.problem, ask: number });
  }

  /** While driving the question stays the same; an answer that needs no receipt needs none. */
  async function move(/** @type {State} */ state) {
    const request = requestOf(state);
    if (request && isAlone(state)) ask();
    else if (request && !(await line.move(partsOf(request).place))) ask();
  }

  store.subscribe((state, before, action) => {
    keep(state, before);
    if (state.theme !== before.theme || state.language !== before.language) dress(state.theme, state.language);
    if (needsSnapshot(before, action)) line.askBoard();
    const change = changeOf(state, before);
    if (change === 'question') ask();
    if (change === 'position') move(state);
    if (routeKey(state) !== routeKey(before)) fetchRoute(state, dispatch);
    if (action.type === 'tick' && isMute(state)) line.heal();
    if (action.type === 'tick' && state.board && state.now + state.link.skew - Date.parse(state.board.as_of) > OLD_BOARD_MS && !isAlone(state) && state.now - askedBoardAt > OLD_BOARD_MS) {
      // Changes tell what differs, not that what stayed the same was heard again.
      askedBoardAt = state.now;
      line.askBoard();
    }
    // Without a connection the service worker still has them.
    const alone = state.link.phase === 'closed' && before.link.phase !== 'closed' && !state.network;
    if (alone || (state.session === 'open' && before.session !== 'open')) fetchSurroundings(store);
  });
  return line;
}

/**
 * What changed about the question: the device moved, or something that makes it another question.
 * @param {State} state
 * @param {State} before
 */
function changeOf(state, before) {
  const [now, then] = [requestOf(state), requestOf(before)];
  if (JSON.stringify(now) === JSON.stringify(then)) return null;
  const onlyMoved = now && then && !state.advice.problem && state.advice.current && !state.place.manual && !before.place.manual
    && questionOf(state) === questionOf(before);
  return onlyMoved ? 'position' : 'question';
}

/** The route follows the open row, or the destination, and where the ambulance is. */
function routeKey(/** @type {State} */ state) {
  const hospital = lookedAt(state);
  return hospital && state.advice.current ? JSON.stringify([hospital, positionOf(state.place), state.facts.signals]) : null;
}

/** @param {State} state @param {import('./types.js').Dispatch} dispatch */
async function fetchRoute(state, dispatch) {
  const hospital = lookedAt(state);
  const position = positionOf(state.place);
  if (!hospital || !position || !state.advice.current) return;
  const feature = await getRoute(position, hospital, state.facts.signals).catch(() => null);
  dispatch({ type: 'route', hospital, feature, failed: feature === null });
}

/** What changes seldom: names of hospitals and the road network's own map. */
function fetchSurroundings(/** @type {Store} */ { dispatch, get }) {
  if (!get().hospitals.length) listHospitals().then((hospitals) => dispatch({ type: 'hospitals', hospitals }), () => {});
  getNetworkMap().then((network) => dispatch({ type: 'network', network }), () => {});
}
