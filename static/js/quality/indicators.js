// @ts-check
/** The indicators: for each what is counted, its figures, a plot, and the table behind it. */

import { html } from '../vendor/preact.js';
import { Answered } from './asked.js';
import { numberText } from './cells.js';
import { indicatorTable } from './choices.js';
import { Filters } from './filters.js';
import { isDrawable, Plot } from './plot.js';
import { Shown } from './shown.js';
import { DataTable } from './table.js';

/** @typedef {import('./view.js').QualityView} QualityView */
/** @typedef {import('./types.js').Indicator} Indicator */

/** @param {{view: QualityView}} props */
export function IndicatorsView({ view }) {
  const { quality, dispatch, t } = view;
  const { answer, about } = quality.answers.indicators;
  const ids = answer?.indicators.map(({ id }) => id) ?? [];
  const allOpen = ids.length > 0 && ids.every((id) => quality.opened.has(id));
  return html`<div class="quality-bar"><h2>${t('view.indicators')}</h2><button type="button" class="small-button" disabled=${!ids.length} onClick=${() => dispatch({ type: allOpen ? 'close' : 'open', ids })}>${t(allOpen ? 'tables.close' : 'tables.open')}</button></div>
    <${Filters} view=${view} />
    <${Answered} view=${view}>${answer && html`<${Shown} view=${view} about=${about} of=${answer} />
      ${!answer.indicators.length && html`<p class="none">${t('indicators.absent')}</p>`}
      <div class="indicators">${answer.indicators.map((indicator) => html`<${Card} key=${indicator.id} view=${view} indicator=${indicator} />`)}</div>`}<//>`;
}

/** @param {{view: QualityView, indicator: Indicator}} props */
function Card({ view, indicator }) {
  const { quality, dispatch, language, t, both } = view;
  const { id, table, figures } = indicator;
  const title = both(indicator.title);
  const open = quality.opened.has(id);
  const empty = !table.rows.length && figures.every(({ value }) => value === null);
  return html`<section class="quality-card" data-wide=${indicator.plot?.kind === 'heat'} aria-labelledby=${`title-${id}`}>
    <div class="kept"><div class="card-head"><h3 id=${`title-${id}`}>${title}</h3><a class="small-button" href=${indicatorTable(quality.choices, id, language)} download aria-label=${t('csv.of', { title })}>CSV</a></div>
    <dl class="headline">${figures.map((figure) => html`<div key=${figure.label.nl}><dt>${both(figure.label)}</dt>
      <dd>${figure.value === null ? html`<span class="none">${t('figure.none')}</span>` : html`<b>${numberText(figure.value, language)}</b> ${both(figure.unit ?? indicator.unit)}`}</dd></div>`)}</dl>
    ${isDrawable(indicator) && html`<${Plot} view=${view} indicator=${indicator} />`}
    ${empty && html`<p class="none">${t('indicators.none')}</p>`}
    <p class="definition"><b>${t('definition')}.</b> ${both(indicator.definition)}</p></div>
    ${table.rows.length > 0 && html`<details open=${open} onToggle=${(/** @type {any} */ event) => { if (event.target.open !== open) dispatch({ type: event.target.open ? 'open' : 'close', ids: [id] }); }}>
      <summary>${t('table.show')}</summary>${open && html`<${DataTable} view=${view} table=${table} label=${title} />`}</details>`}
  </section>`;
}
