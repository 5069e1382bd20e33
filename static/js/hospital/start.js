// @ts-check
/** What the pages that show the board of a desk share: their state, what they remember of it, the line and the clock. */

import { openConnection } from '../connection.js';
import { dress, keepSettings, recallSettings } from '../keep.js';
import { applyDelta, isBehind } from '../state/board.js';
import { isMute } from '../state/silence.js';
import { keepDesk, recallDesk } from './keep.js';
import { initialDesk, reduceDesk } from './state.js';

const TICK_MS = 1000;

/** @typedef {import('./state.js').Desk} Desk */
/** @typedef {import('./state.js').DeskAction} DeskAction */

/**
 * A page of a desk; nothing happens before `start`.
 * @param {(before: Desk, action: DeskAction) => void} onChange
 */
export function makeDesk(onChange) {
  /** @param {DeskAction} action */
  const dispatch = (action) => {
    const before = page.desk;
    page.desk = reduceDesk(before, action);
    keepSettings(page.desk, before);
    keepDesk(page.desk, before);
    dress(page.desk.theme, page.desk.language);
    if (action.type === 'tick' && isMute(page.desk)) line.heal();
    onChange(before, action);
  };
  const line = openConnection({
    onPhase: (phase) => dispatch({ type: 'link', phase, now: Date.now() }),
    onBeat(beat) {
      if (isBehind(page.desk.board, beat)) line.askBoard();
      dispatch({ type: 'heard', now: Date.now() });
    },
    onBoard: (board) => dispatch({ type: 'board', board, now: Date.now() }),
    onDelta(delta) {
      if (!applyDelta(page.desk.board, delta)) line.askBoard();
      dispatch({ type: 'delta', delta, now: Date.now() });
    },
    onInbound: (inbound) => dispatch({ type: 'inbound', inbound }),
    onSession: (me) => dispatch({ type: 'me', me }),
    onExpired: () => dispatch({ type: 'expired' }),
  });
  const page = {
    desk: initialDesk(Date.now(), { ...recallSettings(), ...recallDesk() }),
    dispatch,
    line,
    start() {
      dispatch({ type: 'tick', now: Date.now() });
      setInterval(() => dispatch({ type: 'tick', now: Date.now() }), TICK_MS);
      line.start();
      if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
    },
  };
  dress(page.desk.theme, page.desk.language);
  return page;
}
