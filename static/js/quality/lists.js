// @ts-check
/** The lists: stops over their norm, planned stops, refusals, lapses and deviations, one by one. */

import { html } from '../vendor/preact.js';
import { Answered } from './asked.js';
import { KINDS, listTable } from './choices.js';
import { Filters } from './filters.js';
import { Shown } from './shown.js';
import { DataTable } from './table.js';

/** @typedef {import('./view.js').QualityView} QualityView */

/** @param {{view: QualityView}} props */
export function ListsView({ view }) {
  const { quality, dispatch, t } = view;
  const { choices, answers } = quality;
  const { answer } = answers.lists;
  return html`<div class="quality-bar"><h2>${t('view.lists')}</h2>
      <span class="codes" role="group" aria-label=${t('kinds')}>${KINDS.map((kind) => html`<button type="button" key=${kind} class="small-button" aria-pressed=${choices.kind === kind} onClick=${() => dispatch({ type: 'choose', change: { kind } })}>${t(`kind.${kind}`)}</button>`)}</span>
    </div>
    <${Filters} view=${view} />
    <${Answered} view=${view}>${answer && html`<${List} key=${answer.kind} view=${view} list=${answer} about=${answers.lists.about} />`}<//>`;
}

/** @param {{view: QualityView, list: import('./types.js').EventList, about: import('./types.js').Choices | null}} props */
function List({ view, list, about }) {
  const { t, both, language } = view;
  const count = list.rows.length;
  return html`<${Shown} view=${view} about=${about} of=${list} />
    <section class="quality-card list-card"><div class="card-head"><h3>${both(list.title)} <small>${count === 1 ? t('table.count.one') : t('table.count', { count })}</small></h3>
        <a class="small-button" href=${listTable(view.quality.choices, language)} download aria-label=${t('csv.of', { title: both(list.title) })}>CSV</a></div>
      <p class="definition"><b>${t('definition')}.</b> ${both(list.definition)}</p>
      ${count ? html`<${DataTable} view=${view} table=${list} label=${both(list.title)} sortable=${true} />` : html`<p class="none">${t('table.none')}</p>`}</section>`;
}
