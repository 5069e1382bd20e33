// @ts-check
/** Lines over time: each with dashes and marks of its own, and its name where it ends. Where nothing is known a line is broken. */

import { html } from '../vendor/preact.js';
import { Across, Below, BOTTOM, HIGH, leftOf, TOP, WIDE } from './axes.js';
import { fitted, keepApart, scaleOf, ticksFor, widthOf } from './scale.js';
import { FONT, markAt } from './series.js';

const LINE_PX = 17;
const WIDEST_NAME = 190;
/** More marks than this run into each other. */
const MOST_MARKS = 40;

/** @param {{drawn: import('./plot.js').Drawn}} props */
export function Lines({ drawn: { label, labels, series, along, measure, language } }) {
  const ticks = ticksFor(series.flatMap((each) => each.values));
  const left = leftOf(ticks, language);
  const named = series.length > 1;
  const right = WIDE - (named ? Math.min(WIDEST_NAME, Math.max(...series.map(({ title }) => widthOf(title))) + 14) : 10);
  const y = scaleOf(ticks, BOTTOM, TOP);
  const room = (right - left - 12) / Math.max(1, labels.length - 1);
  const x = (/** @type {number} */ index) => left + 6 + (labels.length === 1 ? (right - left) / 2 : index * room);
  const ends = keepApart(series.map(({ values }) => y(values.findLast((value) => value !== null) ?? 0)), LINE_PX, BOTTOM);
  return html`<svg class="plot" viewBox=${`0 0 ${WIDE} ${HIGH}`} role="img" aria-label=${label} focusable="false">
    <${Across} ticks=${ticks} left=${left} right=${right} y=${y} measure=${measure} language=${language} />
    ${series.map(({ title, values }, index) => html`<g key=${title} class=${`line tone-${index % 4}`}>
      <path d=${pathOf(values, x, y)} class="stroke" />
      ${values.map((value, at) => value !== null && (labels.length <= MOST_MARKS || isAlone(values, at)) && html`<path key=${at} d=${markAt(index, x(at), y(value))} class="mark" />`)}
      ${named && html`<text x=${right + 8} y=${ends[index]} font-size=${FONT} dominant-baseline="central">${fitted(title, WIDEST_NAME - 14)}</text>`}</g>`)}
    <${Below} labels=${labels} at=${x} room=${room} along=${along} right=${right} />
  </svg>`;
}

/** @param {(number | null)[]} values @param {(index: number) => number} x @param {(value: number) => number} y */
export function pathOf(values, x, y) {
  return values.map((value, index) => (value === null ? '' : `${index && values[index - 1] !== null ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)).join('');
}

/** Whether a point has no neighbour to draw a line to. @param {(number | null)[]} values @param {number} at */
function isAlone(values, at) {
  return (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
}
