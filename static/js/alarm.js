// @ts-check
/** What breaks through when nobody looks at the screen: tones and vibration. */

import { isSilent, loudness } from './state.js';
import { isWelcoming } from './state/breakthrough.js';
import { isDriving, openProposal, shownRide } from './state/ride.js';
import { playTones } from './tones.js';

/** @type {Record<'alarm' | 'warning', import('./tones.js').Tone[]>} */
const TONES = {
  alarm: [[880, 0, 0.22], [660, 0.26, 0.22], [880, 0.52, 0.22], [660, 0.78, 0.34]],
  warning: [[660, 0, 0.16], [880, 0.2, 0.22]],
};
/** @type {Record<'alarm' | 'warning', number[]>} */
const SHAKES = { alarm: [400, 120, 400, 120, 700], warning: [250, 120, 250] };
const LOUD = 0.5;

/** @type {AudioContext | null} */
let audio = null;

/** A browser makes no sound before it was touched: the first touch prepares for what may come. */
export function readySound() {
  const unlock = () => {
    audio ??= 'AudioContext' in window ? new AudioContext() : null;
    if (audio?.state === 'suspended') audio.resume().catch(() => {});
  };
  for (const name of ['pointerdown', 'keydown']) window.addEventListener(name, unlock, { passive: true });
}

/** Sounds for what breaks through, for a proposal, and for a silence that lasts while the ambulance drives. @param {import('./store.js').Store} store */
export function soundOut(store) {
  store.subscribe((state, then) => {
    const [{ ride }, { ride: before }] = [state, then];
    if (isDriving(shownRide(ride)) && isSilent(state) && loudness(state) > loudness(then)) sound('warning');
    if (ride === before) return;
    if (ride.breakthrough && ride.breakthrough !== before.breakthrough) sound(isWelcoming(ride.breakthrough.now) ? 'warning' : 'alarm');
    else if (openProposal(shownRide(ride)) && openProposal(shownRide(ride))?.id !== openProposal(shownRide(before))?.id) sound('warning');
  });
}

/** @param {'alarm' | 'warning'} level */
function sound(level) {
  navigator.vibrate?.(SHAKES[level]);
  if (!audio) return;
  audio.resume().catch(() => {});
  playTones(audio, TONES[level], 'square', LOUD);
}
