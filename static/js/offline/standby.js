// @ts-check
/** Stands by for the server: keeps what is needed, and answers from the device when the server does not. */

import { isSilent, requestOf } from '../state.js';
import { keepValue, recallKept } from './kept.js';

const SOON_MS = 1200;
const AGAIN_MS = 15_000;
const KEEP_EVERY_MS = 10_000;
const KEEP_AFTER_MS = 400;
const REFRESH_AFTER_MS = 4000;
const REFRESH_EVERY_MS = 10 * 60_000;

/** @typedef {import('../store.js').Store} Store */
/** @typedef {import('../types.js').State} State */
/** @typedef {import('../wire.js').AdviceRequest} AdviceRequest */

/**
 * @param {Store} store
 * @param {() => Promise<import('./device.js').Device>} load
 */
export function standBy(store, load = () => import('./device.js').then(({ openDevice }) => openDevice())) {
  /** @type {Promise<import('./device.js').Device> | null} */
  let loading = null;
  const device = () => {
    loading ??= load();
    loading.catch(() => { loading = null; });
    return loading;
  };
  let keptAt = 0;
  let refreshedAt = 0;
  let answeredAt = 0;

  /** @param {AdviceRequest} request @param {number | null} number of the question; null: asked by nobody */
  async function answer(request, number) {
    const { board, link: { skew } } = store.get();
    if (!board) return;
    answeredAt = Date.now();
    // The board tells moments by the server's clock: a device that is behind would take what is old for fresh.
    const advice = await device().then(({ advise }) => advise(request, board, Date.now() + skew)).catch(() => null);
    const { advice: { asked }, session } = store.get();
    const isWanted = number === null ? isAlone(store.get()) : number === asked;
    if (advice && isWanted && session !== 'expired') store.dispatch({ type: 'advice', advice, now: Date.now(), ask: number });
  }

  /** @param {State} state */
  function tend(state) {
    const { now } = state;
    if (state.session === 'open' && !isAlone(state) && now - refreshedAt > REFRESH_EVERY_MS) {
      // First the page, then what it may need later.
      setTimeout(refresh, refreshedAt ? 0 : REFRESH_AFTER_MS);
      refreshedAt = now;
    }
    const request = requestOf(state);
    if (request && isAlone(state) && now - answeredAt > AGAIN_MS) answer(request, null);
  }

  /** What is not there yet is asked for again soon. */
  async function refresh() {
    const isWhole = await device().then((kept) => kept.refresh()).catch(() => false);
    if (!isWhole) refreshedAt = Date.now() - REFRESH_EVERY_MS + AGAIN_MS;
  }

  async function recallBoard() {
    /** @type {{board: import('../wire.js').Board, heardAt: number, skew?: number} | null} */
    const kept = await recallKept('board', 'last');
    if (kept && !store.get().board) store.dispatch({ type: 'kept-board', ...kept });
  }

  store.subscribe((state, before, action) => {
    if (state.board && state.board !== before.board && action.type !== 'kept-board' && state.now - keptAt > KEEP_EVERY_MS) {
      keptAt = state.now;
      const kept = { board: state.board, heardAt: state.link.heardAt, skew: state.link.skew };
      // First the screen: the browser copies all of it when it is given.
      setTimeout(() => keepValue('board', 'last', kept), KEEP_AFTER_MS);
    }
    if (state.link.phase === 'closed' && before.link.phase !== 'closed' && !state.board) recallBoard();
    if (action.type === 'kept-board') {
      const request = requestOf(state);
      if (request) answer(request, null);
    }
    if (action.type === 'tick') tend(state);
  });

  return {
    answer,
    /**
     * Answers from the device unless the server does so soon; gives what calls it off.
     * @param {AdviceRequest} request @param {number} number
     */
    soon(request, number) {
      const waiting = setTimeout(() => answer(request, number), SOON_MS);
      return () => clearTimeout(waiting);
    },
  };
}

/** Nothing is heard of the server, or there is no line at all. */
export function isAlone(/** @type {State} */ state) {
  return state.link.phase !== 'open' || isSilent(state);
}
