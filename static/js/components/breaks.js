// @ts-check
/** What breaks through while a ride is open: a change at the destination, and a proposal of the dispatch centre. */

import { minutes } from '../format.js';
import { said, text } from '../i18n.js';
import { Icon, OUTCOME_ICON } from '../icons.js';
import { alternativeTo, isWelcoming } from '../state/breakthrough.js';
import { openProposal } from '../state/ride.js';
import { html } from '../vendor/preact.js';
import { hospitalName } from './context.js';
import { chooseHospital, pressRide } from './pressing.js';

/** @typedef {import('./context.js').View} View */
/** @typedef {import('../types.js').Option} Option */

/** Whether the patient is still welcome, and what the alternative costs. @param {{view: View}} props */
export function Breakthrough({ view }) {
  const { state, dispatch, language, t } = view;
  const { breakthrough } = state.ride;
  if (!breakthrough) return null;
  const { hospital, changes } = breakthrough;
  const option = state.advice.current?.options.find((each) => each.hospital === hospital);
  // What holds now counts, also when it changed again since.
  const outcome = option?.class ?? breakthrough.now;
  const other = alternativeTo(state, hospital);
  return html`<section class="ride-card break" data-level=${levelOf(outcome)} aria-label=${t('break')}>
    <p class="break-name"><${Icon} name="alarm" /><span><b>${hospitalName(view, hospital)}</b> ${changes.map(({ department, now }) => t('break.change', { department, status: t(`status.${now}`) })).join(', ')}</span></p>
    <p class="break-say"><${Icon} name=${OUTCOME_ICON[outcome]} /><b>${t(wordOf(breakthrough.was, outcome))}</b></p>
    ${option && html`<p>${said(language, option.headline, option.headline_en)}</p>`}
    ${!isWelcoming(outcome) || !other ? html`<p><b>${other ? sentence(view, 'break.alternative', other) : t('break.none')}</b></p>` : html`<p>${sentence(view, 'break.alternative', other)}</p>`}
    <div class="ride-actions">
      ${other && !isWelcoming(outcome) && html`<button type="button" class="button" onClick=${() => chooseHospital(view, other.option.hospital, other.option.rank === 1 ? '' : text('nl', 'break'))}>
        ${t('break.go', { name: other.option.name })}</button>`}
      <button type="button" class="button primary ride-next" onClick=${() => dispatch({ type: 'ride-seen' })}>${t('break.seen')}</button>
    </div>
  </section>`;
}

/** @param {{view: View, ride: import('../types.js').Ride}} props */
export function ProposalCard({ view, ride }) {
  const { state, t } = view;
  const proposal = openProposal(ride);
  if (!proposal) return null;
  const option = state.advice.current?.options.find(({ hospital }) => hospital === proposal.hospital);
  const chosen = state.advice.current?.options.find(({ hospital }) => hospital === ride.hospital);
  const extra_s = option && chosen && option.eta_s !== null && chosen.eta_s !== null ? option.eta_s - chosen.eta_s : null;
  const body = { proposal: proposal.id, hospital: proposal.hospital };
  return html`<section class="ride-card" data-level="info" role="alert" aria-label=${t('proposal')}>
    <p class="break-name"><${Icon} name="info" /><span><b>${t('proposal')}</b></span></p>
    <p><b>${option ? sentence(view, 'proposal.than', { option, extra_s }) : hospitalName(view, proposal.hospital)}</b></p>
    ${option && html`<p><span class="chip" data-class=${option.class}><${Icon} name=${OUTCOME_ICON[option.class]} />${t(`class.${option.class}`)}</span></p>`}
    <div class="ride-actions">
      <button type="button" class="button" onClick=${() => pressRide(view, 'decline', body)}>${t('proposal.decline')}</button>
      <button type="button" class="button primary ride-next" onClick=${() => pressRide(view, 'accept', body)}>${t('proposal.accept')}</button>
    </div>
  </section>`;
}

/** @param {View} view @param {'break.alternative' | 'proposal.than'} key @param {{option: Option, extra_s: number | null}} other */
function sentence({ t }, key, { option, extra_s }) {
  return t(key, { name: option.name, minutes: option.eta_s === null ? '?' : minutes(option.eta_s), extra: extraWord(t, extra_s) });
}

/** @param {View['t']} t @param {number | null} extra_s */
function extraWord(t, extra_s) {
  if (extra_s === null) return t('extra.unknown');
  const whole = Math.round(extra_s / 60);
  if (whole === 0) return t('extra.same');
  return t(whole > 0 ? 'extra.more' : 'extra.less', { minutes: Math.abs(whole) });
}

/** @param {import('../types.js').Outcome} was @param {import('../types.js').Outcome} now */
function wordOf(was, now) {
  if (isWelcoming(now)) return isWelcoming(was) ? 'break.welcome' : 'break.better';
  return now === 'consult' ? 'break.consult' : 'break.not';
}

/** @param {import('../types.js').Outcome} outcome */
function levelOf(outcome) {
  return isWelcoming(outcome) ? 'info' : outcome === 'consult' ? 'warning' : 'alarm';
}
