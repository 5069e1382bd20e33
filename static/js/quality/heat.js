// @ts-check
/** Hours across, weekdays down: each cell says its number, and is the fuller the more it is. */

import { html } from '../vendor/preact.js';
import { numberText } from './cells.js';
import { strengthOf, widthOf } from './scale.js';
import { FONT } from './series.js';

const WIDE = 760;
const TOP = 20;
const HIGH = 28;

/** @param {{drawn: import('./plot.js').Drawn}} props */
export function Heat({ drawn: { label, labels, series, language } }) {
  const left = Math.max(...labels.map(widthOf)) + 8;
  const room = (WIDE - left) / series.length;
  const most = Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return html`<svg class="plot heat" viewBox=${`0 0 ${WIDE} ${TOP + labels.length * HIGH}`} role="img" aria-label=${label} focusable="false">
    ${series.map(({ title }, column) => html`<text key=${title} x=${left + (column + 0.5) * room} y="13" font-size=${FONT} text-anchor="middle" class="quiet">${title}</text>`)}
    ${labels.map((text, row) => html`<g key=${text}><text x=${left - 8} y=${TOP + (row + 0.5) * HIGH} font-size=${FONT} text-anchor="end" dominant-baseline="central">${text}</text>
      ${series.map(({ title, values }, column) => html`<g key=${title} class=${`cell strength-${strengthOf(values[row], most)}`}>
        <rect x=${left + column * room} y=${TOP + row * HIGH} width=${room - 2} height=${HIGH - 2} rx="3" />
        ${values[row] !== null && html`<text x=${left + (column + 0.5) * room - 1} y=${TOP + (row + 0.5) * HIGH - 1} font-size=${FONT} text-anchor="middle" dominant-baseline="central">${values[row] === 0 ? '·' : numberText(/** @type {number} */ (values[row]), language)}</text>`}</g>`)}</g>`)}
  </svg>`;
}
