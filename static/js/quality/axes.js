// @ts-check
/** What standing plots share: their size, the lines across with their numbers, and the labels below. */

import { html } from '../vendor/preact.js';
import { numberText } from './cells.js';
import { everyLabel, widthOf } from './scale.js';
import { FONT } from './series.js';

export const WIDE = 580;
export const HIGH = 258;
export const TOP = 34;
export const BOTTOM = HIGH - 44;

/** Room for the numbers at the left. @param {number[]} ticks @param {import('../types.js').Language} language */
export function leftOf(ticks, language) {
  return Math.max(...ticks.map((tick) => widthOf(numberText(tick, language)))) + 8;
}

/** @param {{ticks: number[], left: number, right: number, y: (value: number) => number, measure: string, language: import('../types.js').Language}} props */
export function Across({ ticks, left, right, y, measure, language }) {
  return html`<g>${ticks.map((tick) => html`<g key=${tick}><path d=${`M${left} ${y(tick)}H${right}`} class=${tick === 0 ? 'axis' : 'grid'} />
      <text x=${left - 6} y=${y(tick)} font-size=${FONT} text-anchor="end" dominant-baseline="central" class="quiet">${numberText(tick, language)}</text></g>`)}
    <text x="0" y="11" font-size=${FONT} class="quiet">${measure}</text></g>`;
}

/** @param {{labels: string[], at: (index: number) => number, room: number, along: string, right: number}} props */
export function Below({ labels, at, room, along, right }) {
  const every = everyLabel(labels, room);
  return html`<g>${labels.map((text, index) => index % every === 0 && html`<text key=${index} x=${at(index)} y=${HIGH - 24} font-size=${FONT} text-anchor="middle" class="quiet">${text}</text>`)}
    <text x=${right} y=${HIGH - 5} font-size=${FONT} text-anchor="end" class="quiet">${along}</text></g>`;
}
