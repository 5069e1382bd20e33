// @ts-check
/** Settings and log-out; also the small print: who, which protocol, which roads, which version. */

import { logOut } from '../api.js';
import { forgetPatient } from '../keep.js';
import { said } from '../i18n.js';
import { forgetKept } from '../offline/kept.js';
import { isOver, shownRide } from '../state/ride.js';
import { html } from '../vendor/preact.js';
import { Choice } from './controls.js';

/** @param {{view: import('./context.js').View, line: {close(): void}}} props */
export function Menu({ view, line }) {
  const { state, dispatch, t } = view;
  const { me } = state;
  const ride = shownRide(state.ride);
  const running = ride !== null && !isOver(ride);
  const leave = async () => {
    line.close();
    forgetPatient();
    await forgetKept('queue');
    await logOut().catch(() => {});
    location.assign('/login');
  };
  return html`<section class="panel menu" aria-label=${t('menu.open')}>
    <${Choice} name="theme" titled=${true} label=${t('menu.theme')} value=${state.theme}
      onChoose=${(/** @type {any} */ theme) => dispatch({ type: 'theme', theme })}
      options=${[
        { value: 'dark', label: t('menu.theme.dark') }, { value: 'light', label: t('menu.theme.light') },
        { value: 'auto', label: t('menu.theme.auto') },
      ]} />
    <${Choice} name="language" titled=${true} label=${t('menu.language')} value=${state.language}
      onChoose=${(/** @type {any} */ language) => dispatch({ type: 'language', language })}
      options=${[{ value: 'nl', label: 'Nederlands' }, { value: 'en', label: 'English' }]} />
    <div class="panel-actions">
      ${!running && html`<button type="button" class="button" onClick=${() => dispatch({ type: 'new-patient' })}>${t('facts.new')}</button>`}
      ${me?.role === 'admin' && html`<a class="button" href="/pair">${t('menu.devices')}</a>`}
      ${me?.role === 'admin' && html`<a class="button" href="/quality">${t('menu.quality')}</a>`}
      ${me?.hospital && html`<a class="button" href="/hospital">${t('menu.hospital')}</a>`}
      <button type="button" class="button" onClick=${leave}>${t('menu.logout')}</button>
    </div>
    ${state.ride.presses.length > 0 && html`<p class="problem-text">${t('ride.unsent', { count: state.ride.presses.length })}</p>`}
    <ul class="small-print">
      ${me && html`<li>${t('menu.who', { name: me.name })}</li>`}
      ${state.advice.current && html`<li>${t('menu.edition', { label: said(view.language, state.advice.current.edition_label ?? state.advice.current.edition, state.advice.current.edition_label_en) })}</li>`}
      ${state.network && html`<li>${t('menu.network', { label: state.network.label })}</li>`}
      ${me && html`<li>${t('menu.version', { version: me.version })}</li>`}
      ${me?.demo && html`<li><strong>${t('app.demo')}</strong></li>`}
    </ul>
  </section>`;
}
