// @ts-check
/** Bars that lie, for categories with names: the value stands at the end of each. */

import { html } from '../vendor/preact.js';
import { numberText } from './cells.js';
import { fitted, scaleOf, widthOf } from './scale.js';
import { fillOf, FONT, Patterns } from './series.js';

const WIDE = 580;
const THICK = 16;
const GAP = 10;
const LONGEST_PX = 230;

/** @param {{drawn: import('./plot.js').Drawn}} props */
export function Strips({ drawn: { name, label, labels, series, language } }) {
  const left = Math.min(LONGEST_PX, Math.max(...labels.map(widthOf)) + 8);
  const values = series.flatMap((each) => each.values);
  const room = Math.max(...values.map((value) => widthOf(numberText(value ?? 0, language)))) + 10;
  const known = values.map((value) => value ?? 0);
  const least = Math.min(0, ...known);
  const x = scaleOf([least, Math.max(least + 1, ...known)], left + (least < 0 ? room : 0), WIDE - room);
  const group = series.length * THICK + GAP;
  const high = labels.length * group;
  return html`<svg class="plot" viewBox=${`0 0 ${WIDE} ${high}`} role="img" aria-label=${label} focusable="false">
    <${Patterns} name=${name} count=${series.length} />
    <path d=${`M${x(0)} 0V${high}`} class="axis" />
    ${labels.map((text, row) => html`<g key=${row}>
      <text x=${left - 8} y=${row * group + group / 2} font-size=${FONT} text-anchor="end" dominant-baseline="central">${fitted(text, LONGEST_PX)}</text>
      ${series.map((each, index) => strip(each.values[row], row * group + GAP / 2 + index * THICK, index))}</g>`)}
  </svg>`;

  /** @param {number | null} value @param {number} y @param {number} index */
  function strip(value, y, index) {
    const end = x(value ?? 0);
    const back = value !== null && value < 0;
    return html`<g key=${index}>${value !== null && value !== 0 && html`<rect x=${Math.min(x(0), end)} y=${y + 1} width=${Math.abs(end - x(0))} height=${THICK - 2} class=${`bar tone-${index}`} fill=${fillOf(name, index)} />`}
      <text x=${end + (back ? -5 : 5)} y=${y + THICK / 2} font-size=${FONT} text-anchor=${back ? 'end' : 'start'} dominant-baseline="central" class="number">${value === null ? '–' : numberText(value, language)}</text></g>`;
  }
}
