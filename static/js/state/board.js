// @ts-check
/** The board as the server tells it: a snapshot, then changes; a gap is seen and asked for again. */

/** @typedef {import('../types.js').Board} Board */

/**
 * The board after a change, or null when the change does not fit on it and a snapshot is needed.
 * @param {Board | null} board
 * @param {import('../types.js').BoardDelta} delta
 * @returns {Board | null}
 */
export function applyDelta(board, delta) {
  if (!board || !fits(board, delta)) return null;
  const changed = new Map(delta.hospitals.map((hospital) => [hospital.id, hospital]));
  const known = new Set(board.hospitals.map((hospital) => hospital.id));
  return {
    ...board,
    seq: delta.seq,
    as_of: delta.as_of ?? board.as_of,
    notices: delta.notices ?? board.notices,
    regions: delta.regions ?? board.regions,
    freshness: delta.freshness ?? board.freshness,
    feeds: delta.feeds ?? board.feeds,
    hospitals: [
      ...board.hospitals.map((hospital) => changed.get(hospital.id) ?? hospital),
      ...delta.hospitals.filter((hospital) => !known.has(hospital.id)),
    ],
  };
}

/**
 * Whether a heartbeat speaks of another life of the server, or of changes that never came.
 * @param {Board | null} board
 * @param {import('../types.js').Heartbeat} beat
 */
export function isBehind(board, beat) {
  if (!board) return true;
  return (board.epoch !== undefined && board.epoch !== beat.epoch) || beat.seq > board.seq;
}

/**
 * @param {Board} board
 * @param {import('../types.js').BoardDelta} delta
 */
function fits(board, delta) {
  const sameLife = delta.epoch === undefined || board.epoch === undefined || delta.epoch === board.epoch;
  return sameLife && delta.from_seq === board.seq;
}
