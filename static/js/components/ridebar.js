// @ts-check
/** The ride at the bottom of the screen, under the thumb: where to, how far, and the one step that follows. */

import { clock, minutes } from '../format.js';
import { said, text } from '../i18n.js';
import { Icon, OUTCOME_ICON } from '../icons.js';
import { heldPress, isDriving, isOver, nextVerb, shownRide, waitingPresses } from '../state/ride.js';
import { html, useEffect, useState } from '../vendor/preact.js';
import { Breakthrough, ProposalCard } from './breaks.js';
import { Reasons } from './choosing.js';
import { hospitalName } from './context.js';
import { pressRide, undoChoice } from './pressing.js';

/** @typedef {import('./context.js').View} View */
/** @typedef {import('../types.js').Ride} Ride */

const CANCEL = /** @type {const} */ (['home', 'other', 'mistake', 'died', 'else']);
const REFUSED = /** @type {const} */ (['full', 'stop', 'unannounced', 'care', 'else']);

/** @param {{view: View}} props */
export function RideArea({ view }) {
  const { state, t } = view;
  const ride = shownRide(state.ride);
  const shown = ride && ride.hospital ? ride : null;
  return html`<aside class="ride-area" aria-label=${t('ride')} data-idle=${!shown && !state.ride.problem}>
    <div role="alert"><${Breakthrough} view=${view} /><${Failed} view=${view} /></div>
    ${ride && html`<${ProposalCard} view=${view} ride=${ride} />`}
    ${shown && html`<${Bar} view=${view} ride=${shown} />`}
  </aside>`;
}

/** What the server would not carry out. @param {{view: View}} props */
function Failed({ view: { state, dispatch, language, t } }) {
  const { problem } = state.ride;
  if (!problem) return null;
  const detail = [said(language, problem.detail ?? problem.title, problem.detail_en ?? problem.title_en), said(language, problem.hint ?? '', problem.hint_en)].filter(Boolean).join(' ');
  return html`<div class="ride-card" data-level="alarm"><p><${Icon} name="warning" /><span>${t('ride.failed', { detail })}</span></p>
    <button type="button" class="button" onClick=${() => dispatch({ type: 'ride-seen' })}>${t('break.seen')}</button></div>`;
}

/** @param {{view: View, ride: Ride}} props */
function Bar({ view, ride }) {
  const { t } = view;
  const [more, setMore] = useState(/** @type {null | 'more' | 'cancel' | 'refused'} */ (null));
  const over = isOver(ride);
  // Not for what the server makes of a ride, its id or the hour of a step: that must not close what is under a finger.
  useEffect(() => setMore(null), [ride.hospital, over, ride.step === 'refused']);
  return html`<section class="ride-bar" data-over=${over} aria-label=${t('ride.to', { name: hospitalName(view, ride.hospital ?? '') })}>
    <${Head} view=${view} ride=${ride} />
    ${more === 'more' && html`<${More} view=${view} ride=${ride} onAsk=${setMore} />`}
    ${more === 'cancel' && html`<${Reasons} title=${t('ride.cancel.why')} back=${t('ride.back')} onBack=${() => setMore('more')}
      reasons=${CANCEL.map((name) => ({ name, label: t(`ride.cancel.${name}`) }))}
      onPick=${(/** @type {typeof CANCEL[number]} */ name) => pressRide(view, 'cancel', { reason: text('nl', `ride.cancel.${name}`) })} />`}
    ${more === 'refused' && html`<${Reasons} title=${t('ride.refused.why')} back=${t('ride.back')} onBack=${() => setMore('more')}
      reasons=${REFUSED.map((name) => ({ name, label: t(`ride.refused.${name}`) }))}
      onPick=${(/** @type {typeof REFUSED[number]} */ name) => pressRide(view, 'refused', { reason: text('nl', `ride.refused.${name}`) })} />`}
    <div class="ride-actions">
      <${Undo} view=${view} />
      ${over ? html`<${Afterwards} view=${view} />` : html`<${Next} view=${view} ride=${ride} onPress=${() => setMore(null)} />
        <button type="button" class="button ride-more" aria-label=${t('ride.more')} aria-expanded=${more !== null} onClick=${() => setMore(more ? null : 'more')}>
          <${Icon} name="dots" /></button>`}
    </div>
  </section>`;
}

/** Where to, how far, and how the ride stands. @param {{view: View, ride: Ride}} props */
function Head({ view, ride }) {
  const { state, language, t } = view;
  const option = state.advice.current?.options.find(({ hospital }) => hospital === ride.hospital);
  const driving = isDriving(ride);
  return html`<div class="ride-head">
    <p class="ride-name"><${Icon} name="flag" />${hospitalName(view, ride.hospital ?? '')}</p>
    ${driving && option && option.eta_s !== null && html`<p class="ride-eta"><b>${minutes(option.eta_s)}</b> ${t('row.unit')}
      ${option.arrival && html`<span>${clock(option.arrival, language)}</span>`}</p>`}
    <p class="ride-line" role="status">${driving && option && html`<span class="chip" data-class=${option.class}><${Icon} name=${OUTCOME_ICON[option.class]} />${t(`class.${option.class}`)}</span>`}
      <span>${lineOf(view, ride)}</span></p>
  </div>`;
}

/** How the ride stands, in one line. @param {View} view @param {Ride} ride */
function lineOf({ state, language, t }, ride) {
  const waiting = waitingPresses(state.ride, state.now).length;
  if (waiting) return t(waiting === 1 ? 'ride.waiting' : 'ride.waiting.many', { count: waiting });
  const time = (/** @type {string | null} */ moment) => (moment ? clock(moment, language) : '');
  switch (ride.step) {
    case 'announced': return t('ride.step.announced', { time: time(ride.announced_at) });
    case 'departed':
      if (!ride.announced_at) return t('ride.step.elsewhere');
      return ride.class_at_departure ? t('ride.step.departed', { time: time(ride.departed_at), class: t(`class.${ride.class_at_departure}`) })
        : t('ride.step.departed.unknown', { time: time(ride.departed_at) });
    case 'arrived': return t('ride.step.arrived', { time: time(ride.arrived_at) });
    case 'refused': return t('ride.step.refused');
    case 'handed_over': return t('ride.step.handed_over', { time: time(ride.closed_at) });
    case 'cancelled': return t('ride.step.cancelled', { time: time(ride.closed_at) });
    default: return t('ride.step.chosen');
  }
}

/** @param {{view: View, ride: Ride, onPress: () => void}} props */
function Next({ view, ride, onPress }) {
  const verb = nextVerb(ride);
  if (!verb) return null;
  return html`<button type="button" class="button primary ride-next" onClick=${() => { onPress(); pressRide(view, verb); }}>${view.t(`ride.${verb}`)}</button>`;
}

/** Only while it is safe: what was not sent yet, or a choice that no hospital heard of. @param {{view: View}} props */
function Undo({ view }) {
  const { state, dispatch, t } = view;
  const held = heldPress(state.ride, state.now);
  if (!held && !state.ride.undo) return null;
  return html`<button type="button" class="button ride-undo" aria-label=${t('ride.undo')} onClick=${() => (held ? dispatch({ type: 'ride-undo', key: held.key }) : undoChoice(view))}>
    <${Icon} name="undo" />${t('ride.undo.short')}</button>`;
}

/** @param {{view: View}} props */
function Afterwards({ view: { state, dispatch, t } }) {
  return html`${!heldPress(state.ride, state.now) && html`<button type="button" class="button" onClick=${() => dispatch({ type: 'ride-close' })}>${t('ride.same')}</button>`}
    <button type="button" class="button primary ride-next" onClick=${() => dispatch({ type: 'new-patient' })}>${t('ride.new')}</button>`;
}

/** @param {{view: View, ride: Ride, onAsk: (what: 'cancel' | 'refused' | null) => void}} props */
function More({ view, ride, onAsk }) {
  const { state, dispatch, language, t } = view;
  const call = state.advice.current?.options.find(({ hospital }) => hospital === ride.hospital)?.call;
  const who = call && said(language, call.who, call.who_en);
  const show = () => { onAsk(null); dispatch({ type: 'tab', tab: 'list' }); dispatch({ type: 'open', hospital: ride.hospital, now: Date.now() }); };
  return html`<div class="reason-chips" role="group" aria-label=${t('ride.more')}>
    ${call?.phone && html`<a class="button" href=${`tel:${call.phone.replace(/[^+\d]/g, '')}`}><${Icon} name="phone" />${t('ride.call', { who: who ?? '' })}</a>`}
    ${call && !call.phone && html`<p class="hint ride-call">${t('ride.call.lpz', { who: who ?? '' })}</p>`}
    <button type="button" class="button" onClick=${show}>${t('ride.show')}</button>
    ${['departed', 'arrived'].includes(ride.step) && html`<button type="button" class="button danger" onClick=${() => onAsk('refused')}>${t('ride.refused')}</button>`}
    <button type="button" class="button danger" onClick=${() => onAsk('cancel')}>${t('ride.cancel')}</button>
  </div>`;
}
