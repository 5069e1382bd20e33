// @ts-check
/** The plot of an indicator, drawn from its table; what kind it is comes with it. */

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

/** More bars than this are not read any more. */
const MOST_STRIPS = 30;
const NARROW_PX = 26;

/** Whether there is anything to draw. @param {Indicator} indicator */
export function isDrawable({ plot, table }) {
  return plot !== null && table.rows.length > 0 && plot.y.some((column) => table.rows.some((row) => typeof row[column] === 'number' && row[column] !== 0));
}

/** @param {{view: import('./view.js').QualityView, indicator: Indicator}} props */
export function Plot({ view: { language, t, both }, indicator }) {
  const { plot, table, unit, id } = indicator;
  if (!plot) return null;
  const isLying = plot.kind === 'bars' && table.rows.some((row) => widthOf(axisText(row[plot.x], language)) > NARROW_PX);
  const rows = isLying ? table.rows.slice(0, MOST_STRIPS) : table.rows;
  /** @type {Drawn} */
  const drawn = {
    name: `plot-${id}`, label: t('plot', { title: both(indicator.title), unit: both(unit) }), language, unit: both(unit),
    labels: rows.map((row) => axisText(row[plot.x], language)),
    series: plot.y.map((column) => ({ title: both(table.columns[column]), values: rows.map((row) => numberIn(row[column])) })),
  };
  if (plot.kind === 'lines') return html`<${Lines} drawn=${drawn} />`;
  if (plot.kind === 'heat') return html`<${Heat} drawn=${drawn} />`;
  return html`<${Key} name=${drawn.name} titles=${drawn.series.map((each) => each.title)} />
    ${isLying ? html`<${Strips} drawn=${drawn} />` : html`<${Columns} drawn=${drawn} touching=${plot.kind === 'histogram'} />`}
    ${rows.length < table.rows.length && html`<p class="none">${t('plot.first', { shown: rows.length, count: table.rows.length })}</p>`}`;
}

/** @param {import('./types.js').Cell} cell */
function numberIn(cell) {
  return typeof cell === 'number' ? cell : null;
}
