// @ts-check
/** One open ride; painted again only when something of it is new. */

import { clock } from '../format.js';
import { said } from '../i18n.js';
import { Icon, OUTCOME_ICON } from '../icons.js';
import { html, useEffect, useRef } from '../vendor/preact.js';
import { openProposing, Propose, ProposalState, proposeTo } from './propose.js';
import { changedAlike, rideTitle } from './ride_words.js';
import { still } from './still.js';
import { Trouble } from './trouble.js';

/** @typedef {import('./types.js').OverseenRide} OverseenRide */
/** @typedef {import('./view.js').Words} Words */

/**
 * @typedef {object} RowProps
 * @property {Words} words
 * @property {OverseenRide} ride
 * @property {number} minute
 * @property {Map<string, string>} names
 * @property {boolean} picked
 * @property {import('./state.js').Control['proposing']} proposing
 * @property {import('../types.js').Problem | null} problem
 * @property {import('./view.js').ControlDispatch} dispatch
 * @property {import('./act.js').Act} act
 * @property {(advice: string) => void} [onAdvice] shows the advice of a ride of the past
 */

export const RideRow = still((/** @type {RowProps} */ props) => {
  const { words, ride, minute, names, picked, proposing, problem, dispatch, act, onAdvice } = props;
  const { t } = words;
  const row = useRef(/** @type {HTMLLIElement | null} */ (null));
  useEffect(() => { if (picked) row.current?.scrollIntoView({ block: 'nearest' }); }, [picked]);
  const toggle = () => (proposing ? dispatch({ type: 'propose', ride: null }) : openProposing(ride.id, dispatch));
  return html`<li class="ride" ref=${row} data-urgent=${ride.needs_another} data-picked=${picked} aria-label=${ride.by}>
    <${Arrival} words=${words} ride=${ride} minute=${minute} />
    <div class="ride-who"><b>${ride.by}</b><span>${t(`step.${ride.step}`)}</span><span>${rideTitle(ride, words)}</span></div>
    <${Choice} words=${words} ride=${ride} names=${names} />
    <${Now} words=${words} ride=${ride} names=${names} />
    <div class="ride-acts">
      <${ProposalState} words=${words} ride=${ride} names=${names} />
      ${onAdvice && html`<button type="button" class="small-button" onClick=${() => onAdvice(ride.advice)}>${t('past.advice')}<span class="unseen"> ${ride.by}</span></button>`}
      ${!onAdvice && ride.best && html`<${Best} words=${words} best=${ride.best} onPropose=${(/** @type {string} */ hospital) => proposeTo(ride.id, hospital, dispatch, act)} />`}
      ${!onAdvice && html`<button type="button" class="small-button" aria-expanded=${proposing !== null} onClick=${toggle}>${t('propose')}<span class="unseen"> ${ride.by}</span></button>`}</div>
    ${proposing && html`<${Propose} words=${words} ride=${ride} proposing=${proposing} dispatch=${dispatch} act=${act} />`}
    <${Trouble} words=${words} problem=${problem} />
  </li>`;
});

/** @param {{words: Words, ride: OverseenRide, minute: number}} props */
function Arrival({ words: { t, language }, ride, minute }) {
  const at = ride.expected_now ?? ride.expected_at;
  if (ride.step === 'arrived') return html`<div class="ride-time"><b>${t('ride.there')}</b><span>${ride.arrived_at && clock(ride.arrived_at, language)}</span></div>`;
  if (!at || !ride.hospital || ride.step === 'refused') return html`<div class="ride-time"><b>–</b></div>`;
  const left = Math.max(0, Math.round(Date.parse(at) / 60_000 - minute));
  return html`<div class="ride-time"><b>${left}<small> min</small></b><span>${clock(at, language)}</span></div>`;
}

/** @param {{words: Words, ride: OverseenRide, names: Map<string, string>}} props */
function Choice({ words: { t, shared }, ride, names }) {
  const { advised } = ride;
  const name = (/** @type {string} */ id) => names.get(id) ?? id;
  const deviates = advised && ride.hospital && advised.hospital !== ride.hospital;
  return html`<div class="ride-choice"><b>${ride.hospital ? name(ride.hospital) : t('ride.nochoice')}</b>
    ${ride.hospital && html`<span>${ride.class && t('ride.then', { class: shared(`class.${ride.class}`) })}${(ride.rank ?? 1) > 1 ? ` · ${t('ride.rank', { rank: ride.rank ?? 0 })}` : ''}</span>`}
    ${advised && advised.hospital !== ride.hospital && html`<span>${t('ride.advised', { name: name(advised.hospital) })}</span>`}
    ${deviates && ride.reason && html`<span>“${ride.reason}”</span>`}</div>`;
}

/** What the rules say now, and what is not as it was. @param {{words: Words, ride: OverseenRide, names: Map<string, string>}} props */
function Now({ words: { t, shared, language }, ride, names }) {
  const changes = changedAlike(ride.changed).map(({ departments, was, is }) => t('ride.changed', { departments: departments.join(', '), was: shared(`status.${was}`), is: shared(`status.${is}`) }));
  if (ride.moved_s !== null) changes.push(t(ride.moved_s > 0 ? 'ride.later' : 'ride.sooner', { minutes: Math.abs(Math.round(ride.moved_s / 60)) }));
  if (ride.class_now && ride.class && ride.class_now !== ride.class) changes.unshift(t('ride.was', { class: shared(`class.${ride.class}`) }));
  return html`<div class="ride-now">
    ${ride.class_now && html`<span><span class="chip" data-class=${ride.class_now}><${Icon} name=${OUTCOME_ICON[ride.class_now]} />${shared(`class.${ride.class_now}`)}</span> ${said(language, ride.headline_now ?? '', ride.headline_now_en ?? undefined)}</span>`}
    ${changes.length > 0 && html`<span class="changed">${t('ride.changes')} ${changes.join(' · ')}</span>`}
    ${ride.refused.map(({ hospital, reason }) => html`<span class="changed" data-level="alarm" key=${hospital}><${Icon} name="warning" />${t('ride.refused', { name: names.get(hospital) ?? hospital, reason })}</span>`)}</div>`;
}

/** @param {{words: Words, best: import('./types.js').RideOption, onPropose: (hospital: string) => void}} props */
function Best({ words: { t }, best, onPropose }) {
  const minutes = Math.max(1, Math.round(best.eta_s / 60));
  return html`<button type="button" class="small-button primary" onClick=${() => onPropose(best.hospital)}>${t('propose.best', { name: best.name, minutes })}${best.inbound ? ` · ${t('propose.inbound', { count: best.inbound })}` : ''}</button>`;
}
