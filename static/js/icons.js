// @ts-check
/** One small set of own symbols, drawn in the colour of the text around them. */

import { VAN } from './map/van.js';
import { html } from './vendor/preact.js';

const stroke = (/** @type {string} */ d) => html`<path d=${d} fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" />`;
const solid = (/** @type {string} */ d) => html`<path d=${d} fill="currentColor" />`;

const PHONE = 'M6.6 3.2 9.4 3l1.7 4.3-2 1.7a12 12 0 0 0 5.9 5.9l1.7-2 4.3 1.7-.2 2.8c-.1 1.9-1.7 3.4-3.6 3.2C9.9 20 4 14.1 3.4 6.8 3.2 4.9 4.7 3.3 6.6 3.2Z';

const ICONS = {
  check: () => stroke('M4.5 12.5 9.5 17.5 19.5 7'),
  phone: () => solid(PHONE),
  divert: () => stroke('M4.5 20.5C4.5 12 8 8 14 8h5.5M14.5 2.8 19.8 8l-5.3 5.2'),
  dash: () => stroke('M6 12h12'),
  cross: () => stroke('M6 6l12 12M18 6 6 18'),
  triangle: () => solid('M12 3.5 21.5 20h-19Z'),
  square: () => solid('M5 5h14v14H5Z'),
  circle: () => html`<circle cx="12" cy="12" r="7.5" fill="none" stroke="currentColor" stroke-width="2.4" />`,
  question: () => stroke('M8.5 9a3.5 3.5 0 1 1 5.3 3c-1.2.8-1.8 1.3-1.8 2.6M12 18.6v.2'),
  info: () => html`${stroke('M12 11v6M12 7.2v.2')}<circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" stroke-width="2" />`,
  warning: () => html`${stroke('M12 4 21.5 20h-19ZM12 10.5v4M12 17.2v.2')}`,
  alarm: () => html`${stroke('M12 7v6M12 16.6v.2M8 2.8h8L21.2 8v8L16 21.2H8L2.8 16V8Z')}`,
  menu: () => stroke('M4 7h16M4 12h16M4 17h16'),
  pin: () => html`${stroke('M12 21c4.5-4.8 7-8.3 7-11.5a7 7 0 0 0-14 0C5 12.7 7.5 16.2 12 21Z')}<circle cx="12" cy="9.5" r="2.3" fill="currentColor" />`,
  map: () => stroke('M3.5 6 9 4l6 2 5.5-2v14L15 20l-6-2-5.5 2ZM9 4v14M15 6v14'),
  list: () => stroke('M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1'),
  chevron: () => stroke('M6 9.5l6 6 6-6'),
  siren: () => html`${stroke('M6 18v-5a6 6 0 0 1 12 0v5M4 20.5h16M12 2.5V4M4 5.5 5.2 6.7M20 5.5 18.8 6.7')}`,
  person: () => html`<circle cx="12" cy="8" r="4" fill="none" stroke="currentColor" stroke-width="2.4" />${stroke('M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6')}`,
  newPerson: () => html`<circle cx="10" cy="8" r="4" fill="none" stroke="currentColor" stroke-width="2.4" />${stroke('M2.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6M19 4.5v6M16 7.5h6')}`,
  flag: () => html`${stroke('M6 21V4M6 4.5h12l-3 4 3 4H6')}`,
  dots: () => solid('M5 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM19 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z'),
  undo: () => stroke('M8 4 3.5 8.5 8 13M4 8.5h10a6 6 0 0 1 0 12h-3'),
  target: () => html`<circle cx="12" cy="12" r="6.5" fill="none" stroke="currentColor" stroke-width="2.4" />${stroke('M12 2.5v5M12 16.5v5M2.5 12h5M16.5 12h5')}`,
  van: () => stroke(VAN),
  house: () => stroke('M4 20.5V10l8-6 8 6v10.5M12 10.5v6M9 13.5h6'),
};

/** @typedef {keyof typeof ICONS} IconName */

/** @type {Record<import('./types.js').Outcome, IconName>} */
export const OUTCOME_ICON = {
  welcome: 'check', welcome_exception: 'check', consult: 'phone', divert: 'divert', unsuitable: 'dash', closed: 'cross',
};

/** @type {Record<import('./types.js').Status, IconName>} */
export const STATUS_ICON = {
  green: 'check', orange: 'triangle', red: 'square', calamity: 'cross', grey: 'circle', unknown: 'question',
};

/** @type {Record<import('./types.js').Level, IconName>} */
export const LEVEL_ICON = { info: 'info', warning: 'warning', alarm: 'alarm' };

/**
 * A symbol beside a word that says the same; screen readers skip it.
 * @param {{name: IconName}} props
 */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${ICONS[name]()}</svg>`;
}
