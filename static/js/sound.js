// @ts-check
/** Tones for the alarms of a desk: each level its own, and again as long as a grave one is not taken. */

import { playTones } from './tones.js';

/** @typedef {import('./types.js').Level} Level */
/** @typedef {{id: string, level: Level, acknowledged: unknown}} Alarm */

/** @type {Record<Level, import('./tones.js').Tone[]>} */
const TONES = {
  alarm: [[880, 0, 0.2], [587, 0.24, 0.2], [880, 0.48, 0.2], [587, 0.72, 0.3]],
  warning: [[659, 0, 0.18], [880, 0.22, 0.24]],
  info: [[659, 0, 0.18]],
};
const LEVELS = /** @type {Level[]} */ (['alarm', 'warning', 'info']);
const LOUD = 0.4;
/** After so long an alarm that nobody took sounds again; lesser ones sound once. */
export const AGAIN_MS = 30_000;

/**
 * Which tone is due: for what is new and not taken, and again for a grave one.
 * @param {Alarm[]} before
 * @param {Alarm[]} after
 * @param {number} silentMs since the last tone
 * @returns {Level | null}
 */
export function toneDue(before, after, silentMs) {
  const known = new Set(before.map(({ id }) => id));
  const open = after.filter(({ acknowledged }) => !acknowledged);
  const fresh = open.filter(({ id }) => !known.has(id));
  const grave = open.some(({ level }) => level === 'alarm');
  if (!fresh.length) return grave && silentMs >= AGAIN_MS ? 'alarm' : null;
  return LEVELS.find((level) => fresh.some((alarm) => alarm.level === level)) ?? null;
}

/** @param {() => void} onChange hears when it can be heard, or not any more */
export function makeSounder(onChange) {
  /** @type {AudioContext | null} */
  let audio = null;
  let audible = false;
  const note = () => {
    const now = audio?.state === 'running';
    if (now === audible) return;
    audible = now;
    onChange();
  };
  const unlock = () => {
    if (!audio && 'AudioContext' in window) {
      audio = new AudioContext();
      audio.addEventListener('statechange', note);
    }
    if (audio?.state === 'suspended') audio.resume().catch(() => {});
    note();
  };
  // A browser makes no sound before the page was touched; `unlock` tries where it may. Not while a finger is down: what is
  // said about the sound goes then, and the button below it would move away from under the finger.
  for (const name of ['pointerup', 'keydown']) window.addEventListener(name, unlock, { passive: true });
  return {
    unlock,
    isAudible: () => audible,
    /** @param {Level} level */
    sound(level) {
      if (!audio || audio.state !== 'running') return;
      playTones(audio, TONES[level], 'sine', LOUD);
    },
  };
}
