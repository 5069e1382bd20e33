// @ts-check
/** Keeps the screen on while an ambulance drives to a hospital; a device that cannot do that simply goes dark. */

let wanted = false;
/** @type {WakeLockSentinel | null} */
let lock = null;

/** @param {boolean} on */
export function keepAwake(on) {
  wanted = on;
  if (on) take();
  else { lock?.release().catch(() => {}); lock = null; }
}

async function take() {
  if (!('wakeLock' in navigator) || document.visibilityState !== 'visible' || (lock && !lock.released)) return;
  lock = await navigator.wakeLock.request('screen').catch(() => null);
  if (!wanted) keepAwake(false);
}

// The device takes the lock away whenever the page leaves the screen.
document.addEventListener('visibilitychange', () => { if (wanted) take(); });
