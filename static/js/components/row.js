// @ts-check
/** One hospital: minutes largest, then the class in words, then one line of reason. */

import { band, clock, minutes } from '../format.js';
import { said } from '../i18n.js';
import { Icon, OUTCOME_ICON } from '../icons.js';
import { isOver, shownRide } from '../state/ride.js';
import { html } from '../vendor/preact.js';
import { Detail } from './detail.js';

/** @typedef {import('./context.js').View} View */
/** @typedef {import('../types.js').Option} Option */

/** All that the face of a row shows, but for its place: two with the same text are the same. @param {View} view @param {Option} option */
export function shownByFace({ state, language }, option) {
  const { hospital, name, class: outcome, eta_s, eta_source, inbound, call } = option;
  return JSON.stringify([
    name, outcome, state.list.open === hospital, isChosen(state, hospital), language,
    eta_s === null ? null : minutes(eta_s), option.arrival && clock(option.arrival, language), band(option), Math.round((option.detour_s ?? 0) / 60),
    inbound, eta_source, said(language, option.headline, option.headline_en), call && [said(language, call.who, call.who_en), call.phone],
  ]);
}

/**
 * Every change of the order moves places, so the place stands apart from the face, which stays as it was made.
 * @param {{view: View, option: Option, place: number, face: import('preact').VNode}} props `place` is where it stands on the screen, from 1
 */
export function Row({ view: { state }, view, option, place, face }) {
  const open = state.list.open === option.hospital;
  const id = `row-${option.hospital}`;
  return html`<li class="row" data-class=${option.class} data-first=${option.rank === 1} data-open=${open} data-chosen=${isChosen(state, option.hospital)} id=${id}>
    <div class="row-face"><span class="rank">${place}</span>${face}</div>
    ${open && html`<${Detail} view=${view} option=${option} id=${`${id}-detail`} />`}
  </li>`;
}

/** @param {{view: View, option: Option}} props */
export function Face({ view, option }) {
  const { state, dispatch, language } = view;
  const open = state.list.open === option.hospital;
  const id = `row-${option.hospital}`;
  const toggle = () => dispatch({ type: 'open', hospital: open ? null : option.hospital, now: Date.now() });
  return html`
    <h3 class="name"><button type="button" class="opener" aria-expanded=${open} aria-controls=${`${id}-detail`}
      aria-describedby=${`${id}-minutes ${id}-class ${id}-reason`} onClick=${toggle}>${option.name}</button></h3>
    <${Minutes} view=${view} option=${option} id=${`${id}-minutes`} />
    <div class="say">
      <p class="class" id=${`${id}-class`}><span class="chip" data-class=${option.class}><${Icon} name=${OUTCOME_ICON[option.class]} />${view.t(`class.${option.class}`)}</span>${isChosen(state, option.hospital) && html`<span class="chip chosen"><${Icon} name="flag" />${view.t('row.chosen')}</span>`}</p>
      <p class="reason" id=${`${id}-reason`}>${said(language, option.headline, option.headline_en)}</p>
    </div>
    <${Meta} view=${view} option=${option} />
    <${Call} view=${view} option=${option} />`;
}

/** @param {import('../types.js').State} state @param {string} hospital */
function isChosen(state, hospital) {
  const ride = shownRide(state.ride);
  return ride?.hospital === hospital && !isOver(ride);
}

/** @param {{view: View, option: Option, id: string}} props */
function Minutes({ view: { t }, option, id }) {
  if (option.eta_s === null) return html`<p class="minutes" id=${id}><span class="number" aria-hidden="true">?</span><span class="unseen">${t('row.unreachable')}</span></p>`;
  const number = minutes(option.eta_s);
  return html`<p class="minutes" id=${id}><span aria-hidden="true"><span class="number">${number}</span> <span class="unit">${t('row.unit')}</span></span>
    <span class="unseen">${t('row.minutes', { minutes: number })}</span></p>`;
}

/** Arrival, extra minutes, inbound: what one glances at second. @param {{view: View, option: Option}} props */
function Meta({ view: { language, t }, option }) {
  const width = band(option);
  const detour = option.detour_s ? Math.round(option.detour_s / 60) : 0;
  return html`<p class="meta">
    ${option.arrival && html`<span class="arrival" title=${t('row.arrival', { time: clock(option.arrival, language) })}><b>${clock(option.arrival, language)}</b>${width !== null && html` ±${width}`}</span>`}
    ${detour > 0 && html`<span title=${t('row.detour.long', { minutes: detour })}>${t('row.detour', { minutes: detour })}</span>`}
    ${option.inbound > 0 && html`<span>${t('row.inbound', { count: option.inbound })}</span>`}
    ${option.eta_source === 'geodesic' && html`<span>${t('row.estimate')}</span>`}
  </p>`;
}

/** Whom to call; without a number on record the national platform has it. @param {{view: View, option: Option}} props */
export function Call({ view: { language, t }, option }) {
  if (!option.call) return null;
  const who = said(language, option.call.who, option.call.who_en).replace(/^(de|het|the) /, '');
  if (!option.call.phone) {
    return html`<p class="call" data-link="false"><${Icon} name="phone" /><span aria-hidden="true">${who}<small>${t('row.call.lpz')}</small></span>
      <span class="unseen">${t('row.call.nolink', { who })}</span></p>`;
  }
  return html`<a class="call" data-link="true" href=${`tel:${option.call.phone.replace(/[^+\d]/g, '')}`}
    aria-label=${`${t('row.call', { who })}, ${option.name}`}><${Icon} name="phone" /><span>${who}</span></a>`;
}
