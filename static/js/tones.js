// @ts-check
/** Tones that swell and fade, so that they do not click. */

/** Frequency in Hz, begin and length in s. @typedef {[number, number, number]} Tone */

const FADE_S = 0.02;

/**
 * Play tones from now on.
 * @param {AudioContext} context
 * @param {Tone[]} tones
 * @param {OscillatorType} shape
 * @param {number} volume from 0 to 1
 */
export function playTones(context, tones, shape, volume) {
  for (const [frequency, begin, length] of tones) {
    const from = context.currentTime + begin;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.type = shape;
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(volume, from + FADE_S);
    gain.gain.setValueAtTime(volume, from + length - FADE_S);
    gain.gain.linearRampToValueAtTime(0, from + length);
    tone.connect(gain).connect(context.destination);
    tone.start(from);
    tone.stop(from + length);
  }
}
