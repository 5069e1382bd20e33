// @ts-check
/** The GP's page: how the SEHs and departments of a region stand, and what that means for who refers a patient. */

import { said } from '../i18n.js';
import { StatusWord } from '../components/departments.js';
import { Expired, Header, Lost } from '../hospital/frame.js';
import { viewOf } from '../hospital/page.js';
import { Region } from '../hospital/region.js';
import { regionShown, regionsOf } from '../state/region.js';
import { html } from '../vendor/preact.js';

/** @typedef {import('../hospital/page.js').DeskView} DeskView */

/** @param {{desk: import('../hospital/state.js').Desk, dispatch: import('../hospital/page.js').DeskDispatch, line: {start(): void, close(): void}}} props */
export function GpPage({ desk, dispatch, line }) {
  const view = viewOf(desk, dispatch);
  const mka = regionShown(desk.hospitals, desk.mka, desk.me?.region);
  const choice = html`<label class="labelled region-choice">${view.t('gp.region')}<select class="field" aria-label=${view.t('gp.region')} value=${mka} onChange=${(/** @type {any} */ event) => dispatch({ type: 'mka', mka: event.target.value })}>
    ${regionsOf(desk.hospitals).map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>`;
  return html`<div class="desk" inert=${desk.expired}>
    <${Header} view=${view} line=${line} name=${view.t('gp')} />
    <${Lost} view=${view} />
    <main class="desk-main gp-main"><${Region} view=${view} mka=${mka} head=${choice} /><${Words} view=${view} /></main>
  </div><${Expired} view=${view} line=${line} />`;
}

/** What the protocol of the region says about referring. @param {{view: DeskView}} props */
function Words({ view: { desk, t, shared } }) {
  const { protocol, language } = desk;
  const words = /** @type {const} */ (['red', 'orange']).flatMap((status) => (protocol?.referral[status] ? [{ status, passages: protocol.referral[status] }] : []));
  return html`<section class="referral" aria-labelledby="referral-title"><h2 id="referral-title">${t('gp.words')}</h2>
    ${!protocol && html`<p class="hint">${t('loading')}</p>`}
    ${protocol && !words.length && html`<p class="card">${t('gp.norules')}</p>`}
    <div class="referral-cards">${words.map(({ status, passages }) => html`<section key=${status} class="referral-card" data-status=${status} aria-label=${shared(`status.${status}`)}>
      <h3><${StatusWord} t=${shared} status=${status} /></h3>
      <ul class="bullets">${passages.map((passage) => html`<li key=${passage.rule}>${said(language, passage.text, passage.text_en)} <small>${/^\d/.test(passage.section) ? `§${passage.section}` : t('gp.annex')}</small></li>`)}</ul></section>`)}</div>
    ${protocol && html`<p class="hint">${t('gp.source', { label: said(language, protocol.label, protocol.label_en) })}</p>`}
  </section>`;
}
