// @ts-check
/** Bars that lie, for what has long names: the value stands at the end of each. */

import { html } from '../vendor/preact.js';
import { numberText } from './cells.js';
import { fitted, scaleOf, widthOf } from './scale.js';
import { fillOf, FONT, Patterns } from './series.js';

const WIDE = 580;
const THICK = 16;
const GAP = 10;
const TOP = 20;
const LONGEST_PX = 230;

/** @param {{drawn: import('./plot.js').Drawn, touching: boolean}} props */
export function Strips({ drawn: { name, label, labels, series, along, measure, language }, touching }) {
  const gap = touching ? 4 : GAP;
  const left = Math.min(LONGEST_PX, Math.max(...[along, ...labels].map(widthOf)) + 8);
  const values = series.flatMap((each) => each.values);
  const room = Math.max(...values.map((value) => widthOf(numberText(value ?? 0, language)))) + 10;
  const known = values.map((value) => value ?? 0);
  const least = Math.min(0, ...known);
  const x = scaleOf([least, Math.max(0, ...known) || least + 1], left + (least < 0 ? room : 0), WIDE - room);
  const group = series.length * THICK + gap;
  const high = TOP + labels.length * group;
  return html`<svg class="plot" viewBox=${`0 0 ${WIDE} ${high}`} role="img" aria-label=${label} focusable="false">
    <${Patterns} name=${name} count=${series.length} />
    <path d=${`M${x(0)} ${TOP}V${high}`} class="axis" />
    <text x=${left - 8} y="12" font-size=${FONT} text-anchor="end" class="quiet">${fitted(along, LONGEST_PX)}</text>
    <text x=${x(0)} y="12" font-size=${FONT} class="quiet">${measure}</text>
    ${labels.map((text, row) => html`<g key=${row}>
      <text x=${left - 8} y=${TOP + row * group + group / 2} font-size=${FONT} text-anchor="end" dominant-baseline="central">${fitted(text, LONGEST_PX)}</text>
      ${series.map((each, index) => strip(each.values[row], TOP + row * group + gap / 2 + index * THICK, index))}</g>`)}
  </svg>`;

  /** @param {number | null} value @param {number} y @param {number} index */
  function strip(value, y, index) {
    const end = x(value ?? 0);
    const back = value !== null && value < 0;
    return html`<g key=${index}>${value !== null && value !== 0 && html`<rect x=${Math.min(x(0), end)} y=${y + 1} width=${Math.abs(end - x(0))} height=${THICK - 2} class=${`bar tone-${index}`} fill=${fillOf(name, index)} />`}
      <text x=${end + (back ? -5 : 5)} y=${y + THICK / 2} font-size=${FONT} text-anchor=${back ? 'end' : 'start'} dominant-baseline="central" class="number">${value === null ? '–' : numberText(value, language)}</text></g>`;
  }
}
