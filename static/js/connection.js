// @ts-check
/** The live line to the server: opens, notices silence, heals itself, and never trusts a line that only looks alive. */

import { CallFailed, whoAmI } from './api.js';
import { applyAdviceDelta } from './state/advice_delta.js';
import { io } from './vendor/socket.io.js';

const RETRY_MS = 1000;
const RETRY_MOST_MS = 8000;
const CONNECT_MS = 10_000;
const ANSWER_MS = 6000;
const CALM_MS = 700;
const TICK_MS = 2000;
const SLEPT_MS = 10_000;

/**
 * @typedef {object} Handlers
 * @property {(phase: import('./types.js').LinkState['phase']) => void} onPhase
 * @property {(beat: import('./types.js').Heartbeat) => void} onBeat
 * @property {(board: import('./types.js').Board) => void} onBoard
 * @property {(delta: import('./types.js').BoardDelta) => void} onDelta
 * @property {(advice: import('./types.js').Advice) => void} [onAdvice]
 * @property {() => void} [onLostAdvice] a change was told of an answer that never came: the question must be asked again
 * @property {(told: import('./types.js').Ambulances) => void} [onAmbulances]
 * @property {(ride: import('./types.js').Ride) => void} [onRide]
 * @property {(told: import('./dispatch/types.js').RoomTold) => void} [onRoom]
 * @property {(told: import('./hospital/types.js').Inbound) => void} [onInbound]
 * @property {() => void} [onRoads] other roads are closed
 * @property {(me: import('./types.js').Me) => void} onSession
 * @property {() => void} onExpired
 */

/** @param {Handlers} handlers */
export function openConnection(handlers) {
  const socket = io({
    transports: ['websocket'], autoConnect: false, reconnectionDelay: 300, reconnectionDelayMax: RETRY_MOST_MS, timeout: CONNECT_MS,
  });
  /** @type {Promise<void> | null} */
  let asking = null;
  let healedAt = 0;
  let failures = 0;
  let expired = false;
  let known = false;
  /** The watched answer as this line told it last. @type {import('./types.js').Advice | null} */
  let told = null;

  /** Asks who is logged in: the only way to tell an expired session from a broken line. */
  const checkSession = () => {
    asking ??= whoAmI()
      .then((me) => { known = true; handlers.onSession(me); }, (error) => {
        if (!(error instanceof CallFailed) || error.problem.status !== 401) return;
        expired = true;
        socket.disconnect();
        handlers.onExpired();
      })
      .finally(() => { asking = null; });
    return asking;
  };

  // Longer after each failure, and each page for itself: hundreds lose their server in the same instant.
  const pause = () => Math.min(RETRY_MOST_MS, RETRY_MS * 2 ** failures++) * (0.5 + Math.random());
  const retry = () => setTimeout(() => { if (!expired && !socket.active) socket.connect(); }, pause());

  socket.on('connect', () => {
    failures = 0;
    told = null;
    handlers.onPhase('open');
    // A page that started without a network has a line before it knows whose it is.
    if (!known) checkSession();
  });
  socket.on('disconnect', (reason) => {
    handlers.onPhase('connecting');
    if (reason === 'io server disconnect') checkSession().then(retry);
  });
  socket.on('connect_error', () => {
    handlers.onPhase('closed');
    checkSession().then(retry);
  });
  socket.on('heartbeat', handlers.onBeat);
  socket.on('board', handlers.onBoard);
  socket.on('board:delta', handlers.onDelta);
  const { onAdvice, onLostAdvice } = handlers;
  const hear = (/** @type {import('./types.js').Advice} */ advice) => { told = advice; onAdvice?.(advice); };
  socket.on('advice', hear);
  socket.on('advice:delta', (/** @type {import('./types.js').AdviceDelta} */ delta) => {
    const advice = applyAdviceDelta(told, delta);
    if (advice) hear(advice);
    else onLostAdvice?.();
  });
  if (handlers.onInbound) socket.on('inbound', handlers.onInbound);
  if (handlers.onRoads) socket.on('closures', handlers.onRoads);
  if (handlers.onRide) socket.on('ride', handlers.onRide);
  if (handlers.onRoom) socket.on('room', handlers.onRoom);
  if (handlers.onAmbulances) socket.on('ambulances', handlers.onAmbulances);

  const line = {
    /** Opens the line, also after a new log-in. */
    start() {
      expired = false;
      // Both at once: the line asks for the same session, and a poor network takes its time for each.
      socket.connect();
      return checkSession();
    },
    /** A new line and with it a fresh snapshot, whatever the old line looks like. */
    heal() {
      if (expired || Date.now() - healedAt < CALM_MS) return;
      healedAt = Date.now();
      socket.disconnect();
      socket.connect();
      checkSession();
    },
    askBoard() {
      if (socket.connected) socket.emit('board:get');
    },
    /**
     * Watches the answer to a question; null when the line is not open or does not answer.
     * @param {import('./types.js').AdviceRequest} request
     * @returns {Promise<import('./types.js').Advice | {problem: import('./types.js').Problem} | null>}
     */
    async ask(request) {
      if (!socket.connected) return null;
      const answer = await socket.timeout(ANSWER_MS).emitWithAck('advice:watch', { ...request, changes: true }).catch(() => { line.heal(); return null; });
      if (answer && !('problem' in answer)) told = answer;
      return answer;
    },
    /**
     * Moves the question that is watched; the answer comes by itself when it differs.
     * @param {Pick<import('./types.js').AdviceRequest, 'position' | 'accuracy_m' | 'heading_deg'>} place
     * @returns {Promise<boolean>} whether a question is watched
     */
    async move(place) {
      if (!socket.connected) return true;
      const answer = await socket.timeout(ANSWER_MS).emitWithAck('position', place).catch(() => { line.heal(); return { watching: true }; });
      return answer?.watching ?? false;
    },
    close() {
      expired = true;
      socket.disconnect();
    },
  };
  onReturn(() => line.heal());
  // A page that holds a line open is thrown away instead of kept for the way back.
  window.addEventListener('pagehide', () => socket.disconnect());
  return line;
}

/**
 * Calls when the page comes back from sleep, another app, the back-forward cache or another network.
 * @param {() => void} callback
 */
function onReturn(callback) {
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') callback(); });
  window.addEventListener('pageshow', (event) => { if (event.persisted) callback(); });
  for (const [source, name] of /** @type {const} */ ([[window, 'online'], [document, 'resume']])) source.addEventListener(name, callback);
  // From one network to another, without being off line in between; not every browser tells.
  /** @type {{connection?: EventTarget}} */ (navigator).connection?.addEventListener('change', callback);
  // A device that slept tells nobody; its clock does.
  let tickedAt = Date.now();
  setInterval(() => {
    const now = Date.now();
    if (now - tickedAt > SLEPT_MS) callback();
    tickedAt = now;
  }, TICK_MS);
}
