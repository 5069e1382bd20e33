// @ts-check
/** The one state of the nurse's page, and the one function that changes it. No browser, no clock, no network. */

import { applyDelta, isBehind } from './state/board.js';
import { noFacts, withKey } from './state/facts.js';
import { hasUrgent, isHeld, isOrderWaiting, orderOf } from './state/order.js';
import { nowhere, withFix } from './state/place.js';
import { questionOf } from './state/question.js';
import { lookedAt, noRide } from './state/ride.js';
import { reduceRide } from './state/ride_events.js';
import { linkAt } from './state/silence.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Action} Action */

export { requestOf } from './state/question.js';
export { isMute, isSilent, loudness, SILENCE_MS } from './state/silence.js';

export const UNDO_MS = 15_000;

/**
 * @param {number} now device clock in ms
 * @returns {State}
 */
export function initialState(now) {
  return {
    now, language: 'nl', theme: 'auto', me: null, session: 'unknown',
    link: { phase: 'connecting', heardAt: now, openedAt: 0, skew: 0 },
    board: null, facts: noFacts(), cleared: null, place: nowhere(),
    advice: { current: null, receivedAt: 0, asked: 0, asking: '', question: '', waiting: false, problem: null, order: [], turn: 0, noticed: false, applyNext: true },
    list: { open: null, touching: false, touchedAt: 0, showAll: false },
    hospitals: [], network: null, route: null, vehicles: [], ride: noRide(), closures: [], panel: null, tab: 'list', broken: false,
  };
}

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function reduce(state, action) {
  return reduceRide(reduceView(reduceLink(reducePlace(reducePatient(reduceAdvice(state, action), action), action), action), action), action, state);
}

/** @param {State} state @param {Action} action @returns {State} */
function reduceLink(state, action) {
  switch (action.type) {
    case 'me': return { ...state, me: action.me, session: 'open' };
    case 'session-expired': return { ...state, session: 'expired', panel: null };
    case 'link': return { ...state, link: { ...state.link, phase: action.phase, openedAt: action.phase === 'open' ? action.now : state.link.openedAt } };
    case 'heard': return heard(state, action.now, action.beat?.now);
    case 'board': return { ...heard(state, action.now, action.board.as_of), board: action.board };
    // What an earlier visit heard last, when nobody is there to tell.
    case 'kept-board': return state.board ? state : { ...state, board: action.board, link: { ...state.link, heardAt: action.heardAt, skew: action.skew ?? 0 } };
    case 'board-delta': {
      const board = applyDelta(state.board, action.delta);
      return board ? { ...heard(state, action.now), board } : heard(state, action.now);
    }
    default: return state;
  }
}

/** @param {State} state @param {number} now @param {string} [told] the moment by the server's clock @returns {State} */
function heard(state, now, told) {
  return { ...state, link: { ...state.link, heardAt: now, skew: told ? Date.parse(told) - now : state.link.skew } };
}

/** @param {State} state @param {Action} action @returns {State} */
function reducePatient(state, action) {
  const { facts } = state;
  switch (action.type) {
    case 'facts': {
      const asksWhere = action.change.origin === 'internal' && !facts.inside;
      return own({ ...state, facts: { ...facts, ...action.change }, cleared: null, panel: asksWhere ? 'inside' : state.panel });
    }
    case 'relation': {
      const relation = withKey(facts.relation, action.hospital, action.relation === 'none' ? null : action.relation);
      return own({ ...state, facts: { ...facts, relation } }, action.inRow);
    }
    case 'consult':
      return own({ ...state, facts: { ...facts, consult: withKey(facts.consult, action.hospital, action.outcome) } }, true);
    case 'gp-accepted':
      return own({ ...state, facts: { ...facts, gpAccepted: withKey(facts.gpAccepted, action.hospital, action.accepted) } }, action.inRow);
    case 'new-patient':
      return own({ ...state, facts: noFacts(), cleared: { facts, at: state.now }, panel: null, list: { ...state.list, open: null, showAll: false } });
    case 'restore-patient':
      return state.cleared ? own({ ...state, facts: state.cleared.facts, cleared: null }) : state;
    default: return state;
  }
}

/**
 * The crew changed a fact: the next order is theirs and shows at once, unless they did it inside the open row.
 * @param {State} state
 * @param {boolean} [inRow]
 * @returns {State}
 */
function own(state, inRow = false) {
  return { ...state, advice: { ...state.advice, applyNext: state.advice.applyNext || !inRow } };
}

/** @param {State} state @param {Action} action @returns {State} */
function reducePlace(state, action) {
  const { place } = state;
  switch (action.type) {
    case 'gps': return { ...state, place: { ...place, gps: action.gps } };
    case 'fix': return { ...state, place: withFix(place, action.fix) };
    case 'draft': return { ...state, place: { ...place, draft: action.position } };
    case 'manual':
      return own({ ...state, panel: null, place: { ...place, draft: null, manual: { position: action.position, name: action.name } } });
    case 'use-gps': return own({ ...state, panel: null, place: { ...place, manual: null, draft: null } });
    default: return state;
  }
}

/** @param {State} state @param {Action} action @returns {State} */
function reduceAdvice(state, action) {
  const { advice } = state;
  switch (action.type) {
    case 'asked': return { ...state, advice: { ...advice, asked: action.ask, asking: questionOf(state), waiting: true } };
    case 'advice': return action.ask !== null && action.ask < advice.asked ? state : withAdvice(state, action);
    case 'advice-problem':
      return action.ask < advice.asked ? state : { ...state, advice: { ...advice, waiting: false, problem: action.problem } };
    case 'apply-order': return { ...state, advice: { ...inOrder(advice), turn: advice.turn + 1 } };
    case 'tick': {
      const settled = isOrderWaiting(advice) && !isHeld(state.list, action.now);
      const cleared = state.cleared && action.now - state.cleared.at < UNDO_MS ? state.cleared : null;
      return { ...state, now: action.now, link: linkAt(state, action.now), cleared, advice: settled ? inOrder(advice) : advice };
    }
    default: return state;
  }
}

/**
 * @param {State} state
 * @param {Extract<Action, {type: 'advice'}>} action
 * @returns {State}
 */
function withAdvice(state, action) {
  const { advice, list } = state;
  const isOwn = action.ask !== null && advice.applyNext;
  const isFree = isOwn || !advice.order.length || !isHeld(list, action.now);
  const told = {
    ...advice, current: action.advice, receivedAt: action.now, problem: null, question: action.ask === null ? advice.question : advice.asking,
    waiting: action.ask === null ? advice.waiting : false, applyNext: isOwn ? false : advice.applyNext,
  };
  const turn = isOwn && !list.open ? advice.turn + 1 : advice.turn;
  return { ...state, advice: isFree ? { ...inOrder(told), turn } : told };
}

/** The list as the answer has it. @param {import('./types.js').AdviceState} advice */
function inOrder(advice) {
  return { ...advice, order: orderOf(advice.current), noticed: hasUrgent(advice.current) };
}

/** @param {State} state @param {Action} action @returns {State} */
function reduceView(state, action) {
  switch (action.type) {
    case 'language': return { ...state, language: action.language };
    case 'theme': return { ...state, theme: action.theme };
    case 'touch':
      if (!action.down && !state.list.touching) return state;
      return { ...state, list: { ...state.list, touching: action.down, touchedAt: action.now } };
    case 'open':
      return { ...state, list: { ...state.list, open: action.hospital, touchedAt: action.now } };
    case 'show-all': return { ...state, list: { ...state.list, showAll: action.on } };
    case 'hospitals': return { ...state, hospitals: action.hospitals };
    case 'closures': return { ...state, closures: action.closures };
    case 'network': return { ...state, network: action.network };
    // Outside the demonstration nothing invented is ever drawn.
    case 'ambulances': return { ...state, vehicles: state.me?.demo && action.told.demo ? action.told.ambulances : [] };
    case 'route':
      return action.hospital === lookedAt(state)
        ? { ...state, route: { hospital: action.hospital, feature: action.feature, failed: action.failed } } : state;
    case 'panel': return { ...state, panel: action.panel };
    case 'tab': return { ...state, tab: action.tab };
    case 'broken': return { ...state, broken: true };
    default: return state;
  }
}

/**
 * Whether a snapshot of the board must be asked for after this action.
 * @param {State} state the state before the action
 * @param {Action} action
 */
export function needsSnapshot(state, action) {
  if (action.type === 'heard') return action.beat !== undefined && isBehind(state.board, action.beat);
  return action.type === 'board-delta' && applyDelta(state.board, action.delta) === null;
}
