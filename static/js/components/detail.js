// @ts-check
/** The opened row: every rule that spoke, the six departments now and on arrival, the call and its outcome. */

import { kilometres, minutes } from '../format.js';
import { said } from '../i18n.js';
import { html } from '../vendor/preact.js';
import { Choosing } from './choosing.js';
import { Choice } from './controls.js';
import { Departments } from './departments.js';
import { relationOptions } from './picker.js';
import { tellConsult } from './pressing.js';

/** @typedef {import('./context.js').View} View */
/** @typedef {import('../types.js').Option} Option */

/** @param {{view: View, option: Option, id: string}} props */
export function Detail({ view, option, id }) {
  const { t } = view;
  return html`<div class="detail" id=${id}>
    <${Choosing} view=${view} option=${option} />
    <section class="detail-part"><h4>${t('detail.rules')}</h4>
      <ul class="rules why">${option.rules.map((rule, index) => html`<li key=${`${rule.id} ${index}`}>
        <span>${said(view.language, rule.text, rule.text_en)}</span>
        <span class="rule-source">${section(view, rule.section)} ${rule.id}</span></li>`)}</ul>
      ${option.edition && html`<p class="hint">${t('detail.edition', { edition: option.edition })}</p>`}
    </section>
    <section class="detail-part"><h4>${t('detail.departments')}</h4><${Departments} view=${view} option=${option} /></section>
    <${Told} view=${view} option=${option} />
    <${Remarks} title=${t('detail.judgement')} view=${view} remarks=${option.judgement} />
    <${Remarks} title=${t('detail.duties')} view=${view} remarks=${option.duties} />
    <${RoutePart} view=${view} option=${option} />
  </div>`;
}

/** @param {View} view @param {string} number */
function section({ t }, number) {
  return /^\d/.test(number) ? t('detail.section', { section: number }) : number;
}

/** What the crew knows about this hospital and this patient. @param {{view: View, option: Option}} props */
function Told({ view, option }) {
  const { state: { facts }, dispatch, t } = view;
  const { hospital } = option;
  const accepted = facts.gpAccepted[hospital];
  return html`<section class="detail-part told">
    <${Choice} name=${`consult-${hospital}`} titled=${true} label=${t('detail.consult')} value=${facts.consult[hospital] ?? 'none'}
      onChoose=${(/** @type {any} */ outcome) => tellConsult(view, hospital, outcome === 'none' ? null : outcome)}
      options=${[
        { value: 'none', label: t('detail.consult.none') }, { value: 'accepted', label: t('detail.consult.accepted'), tone: 'green' },
        { value: 'refused', label: t('detail.consult.refused'), tone: 'red' },
      ]} />
    <${Choice} name=${`known-${hospital}`} titled=${true} label=${t('detail.relation')} value=${facts.relation[hospital] ?? 'none'}
      shape="segments grid" options=${relationOptions(view)}
      onChoose=${(/** @type {any} */ relation) => dispatch({ type: 'relation', hospital, relation, inRow: true })} />
    ${facts.origin === 'gp' && html`<${Choice} name=${`gp-${hospital}`} titled=${true} label=${t('gp.here')}
      value=${accepted === undefined ? 'unknown' : accepted ? 'yes' : 'no'}
      onChoose=${(/** @type {any} */ answer) => dispatch({ type: 'gp-accepted', hospital, accepted: answer === 'unknown' ? null : answer === 'yes', inRow: true })}
      options=${[{ value: 'unknown', label: t('gp.unknown') }, { value: 'yes', label: t('gp.yes') }, { value: 'no', label: t('gp.no') }]} />`}
  </section>`;
}

/** @param {{view: View, title: string, remarks: import('../types.js').Bilingual[] | undefined}} props */
function Remarks({ view, title, remarks }) {
  if (!remarks?.length) return null;
  return html`<section class="detail-part"><h4>${title}</h4>
    <ul class="rules">${remarks.map((remark) => html`<li key=${remark.text}>${said(view.language, remark.text, remark.text_en)}</li>`)}</ul></section>`;
}

/** @param {{view: View, option: Option}} props */
function RoutePart({ view: { state, dispatch, language, t }, option }) {
  const failed = state.route?.hospital === option.hospital && state.route.failed;
  return html`<section class="detail-part route-part">
    <h4>${t('detail.route')}</h4>
    <p>${[
      option.distance_m !== null && t('detail.distance', { km: kilometres(option.distance_m, language) }),
      option.eta_low_s !== null && option.eta_high_s !== null
        && t('detail.band', { low: minutes(option.eta_low_s), high: minutes(option.eta_high_s) }),
      failed && t('detail.route.failed'),
    ].filter(Boolean).join(' · ')}</p>
    <button type="button" class="button only-phone" onClick=${() => dispatch({ type: 'tab', tab: 'map' })}>${t('detail.route.show')}</button>
  </section>`;
}
