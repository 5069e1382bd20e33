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
 * @property {string} along what it is measured over
 * @property {string} measure what is measured: the one series, or the unit of all
 * @property {Language} language
 */

/** More bars than this are not read any more. */
const MOST_STRIPS = 30;
/** Numbers and hours stand below a bar even where not each of them fits. */
const NARROW_PX = 26;
const ROOM_PX = 530;

/** Whether there is anything to draw. @param {Indicator} indicator */
export function isDrawable({ plot, table }) {
  return plot !== null && table.rows.length > 0 && plot.y.some((column) => table.rows.some((row) => typeof row[column] === 'number' && row[column] !== 0));
}

/** @param {{view: import('./view.js').QualityView, indicator: Indicator}} props */
export function Plot({ view: { language, t, both }, indicator }) {
  const { plot, table, unit, id } = indicator;
  if (!plot) return null;
  const widest = Math.max(...table.rows.map((row) => widthOf(axisText(row[plot.x], language))));
  const isLying = widest > NARROW_PX && (plot.kind === 'bars' || (plot.kind === 'histogram' && (widest + 8) * table.rows.length > ROOM_PX));
  const rows = isLying ? table.rows.slice(0, MOST_STRIPS) : table.rows;
  /** @type {Drawn} */
  const drawn = {
    name: `plot-${id}`, label: t('plot', { title: both(indicator.title), unit: both(unit) }), language,
    along: both(table.columns[plot.x]), measure: both(plot.y.length === 1 ? table.columns[plot.y[0]] : unit),
    labels: rows.map((row) => axisText(row[plot.x], language)),
    series: plot.y.map((column) => ({ title: both(table.columns[column]), values: rows.map((row) => numberIn(row[column])) })),
  };
  if (plot.kind === 'lines') return html`<${Lines} drawn=${drawn} />`;
  if (plot.kind === 'heat') return html`<${Heat} drawn=${drawn} />`;
  return html`<${Key} name=${drawn.name} titles=${drawn.series.map((each) => each.title)} />
    ${isLying ? html`<${Strips} drawn=${drawn} touching=${plot.kind === 'histogram'} />` : html`<${Columns} drawn=${drawn} touching=${plot.kind === 'histogram'} />`}
    ${rows.length < table.rows.length && html`<p class="none">${t('plot.first', { shown: rows.length, count: table.rows.length })}</p>`}`;
}

/** @param {import('./types.js').Cell} cell */
function numberIn(cell) {
  return typeof cell === 'number' ? cell : null;
}
