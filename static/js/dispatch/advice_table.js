// @ts-check
/** An advice as a list to read afterwards: rank, hospital, minutes, class and the one line of reason. */

import { clock } from '../format.js';
import { said } from '../i18n.js';
import { Icon, OUTCOME_ICON } from '../icons.js';
import { html, useState } from '../vendor/preact.js';

const SHOWN_AT_FIRST = 8;

/**
 * @param {{words: import('./view.js').Words, advice: import('../types.js').Advice, chosen?: string | null, others?: import('../types.js').Advice | null}} props
 * `others` is another advice on the same facts, that this one is held against
 */
export function AdviceTable({ words, advice, chosen = null, others = null }) {
  const { t, shared, language } = words;
  const [all, setAll] = useState(false);
  const there = new Map(others?.options.map((option) => [option.hospital, option]));
  const options = advice.options.filter((option, index) => all || index < SHOWN_AT_FIRST || option.hospital === chosen);
  return html`<p class="hint">${t('advice.at', { time: clock(advice.as_of, language), edition: said(language, advice.edition_label ?? advice.edition, advice.edition_label_en) })}</p>
    <table class="advice"><thead><tr><th scope="col">#</th><th scope="col">${t('matrix.hospital')}</th><th scope="col">${t('advice.minutes')}</th><th scope="col">${t('advice.class')}</th></tr></thead>
    <tbody>${options.map((option) => {
      const other = there.get(option.hospital);
      const differs = others !== null && (!other || other.class !== option.class || other.rank !== option.rank);
      return html`<tr key=${option.hospital} data-chosen=${option.hospital === chosen} data-differs=${differs}><td>${option.rank}</td>
        <th scope="row">${option.name}${option.hospital === chosen ? html` <small>${t('advice.chosen')}</small>` : ''}</th>
        <td>${option.eta_s === null ? '–' : Math.max(1, Math.round(option.eta_s / 60))}</td>
        <td><span class="chip" data-class=${option.class}><${Icon} name=${OUTCOME_ICON[option.class]} />${shared(`class.${option.class}`)}</span> ${said(language, option.headline, option.headline_en)}
          ${differs && html`<b class="differs">${other ? t('advice.other', { rank: other.rank, class: shared(`class.${other.class}`) }) : t('advice.absent')}</b>`}</td></tr>`;
    })}</tbody></table>
    ${!all && advice.options.length > options.length && html`<button type="button" class="small-button" onClick=${() => setAll(true)}>${t('propose.all', { count: advice.options.length })}</button>`}`;
}
