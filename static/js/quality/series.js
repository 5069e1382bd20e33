// @ts-check
/** How series are told apart, in black and white as well: hatching, dashes and marks of their own, and their names. */

import { html } from '../vendor/preact.js';

export const FONT = 14;

/** The first is solid, the others are hatched, dotted and empty. */
const FILLS = [
  null,
  html`<path d="M-2 2 2 -2M0 8 8 0M6 10 10 6" class="hatch" />`,
  html`<circle cx="2" cy="2" r="1.4" class="dot-fill" /><circle cx="6" cy="6" r="1.4" class="dot-fill" />`,
  html`<path d="M0 4H8" class="hatch" />`,
];

/** @type {((x: number, y: number) => string)[]} */
const MARKS = [
  (x, y) => `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`,
  (x, y) => `M${x - 4} ${y - 4}h8v8h-8Z`,
  (x, y) => `M${x} ${y - 5}l5 9h-10Z`,
  (x, y) => `M${x} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5 -5.5Z`,
];

/** The patterns of a plot, by a name of its own on the page. @param {{name: string, count: number}} props */
export function Patterns({ name, count }) {
  return html`<defs>${FILLS.slice(0, count).map((inside, index) => inside && html`<pattern key=${index} id=${`${name}-${index}`} width="8" height="8" patternUnits="userSpaceOnUse" class=${`tone-${index}`}>${inside}</pattern>`)}</defs>`;
}

/** What a bar of a series is filled with. @param {string} name @param {number} index */
export function fillOf(name, index) {
  return index % FILLS.length === 0 ? undefined : `url(#${name}-${index % FILLS.length})`;
}

/** The mark of a series at a point. @param {number} index @param {number} x @param {number} y */
export function markAt(index, x, y) {
  return MARKS[index % MARKS.length](x, y);
}

/** Which filling is which series. @param {{name: string, titles: string[]}} props */
export function Key({ name, titles }) {
  if (titles.length < 2) return null;
  return html`<ul class="plot-key">${titles.map((title, index) => html`<li key=${title}><svg viewBox="0 0 18 14" width="18" height="14" aria-hidden="true" focusable="false">
    <rect x="1" y="1" width="16" height="12" class=${`bar tone-${index % FILLS.length}`} fill=${fillOf(name, index)} /></svg>${title}</li>`)}</ul>`;
}
