// @ts-check
/** Loud lines across the screen: no connection, a broken page. They stand below the list, which they must not push away. */

import { age, clock } from '../format.js';
import { Icon } from '../icons.js';
import { isSilent, loudness } from '../state.js';
import { html } from '../vendor/preact.js';

/** @param {{view: import('./context.js').View}} props */
export function Banners({ view: { state, language, t } }) {
  const silent = isSilent(state) && state.session !== 'expired';
  const since = state.advice.current ? t('link.lost.since', { time: clock(state.link.heardAt, language) }) : t('link.lost.never');
  // What breaks through needs the room more, and is read first.
  const loud = Math.min(loudness(state), state.ride.breakthrough ? 1 : 3);
  // Spoken once, and again when it gets louder; the age that changes all the time is for the eyes.
  return html`<div class="banners">
    <div role="alert">${silent && html`<p class="banner" data-level="alarm" data-loud=${loud}><${Icon} name="alarm" /><span><b>${since}</b>
      ${loud > 0 && html`<strong class="banner-age" aria-live="off">${t('link.lost.age', { age: age((state.now - state.link.heardAt) / 1000, language) })}</strong>`}
      <small>${t('link.lost.hint')}</small></span></p>`}
    ${state.broken && html`<p class="banner" data-level="alarm"><${Icon} name="warning" /><span>${t('app.broken')}</span>
      <button type="button" class="button" onClick=${() => location.reload()}>${t('app.reload')}</button></p>`}</div>
  </div>`;
}
