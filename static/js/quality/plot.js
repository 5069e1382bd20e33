// @ts-check
/** The plot of an indicator, drawn from its table; what kind it is comes with it. */

import { said } from '../i18n.js';
import { html } from '../vendor/preact.js';
import { axisText } from './cells.js';
import { Columns } from './columns.js';
import { Heat } from './heat.js';
import { Lines } from './lines.js';
import { widthOf } from './scale.js';
import { Key } from './series.js';
import { Strips } from './strips.js';

/** @typedef {import('./types.js').Indicator} Indicator */
/** @typedef {import('../types.js').Language} Language */

/**
 * @typedef {object} Drawn
 * @property {string} name of the plot, its own on the page
 * @property {string} label for who does not see it
 * @property {string[]} labels along the axis
 * @property {{title: string, values: (number | null)[]}[]} series
 * @property {string} unit
 * @property {Language} language
 */

const MOST_STRIPS = 16;
const NARROW_PX = 26;

/** Whether there is anything to draw. @param {Indicator} indicator */
export function isDrawable({ plot, table }) {
  return plot !== null && table.rows.length > 0 && plot.y.some((column) => table.rows.some((row) => typeof row[column] === 'number' && row[column] !== 0));
}

/** @param {{indicator: Indicator, language: Language, label: string}} props */
export function Plot({ indicator, language, label }) {
  const { plot, table, unit, id } = indicator;
  if (!plot) return null;
  const title = (/** @type {number} */ column) => said(language, table.columns[column].nl, table.columns[column].en);
  /** @type {Drawn} */
  const drawn = {
    name: `plot-${id}`, label, language, unit: said(language, unit.nl, unit.en),
    labels: table.rows.map((row) => axisText(row[plot.x], language)),
    series: plot.y.map((column) => ({ title: title(column), values: table.rows.map((row) => numberIn(row[column])) })),
  };
  if (plot.kind === 'lines') return html`<${Lines} drawn=${drawn} />`;
  if (plot.kind === 'heat') return html`<${Heat} drawn=${drawn} />`;
  const lying = plot.kind === 'bars' && drawn.labels.length <= MOST_STRIPS && drawn.labels.some((text) => widthOf(text) > NARROW_PX);
  return html`<${Key} name=${drawn.name} titles=${drawn.series.map((each) => each.title)} />
    ${lying ? html`<${Strips} drawn=${drawn} />` : html`<${Columns} drawn=${drawn} touching=${plot.kind === 'histogram'} />`}`;
}

/** @param {import('./types.js').Cell} cell */
function numberIn(cell) {
  return typeof cell === 'number' ? cell : null;
}
