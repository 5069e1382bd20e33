// @ts-check
/** Bars that stand, over hours or numbers; those of a histogram touch each other. */

import { html } from '../vendor/preact.js';
import { Across, Below, BOTTOM, HIGH, leftOf, TOP, WIDE } from './axes.js';
import { numberText } from './cells.js';
import { scaleOf, ticksFor, widthOf } from './scale.js';
import { fillOf, FONT, Patterns } from './series.js';

const APART = 0.24;

/** @param {{drawn: import('./plot.js').Drawn, touching: boolean}} props */
export function Columns({ drawn: { name, label, labels, series, along, measure, language }, touching }) {
  const values = series.flatMap((each) => each.values);
  const ticks = ticksFor(values);
  const left = leftOf(ticks, language);
  const y = scaleOf(ticks, BOTTOM, TOP);
  const room = (WIDE - left - 4) / labels.length;
  const gap = touching ? 1 : room * APART;
  const thick = (room - gap) / series.length;
  const most = Math.max(...values.map((value) => value ?? 0));
  const fits = values.every((value) => widthOf(numberText(value ?? 0, language)) <= thick + gap);
  return html`<svg class="plot" viewBox=${`0 0 ${WIDE} ${HIGH}`} role="img" aria-label=${label} focusable="false">
    <${Patterns} name=${name} count=${series.length} />
    <${Across} ticks=${ticks} left=${left} right=${WIDE} y=${y} measure=${measure} language=${language} />
    ${labels.map((_, column) => series.map((each, index) => bar(each.values[column], left + 2 + column * room + gap / 2 + index * thick, index, column)))}
    <${Below} labels=${labels} at=${(/** @type {number} */ index) => left + 2 + (index + 0.5) * room} room=${room} along=${along} right=${WIDE} />
  </svg>`;

  /** @param {number | null} value @param {number} x @param {number} index @param {number} column */
  function bar(value, x, index, column) {
    if (value === null || value === 0) return null;
    const [top, foot] = [Math.min(y(0), y(value)), Math.max(y(0), y(value))];
    return html`<g key=${`${column} ${index}`}><rect x=${x} y=${top} width=${thick} height=${foot - top} class=${`bar tone-${index}`} fill=${fillOf(name, index)} />
      ${(fits || value === most) && html`<text x=${x + thick / 2} y=${top - 4} font-size=${FONT} text-anchor="middle" class="number">${numberText(value, language)}</text>`}</g>`;
  }
}
