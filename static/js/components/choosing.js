// @ts-check
/** The choice of a hospital in its opened row; who passes the first of the advice says why, with one tap. */

import { text } from '../i18n.js';
import { Icon } from '../icons.js';
import { isOver, mayChoose, shownRide } from '../state/ride.js';
import { html, useState } from '../vendor/preact.js';
import { chooseHospital } from './pressing.js';

/** @typedef {import('./context.js').View} View */

const REASONS = /** @type {const} */ (['known', 'agreed', 'dispatch', 'wish', 'road', 'care', 'judgement']);

/** @param {{view: View, option: import('../types.js').Option}} props */
export function Choosing({ view, option }) {
  const { state, t } = view;
  const [asking, setAsking] = useState(false);
  const ride = shownRide(state.ride);
  const open = ride && !isOver(ride) ? ride : null;
  if (state.me && state.me.role !== 'nurse') return null;
  if (open?.hospital === option.hospital && open.step !== 'refused') return html`<p class="chosen-word"><${Icon} name="flag" />${t('choice.chosen')}</p>`;
  if (!mayChoose(open)) return html`<p class="hint">${t('choice.later')}</p>`;
  const tap = () => { if (option.rank === 1) chooseHospital(view, option.hospital, ''); else setAsking(true); };
  return html`<section class="choosing" aria-label=${t('choice')}>
    ${!asking && html`<button type="button" class="button primary wide" onClick=${tap}><${Icon} name="flag" />${t(open ? 'choice.change' : 'choice.choose', { name: option.name })}</button>`}
    ${asking && html`<${Reasons} title=${t('choice.why')} back=${t('ride.back')} onBack=${() => setAsking(false)}
      reasons=${REASONS.map((name) => ({ name, label: t(`choice.reason.${name}`) }))}
      onPick=${(/** @type {typeof REASONS[number]} */ name) => chooseHospital(view, option.hospital, text('nl', `choice.reason.${name}`))} />`}
  </section>`;
}

/**
 * Reasons to pick one from; the pick is the deed.
 * @param {{title: string, back: string, onBack: () => void, reasons: {name: string, label: string}[], onPick: (name: any) => void}} props
 */
export function Reasons({ title, back, onBack, reasons, onPick }) {
  return html`<div class="reasons" role="group" aria-label=${title}>
    <div class="reasons-head"><h4>${title}</h4><button type="button" class="button" onClick=${onBack}>${back}</button></div>
    <div class="reason-chips">${reasons.map(({ name, label }) => html`<button key=${name} type="button" class="button" onClick=${() => onPick(name)}>${label}</button>`)}</div>
  </div>`;
}
