// @ts-check
/** A table of a report: words left, numbers right, in the order of a column when that is asked. */

import { Icon } from '../icons.js';
import { html, useMemo, useState } from '../vendor/preact.js';
import { cellText, isNumeric, isShort, sortRows, wholeOf } from './cells.js';

/** Longer lists open on request: nobody reads thousands of rows. */
const SHOWN_AT_FIRST = 200;
/** More columns than this are set closer on paper. */
const MANY = 12;

/** @typedef {import('./view.js').QualityView} QualityView */
/** @typedef {import('./types.js').Table} Table */

/** @param {{view: QualityView, table: Table, label: string, plain?: boolean, sortable?: boolean}} props `plain`: thousands are not set apart, and the order is kept */
export function DataTable({ view: { language, t, both }, table: { columns, rows }, label, plain = false, sortable = false }) {
  const [order, setOrder] = useState(/** @type {{column: number, descending: boolean} | null} */ (null));
  const [all, setAll] = useState(false);
  const numeric = useMemo(() => columns.map((_, column) => isNumeric(rows, column)), [columns, rows]);
  const sorted = useMemo(() => (order ? sortRows(rows, order.column, order.descending, language) : rows), [rows, order, language]);
  const shown = all ? sorted : sorted.slice(0, SHOWN_AT_FIRST);
  const turn = (/** @type {number} */ column) => setOrder(order?.column === column ? { column, descending: !order.descending } : { column, descending: numeric[column] });
  const sortOf = (/** @type {number} */ column) => (order?.column === column ? (order.descending ? 'descending' : 'ascending') : undefined);
  return html`<div class="table-frame" role="group" aria-label=${label} tabindex="0"><table class="figures" aria-label=${label} data-many=${columns.length > MANY}>
    <thead><tr>${columns.map((title, column) => html`<th key=${column} scope="col" data-number=${numeric[column]} aria-sort=${sortOf(column)}>
      ${sortable ? html`<button type="button" class="sorter" title=${t('table.sort', { column: both(title) })} data-sort=${sortOf(column)} onClick=${() => turn(column)}>${both(title)}<${Icon} name="chevron" /></button><span class="on-paper">${both(title)}</span>` : both(title)}</th>`)}</tr></thead>
    <tbody>${shown.map((row, index) => html`<tr key=${index}>${columns.map((_, column) => (column === 0
      ? html`<th key=${column} scope="row" data-number=${numeric[column]} data-short=${isShort(row[column])}>${cellText(row[column], language, !plain)}</th>`
      : html`<td key=${column} data-number=${numeric[column]} data-short=${isShort(row[column])} title=${wholeOf(row[column])}>${cellText(row[column], language, !plain)}</td>`))}</tr>`)}</tbody></table>
    ${shown.length < rows.length && html`<p class="table-more">${t('table.shown', { shown: shown.length, count: rows.length })} <button type="button" class="small-button" onClick=${() => setAll(true)}>${t('table.all', { count: rows.length })}</button></p>`}
  </div>`;
}
