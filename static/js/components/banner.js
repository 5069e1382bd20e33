// @ts-check
/** Loud lines across the screen: no connection, a broken page, facts that were just cleared. */

import { clock } from '../format.js';
import { Icon } from '../icons.js';
import { isSilent } from '../state.js';
import { html } from '../vendor/preact.js';

const LOUDER_MS = 5 * 60_000;

/** @param {{view: import('./context.js').View}} props */
export function Banners({ view: { state, dispatch, language, t } }) {
  const silent = isSilent(state) && state.session !== 'expired';
  const since = state.advice.current ? t('link.lost.since', { time: clock(state.link.heardAt, language) }) : t('link.lost.never');
  const louder = state.now - state.link.heardAt > LOUDER_MS;
  return html`<div class="banners">
    <div role="alert">${silent && html`<p class="banner" data-level="alarm" data-louder=${louder}><${Icon} name="alarm" /><span><b>${since}</b><small>${t('link.lost.hint')}</small></span></p>`}
    ${state.broken && html`<p class="banner" data-level="alarm"><${Icon} name="warning" /><span>${t('app.broken')}</span>
      <button type="button" class="button" onClick=${() => location.reload()}>${t('app.reload')}</button></p>`}</div>
    <div role="status">${state.cleared && html`<p class="toast"><span>${t('facts.cleared')}</span>
      <button type="button" class="button" onClick=${() => dispatch({ type: 'restore-patient' })}>${t('facts.undo')}</button></p>`}</div>
  </div>`;
}
