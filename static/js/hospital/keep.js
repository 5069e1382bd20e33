// @ts-check
/** What the desks' pages remember on the device: whether it sounds, what was seen, which region is looked at. */

const KEY = 'uitwijk.desk';
const SEEN_MOST = 40;

/** @typedef {import('./state.js').Desk} Desk */
/** @typedef {Pick<Desk, 'sound' | 'seen' | 'mka'>} Kept */

/** @returns {Partial<Kept>} */
export function recallDesk() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return {
      sound: kept.sound !== false,
      seen: Array.isArray(kept.seen) ? kept.seen.filter((/** @type {unknown} */ id) => typeof id === 'string') : [],
      mka: typeof kept.mka === 'string' ? kept.mka : '',
    };
  } catch { return {}; }
}

/** @param {Desk} desk @param {Desk} before */
export function keepDesk({ sound, seen, mka }, before) {
  if (sound === before.sound && seen === before.seen && mka === before.mka) return;
  try {
    localStorage.setItem(KEY, JSON.stringify({ sound, seen: seen.slice(-SEEN_MOST), mka }));
  } catch { /* a device without storage starts anew each time */ }
}
