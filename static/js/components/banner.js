// @ts-check
/** Loud lines across the screen: no connection, a broken page. */

import { clock } from '../format.js';
import { Icon } from '../icons.js';
import { isSilent } from '../state.js';
import { html } from '../vendor/preact.js';

const LOUDER_MS = 5 * 60_000;

/** @param {{view: import('./context.js').View}} props */
export function Banners({ view: { state, language, t } }) {
  const silent = isSilent(state) && state.session !== 'expired';
  const since = state.advice.current ? t('link.lost.since', { time: clock(state.link.heardAt, language) }) : t('link.lost.never');
  const louder = state.now - state.link.heardAt > LOUDER_MS;
  return html`<div class="banners">
    <div role="alert">${silent && html`<p class="banner" data-level="alarm" data-louder=${louder}><${Icon} name="alarm" /><span><b>${since}</b><small>${t('link.lost.hint')}</small></span></p>`}
    ${state.broken && html`<p class="banner" data-level="alarm"><${Icon} name="warning" /><span>${t('app.broken')}</span>
      <button type="button" class="button" onClick=${() => location.reload()}>${t('app.reload')}</button></p>`}</div>
  </div>`;
}
