// @ts-check
/** The quarterly figures in the form of the LNAZ, with what must be read beside them, and those per hospital. */

import { Icon } from '../icons.js';
import { html } from '../vendor/preact.js';
import { Answered } from './asked.js';
import { cellText } from './cells.js';
import { quarterTable } from './choices.js';
import { quarterOf, quartersUntil, stepQuarter } from './period.js';
import { DataTable } from './table.js';

const QUARTERS = 12;

/** @typedef {import('./view.js').QualityView} QualityView */

/** @param {{view: QualityView}} props */
export function QuarterView({ view }) {
  const { quality, t } = view;
  const { answer } = quality.answers.quarter;
  return html`<div class="quality-bar"><h2>${t('view.quarter')}</h2><${Picker} view=${view} />
      <a class="small-button" href=${quarterTable(quality.choices.quarter, view.language)} download>${t('csv.all')}</a></div>
    <${Answered} view=${view}>${answer && html`<${Tables} view=${view} quarter=${answer} />`}<//>`;
}

/** @param {{view: QualityView}} props */
function Picker({ view }) {
  const { quality: { choices, today }, dispatch, t } = view;
  const set = (/** @type {string} */ quarter) => dispatch({ type: 'choose', change: { quarter } });
  // Told, not switched off: a button that is switched off under the finger loses the keyboard.
  const latest = choices.quarter >= quarterOf(today);
  return html`<span class="codes" role="group" aria-label=${t('quarter')}>
    <button type="button" class="small-button" aria-label=${t('quarter.earlier')} onClick=${() => set(stepQuarter(choices.quarter, -1))}><span aria-hidden="true">‹</span></button>
    <select class="small-field" aria-label=${t('quarter')} value=${choices.quarter} onChange=${(/** @type {any} */ event) => set(event.target.value)}>
      ${quartersUntil(today, choices.quarter, QUARTERS).map((each) => html`<option key=${each} value=${each}>${quarterName(view, each)}</option>`)}</select>
    <button type="button" class="small-button" aria-label=${t('quarter.later')} aria-disabled=${latest} onClick=${() => { if (!latest) set(stepQuarter(choices.quarter, 1)); }}><span aria-hidden="true">›</span></button></span>`;
}

/** @param {{view: QualityView, quarter: import('./types.js').Quarter}} props */
function Tables({ view, quarter }) {
  const { t, both, language } = view;
  return html`<p class="shown">${quarterName(view, quarter.quarter)} · ${t('as_of', { time: cellText(quarter.as_of, language) })}</p>
    ${!quarter.complete && html`<p class="fresh" data-level="warning"><${Icon} name="warning" />${t('quarter.running')}</p>`}
    <p class="caveat"><${Icon} name="info" />${both(quarter.caveat)}</p>
    <div class="lnaz">${quarter.tables.map((table) => html`<${Part} key=${table.number} view=${view} table=${table} href=${quarterTable(quarter.quarter, language, table.number)} title=${both(table.title)} plain=${true} />`)}</div>
    ${quarter.hospitals && html`<${Part} view=${view} table=${quarter.hospitals} href=${quarterTable(quarter.quarter, language, 'hospitals')} title=${both(quarter.hospitals.title)} hint=${t('quarter.hospitals.hint')} />`}`;
}

/** @param {{view: QualityView, table: import('./types.js').TitledTable, title: string, href: string, hint?: string, plain?: boolean}} props */
function Part({ view, table, title, href, hint, plain = false }) {
  return html`<section class="quality-card"><div class="card-head"><h3>${title}</h3><a class="small-button" href=${href} download aria-label=${view.t('csv.of', { title })}>CSV</a></div>
    ${hint && html`<p class="definition">${hint}</p>`}
    ${table.rows.length ? html`<${DataTable} view=${view} table=${table} label=${title} plain=${plain} sortable=${!plain} />` : html`<p class="none">${view.t('table.none')}</p>`}</section>`;
}

/** @param {QualityView} view @param {string} quarter */
function quarterName({ t }, quarter) {
  return t('quarter.name', { number: quarter.slice(6), year: quarter.slice(0, 4) });
}
