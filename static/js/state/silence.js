// @ts-check
/** For how long nothing was heard from the server, and how loud the page must say so. */

/** @typedef {import('../types.js').State} State */

export const SILENCE_MS = 10_000;
/** After how many minutes of silence the page gets louder. */
const LOUDER_MIN = [1, 5, 15];

/**
 * Whether nothing was heard from the server for too long.
 * @param {State} state
 */
export function isSilent(state) {
  return state.now - state.link.heardAt > SILENCE_MS;
}

/**
 * Whether an open line says nothing, although it had the time to: what it carries must be mended.
 * @param {{now: number, link: import('../types.js').LinkState}} state
 */
export function isMute({ now, link }) {
  return link.phase === 'open' && now - Math.max(link.heardAt, link.openedAt) > SILENCE_MS;
}

/**
 * How loud the page must say that nothing is heard: 0 in the first minute, 3 when it is long.
 * @param {State} state
 */
export function loudness(state) {
  const silent_min = (state.now - state.link.heardAt) / 60_000;
  return LOUDER_MIN.filter((minutes) => silent_min >= minutes).length;
}

/**
 * What is known of the line once the device's clock shows another moment: one that was set back makes nothing younger.
 * @param {State} state
 * @param {number} now
 */
export function linkAt({ now: before, link }, now) {
  const backMs = before - now;
  if (backMs <= 0) return link;
  return { ...link, heardAt: link.heardAt - backMs, openedAt: link.openedAt - backMs, skew: link.skew + backMs };
}
